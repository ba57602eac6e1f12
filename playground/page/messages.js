/** The list of messages: grouped by author, separated by day, replies indented under what they answer. */

import { post } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { avatar, h, icon } from "./dom.js";
import { FormState } from "./form.js";
import { picture } from "./image.js";
import { mrkdwn, safeUrl } from "./mrkdwn.js";
import { person, store, zone } from "./store.js";
import { clockTime, dayKey, dayLabel, fullStamp, tsDate } from "./time.js";

/** Drawn rows by channel and ts, so that a new message does not disturb a half-made choice in an old one. */
let rows = new Map();
const forms = new Map();

/** Forgets all rows: another person looks, or another conversation is open. */
export function forgetRows() {
  rows = new Map();
}

/** Draws a conversation's messages into `list`, reusing what has not changed. */
export function drawMessages(list, channel) {
  const today = dayKey(store.now, zone());
  const fresh = new Map();
  const nodes = [];
  let before = null;
  for (const message of ordered(channel)) {
    const day = dayKey(tsDate(message.ts), zone());
    if (day !== before?.day) nodes.push(daySeparator(message, day, fresh));
    const isNew = message.ts === store.newFrom;
    if (isNew) nodes.push(newLine(fresh));
    const shape = { day, joined: !isNew && joins(before, message, day), reply: isReply(message) };
    nodes.push(row(channel, message, shape, today, fresh));
    before = { day, message, reply: shape.reply };
  }
  rows = fresh;
  sync(list, nodes);
}

/** Puts the nodes in order and moves only those that are out of place: moving a node would lose its focus. */
function sync(list, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, i) => {
    if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null);
  });
}

function isReply(message) {
  return Boolean(message.thread_ts && message.thread_ts !== message.ts);
}

/** Oldest first, replies right after their parent. */
function ordered(channel) {
  const all = [...(store.messages.get(channel)?.values() ?? [])].filter((one) => !one.deleted);
  all.sort((a, b) => Number(a.ts) - Number(b.ts));
  const known = new Set(all.map((one) => one.ts));
  const replies = Map.groupBy(all.filter((one) => isReply(one) && known.has(one.thread_ts)), (one) => one.thread_ts);
  return all.filter((one) => !isReply(one) || !known.has(one.thread_ts))
    .flatMap((one) => [one, ...(replies.get(one.ts) ?? [])]);
}

const JOIN_SECONDS = 300;

function joins(before, message, day) {
  if (!before || before.day !== day || before.message.user !== message.user) return false;
  if (before.reply !== isReply(message) || before.message.ephemeral || message.ephemeral) return false;
  const gap = Number(message.ts) - Number(before.message.ts);
  return gap >= 0 && gap < JOIN_SECONDS;
}

function daySeparator(message, day, fresh) {
  const label = dayLabel(tsDate(message.ts), zone(), store.now);
  const key = `day ${day} ${label} ${message.ts}`;
  const node = rows.get(key) ?? h("li", { class: "day" }, h("span", { role: "heading", "aria-level": 2 }, label));
  fresh.set(key, node);
  return node;
}

function newLine(fresh) {
  const node = rows.get("new") ?? h("li", { class: "new-line" }, h("span", { role: "heading", "aria-level": 2 }, "New"));
  fresh.set("new", node);
  return node;
}

function row(channel, message, shape, today, fresh) {
  const key = `${channel} ${message.ts}`;
  const signature = JSON.stringify([message, shape, today]);
  const old = rows.get(key);
  const node = old?.dataset.signature === signature ? old : draw(channel, message, shape);
  node.dataset.signature = signature;
  fresh.set(key, node);
  return node;
}

function draw(channel, message, { joined, reply }) {
  const author = person(message.user);
  const stamp = tsDate(message.ts);
  const time = h("time", { class: "stamp", datetime: stamp.toISOString(), title: fullStamp(stamp, zone()) }, clockTime(stamp, zone()));
  const isApp = message.is_bot || author.is_bot;
  const head = h("div", { class: joined ? "sr-only" : "message-head" },
    h("span", { class: "author" }, author.real_name),
    isApp ? h("span", { class: "badge" }, "App") : null, joined ? null : time);
  const classes = ["message", joined && "joined", reply && "reply", message.ephemeral && "ephemeral", isApp && "from-app"];
  return h("li", { class: classes.filter(Boolean).join(" "), dataset: { ts: message.ts } },
    h("div", { class: "gutter" }, joined ? time.cloneNode(true) : avatar(author)),
    h("article", { class: "bubble", "aria-label": `${author.real_name}, ${clockTime(stamp, zone())}` },
      message.ephemeral ? h("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      head, body(channel, message), attachments(message)));
}

function body(channel, message) {
  const key = `${store.me.id} ${channel} ${message.ts}`;
  if (!forms.has(key)) forms.set(key, new FormState());
  const ctx = {
    surface: "message", form: forms.get(key), errors: {},
    act: (block_id, action_id, value) => post("/page/action", {
      container: { type: "message", channel, ts: message.ts }, block_id, action_id, value, values: ctx.form.values(),
    }),
  };
  ctx.form.redraw();
  const edited = message.edited ? h("span", { class: "edited", title: "This message was edited" }, " (edited)") : null;
  if (message.blocks?.length) return h("div", { class: "blocks" }, renderBlocks(message.blocks, ctx), edited);
  return h("div", { class: "prose" }, mrkdwn(message.text), edited);
}

function attachments(message) {
  const drawn = JSON.stringify(message.blocks ?? []);
  const files = (message.files ?? []).filter((file) => !drawn.includes(file.id));
  const gone = Array.from({ length: message.files_deleted ?? 0 }, () => (
    h("p", { class: "file gone" }, icon("file"), h("span", {}, "This file was deleted."))));
  return gone.concat(files.map((file) => (file.mimetype?.startsWith("image/")
    ? h("div", { class: "block block-image" }, picture({ image_url: file.url, alt_text: file.alt_txt || file.name }))
    : h("a", { class: "file", href: safeUrl(file.url), target: "_blank", rel: "noopener", download: file.name },
      icon("file"), h("span", {}, file.name)))));
}
