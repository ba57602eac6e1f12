/** Completion under a text field: slash commands and their words, and @names. */

import { append, h, uid } from "./dom.js";
import { place } from "./popup.js";
import { store } from "./store.js";

/** What could stand at the end of `text`: [{text (the whole field), label, hint}]. */
export function suggestions(text) {
  const name = /(^|\s)@([\w.-]*)$/.exec(text);
  if (name) return people(text.slice(0, text.length - name[2].length), name[2].toLowerCase());
  if (!text.startsWith("/")) return [];
  const space = text.indexOf(" ");
  if (space < 0) return commands(text);
  const command = store.commands.find((one) => one.command === text.slice(0, space));
  return command ? words(command, text.slice(space + 1).trimStart()) : [];
}

function people(before, typed) {
  return [...store.users.values()]
    .filter((one) => !one.deleted && one.id !== store.app.bot_user_id && `${one.name} ${one.real_name}`.toLowerCase().includes(typed))
    .slice(0, 8).map((one) => ({ text: `${before}${one.name} `, label: `@${one.name}`, hint: `${one.real_name}${one.title ? `, ${one.title}` : ""}` }));
}

function commands(text) {
  return store.commands.filter((one) => one.command.startsWith(text))
    .map((one) => ({ text: `${one.command} `, label: `${one.command} ${one.usage_hint ?? ""}`.trim(), hint: one.description ?? "" }));
}

function words(command, typed) {
  return (command.completions ?? []).map((one) => one.text.startsWith("/") ? one : { ...one, text: `${command.command} ${one.text}` })
    .filter((one) => one.text.toLowerCase().startsWith(`${command.command} ${typed}`.toLowerCase()) && one.text !== `${command.command} ${typed}`)
    .map((one) => ({ text: one.text, label: one.text, hint: one.description ?? "" }));
}

/** Adds completion to a field; `empty` says for which text to suggest while nothing is typed. Returns {shut(), takes(event)}: whether a key was for the list. */
export function completeOn(input, empty) {
  const id = uid("complete");
  const list = h("ul", { class: "popup complete", id, role: "listbox", "aria-label": "Suggestions", popover: "manual" });
  const state = { input, list, empty, found: [], active: -1 };
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-autocomplete", "list");
  input.after(list);
  input.addEventListener("input", () => show(state));
  input.addEventListener("blur", () => shut(state));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const row = event.target.closest("[role=option]");
    if (row) take(state, [...list.children].indexOf(row));
  });
  return { shut: () => shut(state), takes: (event) => takes(state, event) };
}

function show(state) {
  state.found = suggestions(state.input.value || state.empty());
  if (!state.found.length || !state.input.isConnected) return shut(state);
  state.list.replaceChildren(...state.found.map((one) => append(h("li", { class: "option", role: "option", id: uid("suggestion") }), [
    h("span", { class: "option-label" }, one.label), h("span", { class: "option-description" }, one.hint)])));
  if (!state.list.matches(":popover-open")) state.list.showPopover();
  place(state.list, state.input.closest(".composer-field") ?? state.input, { stretch: true });
  state.input.setAttribute("aria-expanded", "true");
  return point(state, -1);
}

function shut(state) {
  if (state.list.isConnected && state.list.matches(":popover-open")) state.list.hidePopover();
  state.found = [];
  state.active = -1;
  state.input.setAttribute("aria-expanded", "false");
  state.input.removeAttribute("aria-activedescendant");
}

function point(state, at) {
  state.active = at;
  [...state.list.children].forEach((row, i) => {
    row.classList.toggle("active", i === at);
    row.setAttribute("aria-selected", String(i === at));
  });
  const row = state.list.children[at];
  if (!row) return state.input.removeAttribute("aria-activedescendant");
  state.input.setAttribute("aria-activedescendant", row.id);
  return row.scrollIntoView({ block: "nearest" });
}

function take(state, at) {
  state.input.value = state.found[at].text;
  state.input.focus();
  state.input.dispatchEvent(new Event("input"));
}

/** Enter belongs to the list only where a line of it is picked, or where the command is not finished. */
function takes(state, event) {
  const count = state.found.length;
  if (!count) return false;
  if (event.key === "ArrowDown") point(state, (state.active + 1) % count);
  else if (event.key === "ArrowUp") point(state, (state.active - 1 + count) % count);
  else if (event.key === "Escape") shut(state);
  else if (event.key === "Tab" && !event.shiftKey && state.input.value) take(state, Math.max(0, state.active));
  else if (event.key === "Enter" && !event.shiftKey && picks(state)) take(state, Math.max(0, state.active));
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function picks(state) {
  const unfinished = state.input.value.startsWith("/") && !state.input.value.includes(" ")
    && !store.commands.some((one) => one.command === state.input.value);
  return state.active >= 0 || unfinished;
}
