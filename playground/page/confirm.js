/** The confirmation that an element may ask for. */

import { h, uid } from "./dom.js";
import { openDialog } from "./dialog.js";
import { plain, textNodes } from "./mrkdwn.js";

/** Shows a Block Kit confirm object; resolves to whether the person agreed. */
export function confirmFirst(confirm) {
  return new Promise((resolve) => {
    const title = uid("confirm");
    const answer = (yes) => {
      dialog.shut();
      resolve(yes);
    };
    const content = h("div", { class: "sheet sheet-small" },
      h("h2", { class: "sheet-title", id: title }, plain(confirm.title?.text)),
      h("div", { class: "sheet-body prose" }, textNodes(confirm.text)),
      h("div", { class: "sheet-foot" },
        h("button", { type: "button", class: "btn", onclick: () => answer(false) }, plain(confirm.deny?.text ?? "Cancel")),
        h("button", {
          type: "button", class: `btn btn-${confirm.style === "danger" ? "danger" : "primary"}`, autofocus: true,
          onclick: () => answer(true),
        }, plain(confirm.confirm?.text ?? "OK"))));
    const dialog = openDialog(content, { labelledBy: title, onEscape: () => answer(false) });
  });
}
