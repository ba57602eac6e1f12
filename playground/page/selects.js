/** Block Kit's selects on top of the combobox: options, people, conversations. */

import { combo } from "./combo.js";
import { avatar, h, icon } from "./dom.js";
import { decode } from "./mrkdwn.js";
import { openConversation, store, title } from "./store.js";

function flat(element) {
  const rows = (options, group) => (options ?? []).map((one) => ({
    value: one.value, label: decode(one.text.text), group,
    description: one.description ? decode(one.description.text) : undefined,
  }));
  return [...rows(element.options), ...(element.option_groups ?? []).flatMap((g) => rows(g.options, decode(g.label.text)))];
}

/** static_select and multi_static_select. */
export function optionSelect(element, where) {
  const initial = element.type.startsWith("multi_")
    ? (element.initial_options ?? []).map((one) => one.value)
    : element.initial_option?.value ?? null;
  return select(element, where, flat(element), initial);
}

/** users_select and multi_users_select: everybody who is still here, found by name or title. */
export function usersSelect(element, where) {
  const options = [...store.users.values()].filter((one) => !one.deleted && !one.is_bot).map((one) => ({
    value: one.id, label: one.real_name, description: one.title, face: () => avatar(one, "avatar-small"),
  }));
  const initial = element.type.startsWith("multi_") ? element.initial_users ?? [] : element.initial_user ?? null;
  return select(element, where, options, initial);
}

/** conversations_select, channels_select and their multi form. */
export function conversationsSelect(element, where) {
  const wanted = element.type.includes("channels") ? ["channel"] : (element.filter?.include ?? Object.keys(KINDS)).map((one) => KINDS[one]);
  const options = store.conversations.filter((one) => wanted.includes(one.kind)).map((one) => ({
    value: one.id, label: title(one), face: () => h("span", { class: "option-icon" }, icon(SIGNS[one.kind])),
  }));
  const here = element.default_to_current_conversation ? openConversation()?.id : null;
  const single = element.initial_conversation ?? element.initial_channel ?? here ?? null;
  const several = element.initial_conversations ?? element.initial_channels ?? [];
  return select(element, where, options, element.type.startsWith("multi_") ? several : single);
}

/** Slack's word for a kind of conversation in a filter, and the page's. The app's own DM is not among them. */
const KINDS = { public: "channel", private: "private", mpim: "mpim" };
const SIGNS = { channel: "hash", private: "lock", mpim: "people" };

function select(element, where, options, initial) {
  const multi = element.type.startsWith("multi_");
  const known = new Set(options.map((one) => one.value));
  const fits = (value) => [value ?? []].flat().every((one) => known.has(one));
  const value = where.form.field(where.block, where.action, initial, fits);
  return combo({
    options, value, multi, max: element.max_selected_items, clearable: !where.required && !where.dispatch,
    placeholder: element.placeholder?.text ?? (multi ? "Choose one or more" : "Choose"),
    label: where.label, described: where.described, invalid: where.invalid, required: where.required,
    autofocus: element.focus_on_load, focusKey: `${where.block}/${where.action}`,
    onchange: (now) => where.form.set(where.block, where.action, now),
    oncommit: (now) => where.dispatch && where.send(now),
  });
}
