/** The middle of the page: a conversation with its composer, or the app with its Home and Messages tabs. */

import { get, post } from "./api.js";
import { composer } from "./composer.js";
import { append, h, icon } from "./dom.js";
import { FormState } from "./form.js";
import { drawMessages, forgetRows } from "./messages.js";
import { appConversation, emit, firstUnread, on, openConversation, person, store, title } from "./store.js";
import { toast } from "./toast.js";
import { drawView } from "./views.js";

let parts = null;
let homeForm = new FormState();
let homeOf = "";

/** Builds the middle; `go` opens another place. */
export function buildMain(root, go) {
  parts = { root, go };
  root.addEventListener("click", (event) => {
    const target = event.target.closest("[data-open]");
    if (!target) return;
    event.preventDefault();
    go(target.dataset.open);
  });
  on("messages", refresh);
  on("conversations", nameWindow);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  on("home", () => store.open === "app:home" && drawHome());
}

/** Draws the frame of what is open and loads it. */
export async function showOpen() {
  forgetRows();
  store.newFrom = "";
  const app = store.open.startsWith("app:");
  parts.root.replaceChildren(app ? appHead() : conversationHead());
  parts.root.setAttribute("aria-label", app ? store.app.name : title(openConversation()));
  parts.scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": store.open === "app:home" ? "Home" : "Messages" });
  parts.root.append(parts.scroll);
  parts.title = `${app ? store.app.name : title(openConversation())} · ${store.team.name}`;
  nameWindow();
  if (store.open === "app:home") return showHome();
  parts.list = h("ol", { class: "messages" });
  parts.scroll.append(parts.list);
  parts.root.append(app ? readOnlyNote() : composer());
  return loadMessages();
}

/** The tab's name begins with how much is unread. */
function nameWindow() {
  const unread = store.conversations.reduce((sum, one) => sum + (one.unread ?? 0), 0);
  if (parts.title) document.title = unread ? `(${unread}) ${parts.title}` : parts.title;
}

function conversationHead() {
  const one = openConversation();
  const names = (one.members ?? []).map((id) => person(id).real_name);
  const sign = { channel: "hash", private: "lock", mpim: "people" }[one.kind];
  return h("div", { class: "main-head" }, h("h1", {}, icon(sign), title(one)),
    h("span", { class: "members", title: names.join(", ") }, icon("people"), String(names.length), h("span", { class: "sr-only" }, " members")));
}

function appHead() {
  const tab = (target, label) => h("a", {
    class: "tab", href: `?open=${target}`, dataset: { open: target }, "aria-current": store.open === target ? "page" : null,
  }, label);
  return h("div", { class: "main-head app-head" }, h("h1", {}, h("span", { class: "app-mark" }), store.app.name),
    h("nav", { class: "tabs", "aria-label": `${store.app.name} tabs` }, tab("app:home", "Home"), tab("app:messages", "Messages")));
}

function readOnlyNote() {
  const home = h("a", { href: "?open=app:home", dataset: { open: "app:home" } }, "Home");
  return h("p", { class: "read-only" }, icon("lock"), h("span", {}, `You cannot write to ${store.app.name} here, and commands are not available. Use its `, home,
    ", a channel, or “Run a command” in the sidebar."));
}

async function showHome() {
  const me = store.me.id;
  if (homeOf !== me) homeForm = new FormState();
  homeOf = me;
  drawHome();
  try {
    await post("/page/open_home", { tab: "home" });
    await fetchUnlessChanged("/page/home", ({ view }) => {
      if (store.me.id === me) store.home = view;
    });
    if (store.me.id === me && store.open === "app:home") drawHome();
  } catch (problem) {
    toast(problem.message);
  }
}

function drawHome() {
  parts.home ??= h("div", { class: "blocks home" });
  const view = store.home;
  if (!view) {
    parts.scroll.replaceChildren(h("div", { class: "empty" }, h("p", {}, `${store.app.name} has not drawn a Home for you yet.`)));
    return;
  }
  if (parts.home.parentElement !== parts.scroll) parts.scroll.replaceChildren(parts.home);
  drawView(parts.home, parts.scroll, view, {
    surface: "home", form: homeForm, errors: {},
    act: (block_id, action_id, value) => post("/page/action", {
      container: { type: "view", view_id: store.home.id }, block_id, action_id, value, values: homeForm.values(),
    }),
  });
}

async function loadMessages() {
  const one = openConversation();
  if (!one) return drawList();
  try {
    if (one.kind === "app") await post("/page/open_home", { tab: "messages" });
    await fetchUnlessChanged(`/page/conversation/${encodeURIComponent(one.id)}`, ({ messages }) => {
      store.messages.set(one.id, new Map(messages.map((message) => [message.ts, message])));
    });
    store.newFrom = firstUnread(one);
    await markRead(one);
  } catch (problem) {
    toast(problem.message);
  }
  if (openConversation()?.id === one.id && parts.list?.isConnected) drawList(true);
  return undefined;
}

/** Fetches again when something changed on the way: the answer may be older than what the socket has told. */
async function fetchUnlessChanged(path, take) {
  for (let tries = 0; tries < 5; tries += 1) {
    const before = store.changes;
    const answer = await get(path);
    if (store.changes !== before && tries < 4) continue;
    take(answer);
    return;
  }
}

async function markRead(one) {
  if (!one.unread || document.hidden) return;
  one.unread = 0;
  emit("conversations");
  await post("/page/read", { channel: one.id });
}

function drawList(toEnd = false) {
  const { scroll, list } = parts;
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const one = openConversation();
  if (one) drawMessages(list, one.id);
  const bare = !list.querySelector(".message");
  if (bare) list.replaceChildren(append(h("li", { class: "empty" }), [h("p", {}, one && one.kind !== "app" ? `This is the start of ${title(one)}.` : "No messages yet.")]));
  if (toEnd || atEnd) settleAtEnd(scroll);
}

/** Images grow after they are in place; the end must still be the end. */
function settleAtEnd(scroll) {
  const down = () => { scroll.scrollTop = scroll.scrollHeight; };
  down();
  for (const image of scroll.querySelectorAll("img")) {
    if (image.complete) continue;
    // One that cannot be loaded gives way to its words, which are as high as they are.
    for (const outcome of ["load", "error"]) image.addEventListener(outcome, () => requestAnimationFrame(down), { once: true });
  }
}

function refresh() {
  if (store.open === "app:home") return;
  if (store.open === "app:messages" && !appConversation()) return;
  const one = openConversation();
  if (one && document.hidden) store.newFrom ||= firstUnread(one);
  drawList();
  if (one) markRead(one).catch((problem) => toast(problem.message));
}
