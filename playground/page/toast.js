/** Short notices that go away by themselves; spoken politely by screen readers. */

import { topDialog } from "./dialog.js";
import { h, icon } from "./dom.js";

let last = { text: "", at: 0 };

/** Shows a notice for ten seconds. The same words within two seconds are shown once. */
export function toast(text, kind = "problem") {
  if (text === last.text && performance.now() - last.at < 2000) return;
  last = { text, at: performance.now() };
  // Outside an open dialog everything is inert, so the notice goes into the dialog's own area.
  const area = topDialog()?.querySelector(".toasts") ?? document.getElementById("toasts");
  const node = h("div", { class: `toast toast-${kind}` }, icon(kind === "problem" ? "alert" : "eye"), h("span", {}, text),
    h("button", { type: "button", class: "btn btn-icon", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close")));
  area.append(node);
  while (area.children.length > 4) area.firstElementChild.remove();
  setTimeout(() => node.remove(), 10_000);
}
