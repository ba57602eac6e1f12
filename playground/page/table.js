/** The `table` block: its first row names the columns. */

import { h } from "./dom.js";
import { richText } from "./richtext.js";

/** A table in a frame of its own that scrolls sideways, also by keyboard. */
export function table(block) {
  const [head, ...rows] = block.rows;
  const cells = (tag, row) => row.map((cell, i) => h(tag, {
    scope: tag === "th" ? "col" : null, class: `align-${block.column_settings?.[i]?.align ?? "left"}`,
  }, cell.type === "rich_text" ? richText(cell) : cell.text));
  return h("div", { class: "table-frame", role: "region", "aria-label": "Table", tabindex: "0" },
    h("table", {}, h("thead", {}, h("tr", {}, cells("th", head))), h("tbody", {}, rows.map((row) => h("tr", {}, cells("td", row))))));
}
