/** Slack's message markup to DOM nodes. Everything that is not markup becomes a text node. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { conversation, person, store, zone } from "./store.js";
import { fillDate, fullStamp } from "./time.js";

/** Renders a text object of either type. */
export function textNodes(object) {
  if (!object) return [];
  return object.type === "plain_text" ? plain(object.text, object.emoji !== false) : mrkdwn(object.text);
}

/** Plain text: line breaks kept, emoji names replaced, entities decoded, no other markup. */
export function plain(text, withEmoji = true) {
  const decoded = decode(text ?? "");
  return withEmoji ? emojiPieces(decoded) : [decoded];
}

/** Slack escapes only these three. */
export function decode(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** A whole mrkdwn text: code fences first, then quotes, lists and paragraphs line by line. */
export function mrkdwn(text) {
  const nodes = [];
  for (const [i, piece] of (text ?? "").split("```").entries()) {
    if (i % 2 === 1) nodes.push(h("pre", { class: "code-block" }, decode(piece.replace(/^\n|\n$/g, ""))));
    else nodes.push(...lines(i === 0 ? piece : piece.replace(/^\n/, "")));
  }
  return nodes;
}

const KINDS = [
  ["quote", /^(?:&gt;|>)\s?/],
  ["bullet", /^\s*[•◦▪‣]\s*/],
  ["number", /^\s*(\d{1,2})\.\s+/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(line);
    if (match) return { kind, rest: line.slice(match[0].length), number: match[1], depth: /^\s*/.exec(match[0])[0].length };
  }
  return { kind: "text", rest: line };
}

function lines(text) {
  const nodes = [];
  let run = null;
  for (const line of text.split("\n")) {
    const one = kindOf(line);
    if (run?.kind === one.kind) {
      run.items.push(one);
    } else {
      nodes.push(...close(run));
      run = { kind: one.kind, items: [one] };
    }
  }
  return [...nodes, ...close(run)];
}

function close(run) {
  if (!run) return [];
  if (run.kind === "quote") {
    return [h("blockquote", {}, withBreaks(run.items.map((one) => one.rest)))];
  }
  if (run.kind === "bullet") {
    return [h("ul", { class: "list" }, run.items.map((one) => h("li", { class: one.depth > 1 ? "deep" : null }, inline(one.rest))))];
  }
  if (run.kind === "number") {
    return [h("ol", { class: "list", start: run.items[0].number }, run.items.map((one) => h("li", {}, inline(one.rest))))];
  }
  const texts = run.items.map((one) => one.rest);
  if (texts.every((one) => one === "")) return [];
  return [h("span", { class: "lines" }, withBreaks(texts))];
}

function withBreaks(texts) {
  return texts.flatMap((one, i) => (i === 0 ? inline(one) : [h("br"), ...inline(one)]));
}

// Zero-width characters next to a marker defuse it, as white space does.
const GAP = "\\s\\u200b\\u2060\\ufeff";
const STYLES = [["*", "strong"], ["_", "em"], ["~", "s"]];
const SPAN = STYLES.map(([mark, tag]) => {
  const opens = `(?<![\\p{L}\\p{N}${mark}])[${mark}](?![${GAP}${mark}])`;
  const closes = `[${mark}](?![\\p{L}\\p{N}${mark}])`;
  return [tag, new RegExp(`${opens}([^\\n${mark}]*[^${GAP}${mark}])${closes}`, "u")];
});

/** One line of mrkdwn. */
function inline(text) {
  const nodes = pieces(text);
  let first = nodes[0];
  while (first instanceof Element && first.tagName !== "TIME") first = first.firstChild;
  if (first instanceof Element) first.textContent = first.textContent.replace(/^./u, (letter) => letter.toUpperCase());
  return nodes;
}

/** `<…>` tokens and code are cut out first, because markers inside them mean nothing. */
function pieces(text) {
  const cut = /`([^`\n]+)`|<([^<>\n]+)>/u.exec(text);
  const style = firstStyle(text);
  if (style && (!cut || style.at < cut.index)) {
    return [
      ...pieces(text.slice(0, style.at)),
      h(style.tag, {}, pieces(style.inner)),
      ...pieces(text.slice(style.at + style.inner.length + 2)),
    ];
  }
  if (!cut) return emojiPieces(decode(text));
  const node = cut[1] === undefined ? angle(cut[2]) : h("code", {}, decode(cut[1]));
  return [...pieces(text.slice(0, cut.index)), node, ...pieces(text.slice(cut.index + cut[0].length))];
}

function firstStyle(text) {
  let best = null;
  for (const [tag, pattern] of SPAN) {
    const match = pattern.exec(text);
    if (match && (!best || match.index < best.at)) best = { at: match.index, tag, inner: match[1] };
  }
  return best;
}

function emojiPieces(text) {
  return text.split(/(:[a-z0-9_+-]+:)/).map((piece) => {
    const sign = /^:.+:$/.test(piece) ? emoji(piece.slice(1, -1)) : null;
    return sign ? h("span", { class: "emoji", role: "img", "aria-label": piece.slice(1, -1).replace(/_/g, " ") }, sign) : piece;
  }).filter((piece) => piece !== "");
}

/** What stands between < and >: a mention, a date, a link; anything else is shown as it was written. */
function angle(body) {
  if (body.startsWith("@")) return mention(body.slice(1).split("|"));
  if (body.startsWith("#")) return channelLink(body.slice(1).split("|"));
  if (body.startsWith("!date^")) return dateToken(body);
  if (body.startsWith("!")) return broadcast(body.slice(1));
  return link(body) ?? `<${decode(body)}>`;
}

export function mention([id, label]) {
  const known = store.users.has(id) || id === store.app.bot_user_id;
  const name = known ? person(id).real_name : label || id;
  return h("span", { class: id === store.me?.id ? "mention mention-me" : "mention" }, `@${decode(name)}`);
}

export function channelLink([id, label]) {
  const name = conversation(id)?.name ?? label ?? id;
  const known = Boolean(conversation(id));
  return known
    ? h("a", { class: "mention", href: `?open=${encodeURIComponent(id)}`, dataset: { open: id } }, `#${name}`)
    : h("span", { class: "mention" }, `#${decode(name)}`);
}

function broadcast(body) {
  const [what, label] = body.split("|");
  const name = { channel: "@channel", here: "@here", everyone: "@everyone" }[what];
  return h("span", { class: "mention mention-loud" }, name ?? decode(label ?? `<!${what}>`));
}

function dateToken(body) {
  const bar = body.indexOf("|");
  const [, epoch, pattern, target] = (bar < 0 ? body : body.slice(0, bar)).split("^");
  const fallback = bar < 0 ? body : body.slice(bar + 1);
  if (!Number.isFinite(Number(epoch)) || !pattern) return decode(fallback);
  return dateNode(Number(epoch), decode(pattern), target);
}

/** A point in time in the viewer's zone; the full form is in the tooltip. */
export function dateNode(epoch, pattern, target) {
  const date = new Date(epoch * 1000);
  const node = h("time", { datetime: date.toISOString(), title: `${fullStamp(date, zone())} (${zone()})` },
    fillDate(epoch, pattern, zone(), store.now));
  return target && safeUrl(target) ? h("a", { href: safeUrl(target), target: "_blank", rel: "noopener" }, node) : node;
}

/** The address if a browser may follow it, else null: no javascript:, no data:. */
export function safeUrl(url) {
  const decoded = decode(url ?? "");
  return /^(https?:\/\/|mailto:|tel:|\/files\/)/i.test(decoded) ? decoded : null;
}

function link(body) {
  const bar = body.indexOf("|");
  const href = safeUrl(bar < 0 ? body : body.slice(0, bar));
  if (!href) return null;
  const label = bar < 0 ? href.replace(/^mailto:/i, "") : body.slice(bar + 1);
  return h("a", { href, target: "_blank", rel: "noopener" }, bar < 0 ? label : emojiPieces(decode(label)));
}
