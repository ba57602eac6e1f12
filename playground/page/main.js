/** Starts the page: loads the viewer's state, builds the frame, and opens what the address asks for. */

import { connect, get } from "./api.js";
import { topDialog } from "./dialog.js";
import { sweepDrafts } from "./drafts.js";
import { applyEvent, followAnswers } from "./live.js";
import { buildMain, showOpen } from "./main_view.js";
import { forgetModals, showView } from "./modal.js";
import { pickPerson } from "./people.js";
import { buildRequests, togglePanel } from "./requests.js";
import { buildSidebar } from "./sidebar.js";
import { conversation, emit, generalChannel, on, store } from "./store.js";
import { startTheme } from "./theme.js";
import { toast } from "./toast.js";
import { buildTopbar } from "./topbar.js";

const byId = (id) => document.getElementById(id);

/** Opens a conversation ("C…", "G…" or a channel's name) or one of the app's tabs. */
async function go(target) {
  const app = target === "app:home" || target === "app:messages";
  const one = conversation(target) ?? store.conversations.find((other) => target && other.name === target.replace(/^#/, ""));
  store.open = app ? target : one?.kind === "app" ? "app:messages" : one?.id ?? generalChannel()?.id ?? "app:home";
  setMenu(false);
  rememberAddress();
  emit("open");
  await showOpen();
}

function rememberAddress() {
  const address = new URL(location.href);
  address.searchParams.set("as", store.me.id);
  address.searchParams.set("open", store.open);
  if (address.href === location.href) return;
  history.pushState(null, "", address);
}

/** The sidebar of a narrow window: the focus goes into it and back to its button. */
function setMenu(open) {
  const [side, was] = [byId("sidebar"), document.body.classList.contains("with-menu")];
  if (!open && was && side.contains(document.activeElement)) document.querySelector(".menu-button").focus();
  document.body.classList.toggle("with-menu", open);
  if (open) focusMenu(side);
  emit("menu", open);
}

/** It can take the focus once it has begun to slide in; on a busy machine that takes some frames. */
function focusMenu(side) {
  const place = side.querySelector("[aria-current]") ?? side.querySelector("a");
  if (!place || !document.body.classList.contains("with-menu")) return;
  place.focus();
  if (document.activeElement !== place) requestAnimationFrame(() => focusMenu(side));
}

/** Loads everything for a person and shows `target`. */
async function become(id, target) {
  forgetModals();
  const state = await get("/page/state", id ? { as: id } : {});
  Object.assign(store, {
    me: state.me, run: state.run, team: state.team, app: state.app, conversations: state.conversations, commands: state.commands ?? [],
    users: new Map(state.users.map((one) => [one.id, one])), now: new Date(state.clock.now_iso), presets: state.clock.presets ?? [],
    messages: new Map(), home: null,
  });
  sweepDrafts();
  connect((event) => applyEvent(event, go), () => become(store.me.id, store.open).catch(say));
  emit("state");
  emit("conversations");
  await go(target);
  if (state.modal) showView(state.modal);
}

function say(problem) {
  toast(problem.message);
}

function pick() {
  pickPerson((id) => become(id, store.open).catch(say));
}

function shortcuts(event) {
  const mod = event.ctrlKey || event.metaKey;
  if (mod && event.key.toLowerCase() === "k") {
    event.preventDefault();
    pick();
  } else if (event.key === "Escape" && !topDialog()) {
    setMenu(false);
  }
}

async function start() {
  const address = new URLSearchParams(location.search);
  buildTopbar(byId("topbar"), { pick, panel: () => togglePanel(), menu: () => setMenu(!document.body.classList.contains("with-menu")) });
  buildSidebar(byId("sidebar"), go);
  buildMain(byId("main"), go);
  buildRequests(byId("panel"));
  startTheme(address.get("theme"));
  on("command-sent", followAnswers);
  document.addEventListener("keydown", shortcuts);
  window.addEventListener("popstate", () => {
    const now = new URLSearchParams(location.search);
    become(now.get("as"), now.get("open") ?? "").catch(say);
  });
  byId("main").addEventListener("click", () => setMenu(false));
  await become(address.get("as"), address.get("open") ?? "");
  document.documentElement.dataset.ready = "yes";
}

start().catch(say);
