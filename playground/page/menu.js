/** A button that opens a small menu: arrow keys, Home, End, Escape, first letters. */

import { h, uid } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { place } from "./popup.js";

/** `items` are {label, description?, pick()}. */
export function overflowMenu(face, name, items, describedBy) {
  const id = uid("menu");
  const trigger = h("button", {
    type: "button", class: "btn btn-icon", "aria-label": name, "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-controls": id, "aria-describedby": describedBy,
  }, face);
  const list = h("div", { class: "popup menu", id, role: "menu", "aria-label": name, popover: "manual" });
  const menu = { trigger, list };
  list.append(...items.map((item) => h("button", {
    type: "button", role: "menuitem", tabindex: "-1", class: "option", onclick: () => { shut(menu, true); item.pick(); },
  }, h("span", {}, plain(item.label)), item.description ? h("span", { class: "option-description" }, plain(item.description)) : null)));
  trigger.addEventListener("click", () => (list.matches(":popover-open") ? shut(menu, true) : open(menu)));
  list.addEventListener("keydown", (event) => keys(menu, event));
  const wrap = h("span", { class: "menu-wrap" }, trigger, list);
  wrap.addEventListener("focusout", () => setTimeout(() => wrap.contains(document.activeElement) || shut(menu, false)));
  return wrap;
}

function open({ trigger, list }) {
  list.showPopover();
  place(list, trigger);
  trigger.setAttribute("aria-expanded", "true");
  list.firstElementChild?.focus();
}

function shut({ trigger, list }, refocus) {
  if (list.matches(":popover-open")) list.hidePopover();
  trigger.setAttribute("aria-expanded", "false");
  if (refocus) trigger.focus();
}

function keys(menu, event) {
  const items = [...menu.list.children];
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1,
  }[event.key];
  if (next !== undefined) items[next].focus();
  else if (event.key === "Escape") shut(menu, true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
