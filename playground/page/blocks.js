/** Draws Block Kit blocks. A context says where: {surface, form, errors, act(block_id, action_id, value)}. */

import { h, icon, uid } from "./dom.js";
import { control } from "./elements.js";
import { imageUrl, picture } from "./image.js";
import { markdown } from "./markdown.js";
import { plain, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";

/** Draws a list of blocks; an unknown type is named rather than dropped. */
export function renderBlocks(blocks, ctx) {
  return (blocks ?? []).map((block, i) => {
    const id = block.block_id ?? `block-${i}`;
    const draw = BLOCKS[block.type] ?? unknown;
    const node = draw({ ...block, block_id: id }, ctx);
    node.classList.add("block", `block-${block.type}`);
    node.dataset.blockId = id;
    return node;
  });
}

const BLOCKS = {
  section,
  actions,
  context,
  input,
  header: (block, ctx) => h("div", { role: "heading", "aria-level": ctx.surface === "message" ? 4 : 3 }, textNodes(block.text)),
  divider: () => h("hr"),
  image: (block) => picture(block),
  rich_text: (block) => h("div", { class: "prose" }, richText(block)),
  table,
  markdown: (block) => h("div", { class: "prose" }, markdown(block.text)),
};

function unknown(block) {
  return h("div", { class: "muted" }, `(a block of type “${block.type}”, which this page cannot draw)`);
}

const WIDE = new Set(["radio_buttons", "checkboxes"]);

function section(block, ctx) {
  const label = uid("text");
  const text = h("div", { class: "section-text" },
    block.text ? h("div", { class: "prose", id: label }, textNodes(block.text)) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((one) => h("div", { class: "prose" }, textNodes(one)))) : null);
  const node = h("div", {}, text);
  if (block.accessory) {
    const inner = control(block.accessory, ctx, { block: block.block_id, dispatch: true, label });
    node.append(h("div", { class: "accessory" }, inner));
    node.classList.toggle("stacked", WIDE.has(block.accessory.type));
  }
  return node;
}

function actions(block, ctx) {
  return h("div", {}, block.elements.map((one, i) =>
    control({ action_id: `action-${i}`, ...one }, ctx, { block: block.block_id, dispatch: true })));
}

function context(block) {
  return h("div", {}, block.elements.map((one) =>
    one.type === "image"
      ? h("img", { class: "context-image", src: imageUrl(one), alt: one.alt_text })
      : h("div", { class: "prose" }, textNodes(one))));
}

/** Elements that are several controls, and so need a fieldset with a legend instead of a label. */
const GROUPS = new Set(["radio_buttons", "checkboxes"]);

function input(block, ctx) {
  const [label, hint, error] = [uid("label"), uid("hint"), uid("error")];
  const message = ctx.errors?.[block.block_id];
  const described = [block.hint ? hint : null, message ? error : null].filter(Boolean).join(" ");
  const inner = control(block.element, ctx, {
    block: block.block_id, dispatch: Boolean(block.dispatch_action), label, described,
    invalid: Boolean(message), required: !block.optional,
  });
  const words = [
    h("span", { id: label }, plain(block.label?.text)),
    block.optional ? h("span", { class: "optional" }, " (optional)") : null,
  ];
  const grouped = GROUPS.has(block.element?.type);
  const field = inner.matches("input, textarea") ? inner : inner.querySelector("input, textarea");
  if (!grouped && field) field.id ||= uid("field");
  const top = grouped ? h("legend", { class: "label" }, words) : h("label", { class: "label", for: field?.id }, words);
  return h(grouped ? "fieldset" : "div", { class: message ? "has-error" : null, "aria-describedby": grouped ? described || null : null },
    top, inner,
    message ? h("p", { class: "field-error", id: error }, icon("alert"), message) : null,
    block.hint ? h("p", { class: "hint", id: hint }, plain(block.hint.text)) : null);
}
