/** Fields for text, numbers, dates, and choices that are all visible at once. */

import { append, h, uid } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";
import { zone } from "./store.js";
import { fromWall, toWall } from "./time.js";

/** What every field needs to be named, described and found again after a redraw. */
function common(where, element) {
  return {
    "aria-labelledby": where.label, "aria-describedby": where.described || null,
    "aria-invalid": where.invalid ? "true" : null, "aria-required": where.required ? "true" : null,
    autofocus: element.focus_on_load, dataset: { focus: `${where.block}/${where.action}` },
  };
}

const TYPES = { email_text_input: "email", url_text_input: "url" };

/** One line or several; a counter appears as soon as there is something to count. */
export function textInput(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_value ?? null);
  const node = h(element.multiline ? "textarea" : "input", {
    ...common(where, element), class: "text", type: element.multiline ? null : TYPES[element.type] ?? "text",
    placeholder: element.placeholder?.text, value: value ?? "", rows: element.multiline ? 3 : null, autocomplete: "off",
  });
  const counter = element.max_length ? h("span", { class: "counter", "aria-hidden": "true" }) : null;
  const refresh = () => count(node, counter, element.max_length);
  node.addEventListener("input", () => {
    where.form.set(where.block, where.action, node.value || null);
    refresh();
  });
  if (where.dispatch) dispatchText(node, element, where);
  refresh();
  return h("div", { class: "text-wrap" }, node, counter);
}

function count(node, counter, limit) {
  if (node.tagName === "TEXTAREA") {
    node.style.height = "auto";
    if (node.scrollHeight) node.style.height = `${Math.min(node.scrollHeight + 2, 280)}px`;
  }
  if (!counter) return;
  const left = limit - node.value.length;
  counter.textContent = node.value ? String(left) : "";
  counter.classList.toggle("over", left < 0);
}

function dispatchText(node, element, where) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (when.includes("on_character_entered")) node.addEventListener("input", debounce(() => where.send(node.value), 300));
  if (when.includes("on_enter_pressed")) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      where.send(node.value);
    });
  }
}

function debounce(fn, delay) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(fn, delay);
  };
}

/** Several lines that reach the app as rich text; what stands there at first keeps its styles until somebody types. */
export function richTextInput(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_value ?? null);
  const words = value && typeof value === "object" ? wordsOf(value) : value ?? "";
  const node = h("textarea", { ...common(where, element), class: "text", placeholder: element.placeholder?.text, rows: 3, autocomplete: "off" });
  node.value = words;
  node.addEventListener("input", () => {
    where.form.set(where.block, where.action, node.value || null);
    count(node, null, 0);
  });
  if (where.dispatch) dispatchText(node, element, where);
  return h("div", { class: "text-wrap" }, node);
}

function wordsOf(part) {
  const inner = (part.elements ?? []).map(wordsOf).join(part.type === "rich_text" || part.type === "rich_text_list" ? "\n" : "");
  return `${part.text ?? part.url ?? ""}${inner}`;
}

/** A number, kept as the text that was typed. */
export function numberInput(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_value ?? null);
  const node = h("input", {
    ...common(where, element), class: "text text-number", type: "text", inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
    placeholder: element.placeholder?.text, value: value ?? "", autocomplete: "off",
  });
  node.addEventListener("input", () => where.form.set(where.block, where.action, node.value || null));
  if (where.dispatch) dispatchText(node, element, where);
  return node;
}

function picker(type, element, where, shown, read) {
  const node = h("input", {
    ...common(where, element), class: "text text-date", type, value: shown ?? "",
    "aria-label": where.label ? null : element.placeholder?.text ?? "Date",
  });
  // Native pickers report every half-typed date; the app hears of it when the typing stops.
  const tell = debounce(() => where.send(read(node.value)), 400);
  node.addEventListener("change", () => {
    where.form.set(where.block, where.action, read(node.value));
    if (where.dispatch && node.value) tell();
  });
  return node;
}

/** A calendar day, "2026-03-02". */
export function datePicker(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_date ?? null);
  return picker("date", element, where, value, (text) => text || null);
}

/** A time of day, "09:30". */
export function timePicker(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_time ?? null);
  return picker("time", element, where, value, (text) => text || null);
}

/** A point in time: typed and shown in the viewer's zone, sent as epoch seconds. */
export function dateTimePicker(element, where) {
  const value = where.form.field(where.block, where.action, element.initial_date_time ?? null);
  const shown = value ? toWall(value, zone()) : "";
  const node = picker("datetime-local", element, where, shown, (text) => (text ? fromWall(text, zone()) : null));
  return h("div", { class: "date-wrap" }, node, h("span", { class: "zone" }, `${zone().replace(/_/g, " ")} time`));
}

function choice(type, option, where, props) {
  const id = uid("choice");
  const description = option.description ? h("span", { class: "choice-description", id: `${id}-d` }, textNodes(option.description)) : null;
  return h("div", { class: "choice" },
    h("input", {
      type, id, class: "choice-box", "aria-describedby": description ? `${id}-d` : null,
      dataset: { focus: `${where.block}/${where.action}/${option.value}` }, ...props,
    }),
    append(h("label", { for: id }), [h("span", { class: "choice-text" }, textNodes(option.text)), description]));
}

function group(role, element, where, rows) {
  return h("div", {
    class: "choices", role, "aria-labelledby": where.label, "aria-describedby": where.described || null,
    "aria-required": role === "radiogroup" && where.required ? "true" : null,
    "aria-invalid": role === "radiogroup" && where.invalid ? "true" : null,
  }, rows);
}

/** One of several. */
export function radioButtons(element, where) {
  const fits = (value) => element.options.some((one) => one.value === value);
  const chosen = where.form.field(where.block, where.action, element.initial_option?.value ?? null, fits);
  const name = uid("radio");
  return group("radiogroup", element, where, element.options.map((option) => choice("radio", option, where, {
    name, checked: option.value === chosen,
    onchange: () => {
      where.form.set(where.block, where.action, option.value);
      if (where.dispatch) where.send(option.value);
    },
  })));
}

/** Any of several. */
export function checkboxes(element, where) {
  const initial = (element.initial_options ?? []).map((one) => one.value);
  const chosen = new Set(where.form.field(where.block, where.action, initial));
  return group("group", element, where, element.options.map((option) => choice("checkbox", option, where, {
    checked: chosen.has(option.value),
    onchange: (event) => {
      if (event.target.checked) chosen.add(option.value);
      else chosen.delete(option.value);
      const value = element.options.map((one) => one.value).filter((one) => chosen.has(one));
      where.form.set(where.block, where.action, value);
      if (where.dispatch) where.send(value);
    },
  })));
}
