/** The `rich_text` block: nested elements to DOM nodes. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelLink, dateNode, mention, safeUrl } from "./mrkdwn.js";

/** Renders a rich_text block's elements. */
export function richText(block) {
  return (block.elements ?? []).map((one) => PARTS[one.type]?.(one)).filter(Boolean);
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "lines" }, leaves(part)),
  rich_text_quote: (part) => h("blockquote", {}, leaves(part)),
  rich_text_preformatted: (part) => h("pre", { class: "code-block" }, leaves(part)),
  rich_text_list: (part) => h(part.style === "ordered" ? "ol" : "ul", {
    class: part.indent ? "list deep" : "list", start: part.style === "ordered" ? (part.offset ?? 0) + 1 : null,
  }, part.elements.map((item) => h("li", {}, leaves(item)))),
};

function leaves(part) {
  return (part.elements ?? []).flatMap((leaf) => styled(leaf.style, LEAVES[leaf.type]?.(leaf) ?? ""));
}

const LEAVES = {
  text: (leaf) => withBreaks(leaf.text),
  link: (leaf) => linkNode(leaf),
  user: (leaf) => mention([leaf.user_id]),
  channel: (leaf) => channelLink([leaf.channel_id]),
  emoji: (leaf) => emoji(leaf.name) ?? `:${leaf.name}:`,
  date: (leaf) => dateNode(leaf.timestamp, leaf.format, leaf.url),
  broadcast: (leaf) => h("span", { class: "mention mention-loud" }, `@${leaf.range}`),
  usergroup: (leaf) => h("span", { class: "mention" }, `@${leaf.usergroup_id}`),
  color: (leaf) => leaf.value,
};

function linkNode(leaf) {
  const href = safeUrl(leaf.url);
  return href ? h("a", { href, target: "_blank", rel: "noopener" }, leaf.text || leaf.url) : leaf.text || leaf.url;
}

function withBreaks(text) {
  return text.split("\n").flatMap((line, i) => (i === 0 ? [line] : [h("br"), line]));
}

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(style, content) {
  return Object.entries(TAGS).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), content);
}
