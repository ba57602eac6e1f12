/** Modal dialogs: focus stays inside, Escape asks to close, and focus returns to where it was. */

import { focusable, h } from "./dom.js";

/** Opens `content` as a modal dialog. Returns {node, shut()}. */
export function openDialog(content, { labelledBy, onEscape, className = "" }) {
  const before = document.activeElement;
  const node = h("dialog", { class: `dialog ${className}`, "aria-labelledby": labelledBy, "aria-modal": "true" },
    content, h("div", { class: "toasts", role: "status", "aria-live": "polite" }));
  node.addEventListener("cancel", (event) => event.preventDefault());
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    } else if (event.key === "Tab") {
      keepInside(node, event);
    }
  });
  document.body.append(node);
  node.showModal();
  return { node, shut: () => shut(node, before) };
}

function shut(node, before) {
  if (!node.isConnected) return;
  node.close();
  node.remove();
  if (before?.isConnected && before !== document.body) before.focus();
  else document.getElementById("main").focus();
}

function keepInside(node, event) {
  const stops = focusable(node);
  const [first, last] = [stops[0], stops.at(-1)];
  const edge = event.shiftKey ? first : last;
  if (!stops.length || (document.activeElement !== edge && node.contains(document.activeElement))) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** The dialog on top, if any. */
export function topDialog() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? null;
}
