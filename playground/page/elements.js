/** Interactive elements: the registry, and buttons with their confirmation. Fields and selects have files of their own. */

import { confirmFirst } from "./confirm.js";
import { append, h, icon, uid } from "./dom.js";
import { checkboxes, datePicker, dateTimePicker, numberInput, radioButtons, richTextInput, textInput, timePicker } from "./fields.js";
import { fileInput } from "./files.js";
import { imageUrl } from "./image.js";
import { overflowMenu } from "./menu.js";
import { plain, safeUrl } from "./mrkdwn.js";
import { conversationsSelect, optionSelect, usersSelect } from "./selects.js";
import { toast } from "./toast.js";

const CONTROLS = {
  button,
  overflow,
  static_select: optionSelect,
  multi_static_select: optionSelect,
  users_select: usersSelect,
  multi_users_select: usersSelect,
  conversations_select: conversationsSelect,
  multi_conversations_select: conversationsSelect,
  multi_conversations_select: conversationsSelect,
  channels_select: conversationsSelect,
  multi_channels_select: conversationsSelect,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  radio_buttons: radioButtons,
  checkboxes,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: numberInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  image: (element) => h("img", { class: "accessory-image", src: imageUrl(element), alt: element.alt_text ?? "" }),
};

/**
 * Draws one element. `where` is {block, dispatch, label?, described?, invalid?, required?}: the block it stands in,
 * whether a change goes to the app at once, and the ids of the nodes that name and describe it.
 */
export function control(element, ctx, where) {
  const draw = CONTROLS[element?.type];
  if (!draw) return h("span", { class: "muted" }, `(an element of type “${element?.type}”, which this page cannot draw)`);
  const action = element.action_id ?? "action";
  const node = draw(element, { ...where, action, form: ctx.form, send: (value) => send(element, ctx, where.block, action, value) });
  node.dataset.actionId = action;
  return node;
}

/** Sends an action after its confirmation; answers whether it went out. */
async function send(element, ctx, block, action, value) {
  if (element.confirm && !(await confirmFirst(element.confirm))) return false;
  try {
    await ctx.act(block, action, value);
    return true;
  } catch (problem) {
    toast(problem.message);
    return false;
  }
}

/** Keeps a control from being pressed twice while its action is under way. */
async function whileBusy(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  await work();
  node.removeAttribute("aria-busy");
}

function button(element, where) {
  const name = uid("button");
  const node = h("button", {
    type: "button", id: name, class: `btn ${element.style ? `btn-${element.style}` : ""}`,
    "aria-label": element.accessibility_label, "aria-describedby": where.label,
    dataset: { focus: `${where.block}/${where.action}` },
    onclick: () => whileBusy(node, async () => {
      const sent = await where.send(null);
      if (sent && safeUrl(element.url)) window.open(safeUrl(element.url), "_blank", "noopener");
    }),
  });
  return append(node, plain(element.text?.text));
}

function overflow(element, where) {
  const items = element.options.map((option) => ({
    label: option.text.text, description: option.description?.text,
    pick: async () => {
      if ((await where.send(option.value)) && safeUrl(option.url)) window.open(safeUrl(option.url), "_blank", "noopener");
    },
  }));
  return overflowMenu(icon("more"), "More actions", items, where.label);
}
