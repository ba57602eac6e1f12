/** The stack of modals: one dialog that shows the top view. What is typed stays until the server has taken it. */

import { post } from "./api.js";
import { openDialog } from "./dialog.js";
import { focusable, h, icon, uid } from "./dom.js";
import { draftOf, forgetDraft } from "./drafts.js";
import { plain } from "./mrkdwn.js";
import { emit } from "./store.js";
import { toast } from "./toast.js";
import { drawView } from "./views.js";

/** [{view, form, errors, notice}], the last one on top. */
let stack = [];
let dialog = null;
let parts = null;
let shown = null;

export function modalIsOpen() {
  return stack.length > 0;
}

/** A view was opened or pushed. */
export function showView(view) {
  if (stack.some((one) => one.view.id === view.id)) return updateView(view);
  stack.push({ view, form: draftOf(view.id), errors: {}, notice: "" });
  return draw();
}

/** A view changed: what was typed stays where block and action are the same. */
export function updateView(view) {
  const entry = stack.find((one) => one.view.id === view.id);
  if (!entry) return showView(view);
  entry.view = view;
  entry.errors = {};
  return draw();
}

/** A view is gone; without an id the whole stack is. */
export function dropView(id) {
  for (const one of stack) if (!id || one.view.id === id) forgetDraft(one.view.id);
  stack = id ? stack.filter((one) => one.view.id !== id) : [];
  draw();
}

/** A view was closed and `below` is on top now; null says that none is left. */
export function closeView(id, below) {
  dropView(below ? id : null);
  if (below && !stack.some((one) => one.view.id === below.id)) showView(below);
}

function draw() {
  const entry = stack.at(-1);
  if (!entry) return tearDown();
  if (!dialog) build();
  const pushed = stack.length > 1 || Boolean(entry.view.previous_view_id);
  const fresh = shown !== entry.view.id;
  shown = entry.view.id;
  parts.title.replaceChildren(...plain(entry.view.title?.text));
  parts.close.replaceChildren(...plain(entry.view.close?.text ?? (pushed ? "Back" : "Close")));
  parts.back.hidden = !pushed;
  parts.submit.hidden = !entry.view.submit;
  parts.submit.replaceChildren(...plain(entry.view.submit?.text));
  parts.notice.textContent = entry.notice;
  parts.notice.hidden = !entry.notice;
  if (fresh) parts.scroll.scrollTop = 0;
  drawView(parts.body, parts.scroll, entry.view, context(entry));
  entry.form.settle();
  // A modal that is only read must still scroll by keyboard.
  if (focusable(parts.body).length) parts.scroll.removeAttribute("tabindex");
  else parts.scroll.tabIndex = 0;
  if (fresh) focusFirst();
  return undefined;
}

function context(entry) {
  return {
    surface: "modal", form: entry.form, errors: entry.errors,
    act: (block_id, action_id, value) => post("/page/action", {
      container: { type: "view", view_id: entry.view.id }, block_id, action_id, value, values: entry.form.values(),
    }),
  };
}

function focusFirst() {
  const wanted = parts.body.querySelector("[autofocus]") ?? focusable(parts.body)[0] ?? parts.scroll;
  wanted.focus({ preventScroll: true });
}

function build() {
  const name = uid("modal");
  parts = {
    title: h("h2", { class: "sheet-title", id: name }),
    back: h("button", { type: "button", class: "btn btn-icon", "aria-label": "Back", onclick: closeTop }, icon("back")),
    cross: h("button", { type: "button", class: "btn btn-icon", "aria-label": "Close the dialog", onclick: closeTop }, icon("close")),
    notice: h("div", { class: "sheet-notice", role: "alert", hidden: true }),
    body: h("div", { class: "blocks" }),
    close: h("button", { type: "button", class: "btn", onclick: closeTop }),
    submit: h("button", { type: "submit", class: "btn btn-primary" }),
  };
  parts.scroll = h("div", { class: "sheet-body" }, parts.body);
  parts.form = h("form", { class: "sheet", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } },
    h("div", { class: "sheet-head" }, parts.back, parts.title, parts.cross), parts.notice, parts.scroll,
    h("div", { class: "sheet-foot" }, parts.close, parts.submit));
  dialog = openDialog(parts.form, { labelledBy: name, onEscape: closeTop });
}

function tearDown() {
  dialog?.shut();
  dialog = null;
  shown = null;
  emit("modal-closed");
}

async function closeTop() {
  const entry = stack.at(-1);
  if (!entry || busy()) return;
  dropView(entry.view.id);
  try {
    await post("/page/close", { view_id: entry.view.id });
  } catch (problem) {
    toast(problem.message);
  }
}

function busy(on) {
  if (on === undefined) return parts.submit.getAttribute("aria-busy") === "true";
  parts.submit.setAttribute("aria-busy", String(on));
  return on;
}

async function submit() {
  const entry = stack.at(-1);
  if (!entry?.view.submit || busy()) return;
  busy(true);
  try {
    settle(entry, await post("/page/submit", { view_id: entry.view.id, values: entry.form.values() }));
  } catch (problem) {
    refuse(entry, {}, problem.message);
  } finally {
    if (dialog) busy(false);
  }
}

function settle(entry, answer) {
  if (answer.ok && answer.closed !== false) {
    dropView(entry.view.id);
  } else if (answer.ok) {
    entry.errors = {};
    entry.notice = "";
    draw();
  } else {
    const fields = answer.errors ?? {};
    refuse(entry, fields, Object.keys(fields).length ? "" :
      `That did not get through${answer.error ? ` (${answer.error})` : ""}. Nothing you typed is lost; please try again.`);
  }
}

/** Keeps the view with everything typed and says what is wrong, at the field where there is one. */
function refuse(entry, errors, notice) {
  if (stack.at(-1) !== entry) return;
  const known = new Set(entry.view.blocks.map((one) => one.block_id));
  const lost = Object.entries(errors).filter(([block]) => !known.has(block)).map(([, text]) => text);
  entry.errors = errors;
  entry.notice = [notice, ...lost].filter(Boolean).join(" ");
  draw();
  const first = parts.body.querySelector(".has-error");
  if (!first) return;
  first.scrollIntoView({ block: "center" });
  focusable(first)[0]?.focus({ preventScroll: true });
}

/** The viewer's modals belong to the viewer: put them away when another person looks; what is typed is kept. */
export function forgetModals() {
  stack = [];
  draw();
}
