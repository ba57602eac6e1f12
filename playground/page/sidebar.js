/** The sidebar: channels, group messages and the app with their unread counts, and the box that runs a command. */

import { commandBox } from "./composer.js";
import { append, h, icon } from "./dom.js";
import { appConversation, on, store, title } from "./store.js";

const SIGNS = { channel: "hash", private: "lock", mpim: "people" };
let lists = null;

/** Builds the sidebar; `go(target)` opens a conversation or an app tab. */
export function buildSidebar(root, go) {
  lists = { channels: h("ul"), groups: h("ul"), app: h("ul") };
  append(root, [
    part("Channels", lists.channels), part("Group messages", lists.groups), part("App", lists.app),
    h("div", { class: "sidebar-command" }, commandBox()),
  ]);
  root.addEventListener("click", (event) => {
    const item = event.target.closest("[data-open]");
    if (!item) return;
    event.preventDefault();
    go(item.dataset.open);
  });
  root.addEventListener("keydown", (event) => arrows(root, event));
  on("conversations", drawSidebar);
  on("open", drawSidebar);
}

function part(name, list) {
  list.setAttribute("aria-label", name);
  return h("section", { class: "sidebar-part" }, h("h2", {}, name), list);
}

function drawSidebar() {
  const focused = document.activeElement?.dataset?.open;
  const of = (...kinds) => store.conversations.filter((one) => kinds.includes(one.kind));
  lists.channels.replaceChildren(...of("channel", "private").map(conversationItem));
  lists.groups.replaceChildren(...of("mpim").map(conversationItem));
  lists.groups.parentElement.hidden = !lists.groups.children.length;
  const unread = appConversation()?.unread ?? 0;
  lists.app.replaceChildren(item(unread ? "app:messages" : "app:home", h("span", { class: "app-mark" }), store.app.name, unread, store.open.startsWith("app:")));
  if (focused) document.querySelector(`.sidebar [data-open="${CSS.escape(focused)}"]`)?.focus();
}

function conversationItem(one) {
  return item(one.id, icon(SIGNS[one.kind]), title(one), one.unread, store.open === one.id);
}

function item(target, sign, name, unread, current) {
  return h("li", {}, h("a", {
    class: unread ? "nav-item unread" : "nav-item", href: `?as=${encodeURIComponent(store.me.id)}&open=${encodeURIComponent(target)}`,
    dataset: { open: target }, "aria-current": current ? "page" : null,
  }, h("span", { class: "nav-sign" }, sign), h("span", { class: "nav-name" }, name),
  unread ? h("span", { class: "count" }, String(unread), h("span", { class: "sr-only" }, " unread")) : null));
}

function arrows(root, event) {
  const items = [...root.querySelectorAll(".nav-item")];
  const at = items.indexOf(event.target);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  items[Math.max(0, Math.min(next, items.length - 1))].focus();
}
