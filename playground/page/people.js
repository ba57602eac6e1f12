/** Choosing who you are: a dialog with a search field over names, titles and zones. */

import { openDialog, topDialog } from "./dialog.js";
import { append, avatar, h, icon, uid } from "./dom.js";
import { store } from "./store.js";

/** Opens the picker; `choose(id)` gets the person. */
export function pickPerson(choose) {
  if (topDialog()) return;
  const [name, listId] = [uid("people"), uid("people-list")];
  const field = h("input", {
    class: "text", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list",
    "aria-label": "Search people", placeholder: "Search by name, title or zone", autocomplete: "off", autofocus: true,
  });
  const list = h("ul", { class: "people-list", id: listId, role: "listbox", "aria-label": "People" });
  const state = { field, list, active: 0, shut: () => dialog.shut(), choose: (id) => { dialog.shut(); choose(id); } };
  const dialog = openDialog(h("div", { class: "sheet sheet-people" },
    h("div", { class: "sheet-head" }, h("h2", { class: "sheet-title", id: name }, "Who are you?"),
      h("button", { type: "button", class: "btn btn-icon", "aria-label": "Close the dialog", onclick: state.shut }, icon("close"))),
    h("div", { class: "people-search" }, field, h("p", { class: "hint" }, "Ctrl+Enter opens a person in a tab of their own.")), list), { labelledBy: name, onEscape: state.shut });
  field.addEventListener("input", () => fill(state));
  field.addEventListener("keydown", (event) => keys(state, event));
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) pickRow(state, row, event);
  });
  fill(state);
}

function fill(state) {
  const wanted = state.field.value.trim().toLowerCase().replace(/^@/, "");
  const found = [...store.users.values()].filter((one) => one.id !== store.app.bot_user_id)
    .filter((one) => `${one.real_name} ${one.name} ${one.title} ${one.tz}`.toLowerCase().includes(wanted));
  state.list.replaceChildren(...found.map(row));
  if (!found.length) state.list.append(h("li", { class: "option-none", role: "presentation" }, "Nobody by that name"));
  const me = found.findIndex((one) => one.id === store.me.id);
  point(state, wanted ? 0 : Math.max(0, me));
}

function row(one) {
  const here = one.id === store.me.id;
  return append(h("li", { class: "option person", role: "option", id: uid("person"), "aria-selected": String(here), dataset: { id: one.id } }), [
    avatar(one),
    h("span", { class: "option-label" }, h("span", { class: "person-name" }, one.real_name, one.deleted ? " (deactivated)" : ""),
      h("span", { class: "option-description" }, [one.title, one.tz.replace(/_/g, " ")].filter(Boolean).join(" · "))),
    one.is_admin ? h("span", { class: "badge" }, "Admin") : null,
    h("span", { class: "option-tick", "aria-hidden": "true" }, here ? "✓" : ""),
  ]);
}

function rowsOf(state) {
  return [...state.list.querySelectorAll("[role=option]")];
}

function point(state, at) {
  const rows = rowsOf(state);
  state.active = at;
  rows.forEach((one, i) => one.classList.toggle("active", i === at));
  if (!rows[at]) return state.field.removeAttribute("aria-activedescendant");
  state.field.setAttribute("aria-activedescendant", rows[at].id);
  return rows[at].scrollIntoView({ block: "nearest" });
}

/** With Ctrl (or ⌘) the person appears in a new tab, and this one stays as it is. */
function pickRow(state, row, event) {
  if (!event.ctrlKey && !event.metaKey) return state.choose(row.dataset.id);
  state.shut();
  return window.open(`?as=${encodeURIComponent(row.dataset.id)}`, "_blank", "noopener");
}

function keys(state, event) {
  const count = rowsOf(state).length;
  if (!count) return;
  if (event.key === "ArrowDown") point(state, (state.active + 1) % count);
  else if (event.key === "ArrowUp") point(state, (state.active - 1 + count) % count);
  else if (event.key === "Enter") pickRow(state, rowsOf(state)[state.active], event);
  else return;
  event.preventDefault();
}
