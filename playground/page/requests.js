/** The request panel: what the bot asked the stand-in and what the stand-in sent to the bot, newest first. */

import { get } from "./api.js";
import { announce, h, icon, uid } from "./dom.js";
import { emit, emitSoon, on, store, zone } from "./store.js";
import { clockTime, shortDay } from "./time.js";
import { toast } from "./toast.js";

const KEEP = 200;
let parts = null;
/** Where the focus was when the panel was opened, and goes back to. */
let before = null;

/** Builds the panel, closed. */
export function buildRequests(root) {
  parts = {
    root, list: h("ul", { class: "request-list" }), empty: h("p", { class: "muted panel-empty" }, "Nothing yet. Run a command and look here again."),
    filter: h("input", { class: "text", type: "search", placeholder: "Filter, e.g. views.open or a name", "aria-label": "Filter requests", oninput: () => draw() }),
  };
  parts.bad = h("input", { type: "checkbox", id: uid("bad"), onchange: () => draw() });
  root.append(h("div", { class: "panel-head" }, h("h2", {}, "Requests"),
    h("button", { type: "button", class: "btn btn-icon", "aria-label": "Close requests", onclick: () => togglePanel(false) }, icon("close"))),
  h("div", { class: "panel-filter" }, parts.filter, h("span", { class: "panel-bad" }, parts.bad, h("label", { for: parts.bad.id }, "Only what failed"))), parts.empty, parts.list);
  root.addEventListener("keydown", (event) => event.key === "Escape" && togglePanel(false));
  on("requests", draw);
}

/** Opens or closes the panel; the rows are fetched when it opens. */
export async function togglePanel(open = parts.root.hidden) {
  const inside = parts.root.contains(document.activeElement);
  if (open) before = document.activeElement;
  parts.root.hidden = !open;
  if (open) parts.filter.focus();
  else if (inside && before?.isConnected) before.focus();
  document.body.classList.toggle("with-panel", open);
  emit("panel", open);
  if (!open) return;
  try {
    const answer = await get("/page/requests", { limit: KEEP });
    store.requests = Array.isArray(answer) ? answer : answer.requests ?? [];
    draw();
  } catch (problem) {
    toast(problem.message);
  }
}

/** A row arrived live. Nothing is kept while the panel is closed. */
export function addRequest(row) {
  if (parts.root.hidden) return;
  store.requests = [...store.requests.filter((one) => one.n !== row.n).slice(1 - KEEP), row];
  emitSoon("requests");
}

function draw() {
  if (parts.root.hidden) return;
  const wanted = parts.filter.value.trim().toLowerCase();
  const shown = store.requests.filter((one) => (!parts.bad.checked || failed(one)) && words(one).includes(wanted))
    .sort((a, b) => b.n - a.n);
  const known = new Map([...parts.list.children].map((node) => [node.dataset.n, node]));
  parts.list.replaceChildren(...shown.map((one) => known.get(String(one.n)) ?? item(one)));
  parts.empty.hidden = shown.length > 0;
}

/** All that a row says, also inside; made once a row. */
function words(one) {
  one.words ??= `${one.what} ${one.status} ${one.direction} ${text(one.request)} ${text(one.response)}`.toLowerCase();
  return one.words;
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value ?? null, null, 2);
}

function failed(one) {
  return Number(one.status) >= 400 || one.response?.ok === false || /error|timeout|fail/i.test(String(one.status));
}

function item(one) {
  const incoming = one.direction.startsWith("slack");
  const at = new Date(one.at_iso);
  const body = h("div", { class: "request-body" });
  const details = h("details", {},
    h("summary", {},
      h("span", { class: incoming ? "way way-in" : "way", title: one.direction }, incoming ? "→ bot" : "bot →"),
      h("span", { class: "what" }, one.what),
      h("span", { class: failed(one) ? "status bad" : "status" }, String(one.response?.error ?? one.status ?? "")),
      h("span", { class: "ms" }, one.ms === null || one.ms === undefined ? "" : `${Math.round(one.ms)} ms`)), body);
  // The JSON is set only when somebody looks: two hundred payloads are slow to lay out.
  details.addEventListener("toggle", () => details.open && !body.children.length && body.append(
    h("p", { class: "muted" }, `${shortDay(at, zone())} ${clockTime(at, zone())}`),
    json("Request", one.request), json("Response", one.response)));
  return h("li", { dataset: { n: String(one.n) } }, details);
}

function json(name, value) {
  const shown = h("pre", { tabindex: "0", "aria-label": name }, text(value));
  const copy = h("button", { type: "button", class: "btn btn-small", "aria-label": `Copy the ${name.toLowerCase()}`, onclick: () => copyOf(shown, copy) }, "Copy");
  return h("section", {}, h("div", { class: "request-name" }, h("h3", {}, name), copy), shown);
}

/** Copies; where the browser refuses, the text is selected, so that Ctrl+C takes it. */
async function copyOf(shown, button) {
  try {
    await navigator.clipboard.writeText(shown.textContent);
    button.textContent = "Copied";
    announce("Copied");
  } catch {
    getSelection().selectAllChildren(shown);
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}
