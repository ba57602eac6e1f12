/** A searchable select, single or with chips: the ARIA combobox pattern with a list box in the top layer. */

import { append, h, icon, uid } from "./dom.js";
import { place } from "./popup.js";

/**
 * `spec`: {options: [{value, label, description?, group?, face?}], value, multi, max, placeholder, clearable, name,
 * label, described, invalid, required, autofocus, focusKey, onchange(value), oncommit(value)}. A single value is a string or
 * null, several are a list. `onchange` hears every step, `oncommit` what stands when the list closes.
 */
export function combo(spec) {
  return new Combo(spec).node;
}

class Combo {
  constructor(spec) {
    this.spec = spec;
    this.chosen = (spec.multi ? spec.value ?? [] : [spec.value]).filter((one) => one !== null && one !== undefined);
    this.committed = this.chosen.join("\n");
    this.active = -1;
    this.build();
    this.settle();
  }

  build() {
    const { spec } = this;
    this.listId = uid("list");
    this.list = h("ul", { class: "popup", id: this.listId, role: "listbox", popover: "manual", "aria-multiselectable": spec.multi ? "true" : null,
      "aria-label": spec.name ?? spec.placeholder ?? "Choices" });
    this.input = h("input", {
      class: "combo-input", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": this.listId,
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", autofocus: spec.autofocus,
      "aria-labelledby": spec.label, "aria-label": spec.label ? null : spec.name ?? spec.placeholder ?? "Choose",
      "aria-describedby": spec.described || null, "aria-invalid": spec.invalid ? "true" : null,
      "aria-required": spec.required ? "true" : null, dataset: { focus: spec.focusKey ?? "" },
    });
    this.chips = h("span", { class: "chips" });
    this.clear = h("button", { type: "button", class: "combo-clear", "aria-label": "Clear", onclick: () => this.choose(null) }, icon("close"));
    const frame = h("div", { class: "combo-frame" }, this.chips, this.input, this.clear, h("span", { class: "combo-arrow" }, icon("down")));
    this.node = h("div", { class: `combo ${spec.multi ? "combo-multi" : ""}` }, frame, this.list);
    this.frame = frame;
    this.listen();
  }

  listen() {
    this.frame.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) return;
      if (event.target !== this.input) event.preventDefault();
      this.input.focus();
      if (this.isOpen && !this.searching) this.shut();
      else this.open();
    });
    this.input.addEventListener("input", () => {
      this.searching = true;
      this.open();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option.dataset.value);
    });
    this.node.addEventListener("focusout", () => setTimeout(() => this.node.contains(document.activeElement) || this.shut()));
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  open() {
    this.fill();
    if (!this.isOpen) this.list.showPopover();
    place(this.list, this.frame, { stretch: true });
    this.input.setAttribute("aria-expanded", "true");
    this.follow = () => this.isOpen && place(this.list, this.frame, { stretch: true });
    document.addEventListener("scroll", this.follow, true);
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  shut() {
    document.removeEventListener("scroll", this.follow, true);
    if (this.node.isConnected && this.isOpen) this.list.hidePopover();
    this.settle();
    if (this.chosen.join("\n") === this.committed) return;
    this.committed = this.chosen.join("\n");
    this.spec.oncommit?.(this.value);
  }

  /** Shows what is chosen, and nothing half-typed. */
  settle() {
    this.searching = false;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    const picked = this.chosen.map((value) => this.option(value)).filter(Boolean);
    this.input.value = this.spec.multi ? "" : picked[0]?.label ?? "";
    this.input.placeholder = this.spec.multi && picked.length ? "" : this.spec.placeholder ?? "";
    this.clear.hidden = this.spec.multi || !this.spec.clearable || !picked.length;
    if (this.spec.multi) this.chips.replaceChildren(...picked.map((one) => this.chip(one)));
  }

  chip(option) {
    return h("span", { class: "chip" }, option.face?.() ?? null, h("span", {}, option.label),
      h("button", { type: "button", "aria-label": `Remove ${option.label}`, onclick: () => { this.toggle(option.value); this.shut(); this.input.focus(); } },
        icon("close")));
  }

  option(value) {
    return this.spec.options.find((one) => one.value === value);
  }

  get value() {
    return this.spec.multi ? [...this.chosen] : this.chosen[0] ?? null;
  }

  fill() {
    const wanted = this.searching ? this.input.value.trim().toLowerCase() : "";
    const found = this.spec.options.filter((one) => `${one.label} ${one.description ?? ""}`.toLowerCase().includes(wanted));
    const rows = [];
    found.forEach((one, i) => {
      if (one.group && one.group !== found[i - 1]?.group) rows.push(h("li", { class: "option-group", role: "presentation" }, one.group));
      rows.push(this.row(one));
    });
    this.list.replaceChildren(...(rows.length ? rows : [h("li", { class: "option-none", role: "presentation" }, "Nothing found")]));
    this.rows = rows.filter((row) => row.role === "option");
    this.point(wanted && this.rows.length ? 0 : this.rows.findIndex((row) => row.ariaSelected === "true"));
  }

  row(option) {
    const on = this.chosen.includes(option.value);
    return append(h("li", { class: "option", role: "option", id: uid("option"), "aria-selected": on ? "true" : "false", dataset: { value: option.value } }), [
      option.face?.() ?? null,
      h("span", { class: "option-label" }, option.label, option.description ? h("span", { class: "option-description" }, option.description) : null),
      h("span", { class: "option-tick", "aria-hidden": "true" }, on ? "✓" : ""),
    ]);
  }

  point(at) {
    this.active = at;
    this.rows.forEach((row, i) => row.classList.toggle("active", i === at));
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.rows[at].id);
    return this.rows[at].scrollIntoView({ block: "nearest" });
  }

  choose(value) {
    if (this.spec.multi) {
      this.toggle(value);
      this.searching = false;
      this.settle();
      this.open();
      return;
    }
    this.chosen = value === null ? [] : [value];
    this.spec.onchange?.(this.value);
    this.shut();
    this.input.focus();
  }

  toggle(value) {
    const has = this.chosen.includes(value);
    if (!has && this.spec.max && this.chosen.length >= this.spec.max) return;
    this.chosen = has ? this.chosen.filter((one) => one !== value) : [...this.chosen, value];
    this.spec.onchange?.(this.value);
  }

  key(event) {
    const handled = KEYS[event.key]?.(this);
    if (handled === false || handled === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(by) {
    if (!this.isOpen) this.open();
    const count = this.rows.length;
    if (count) this.point(this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count);
    return true;
  }
}

/** Each answers whether the key was used. */
const KEYS = {
  ArrowDown: (one) => one.step(1),
  ArrowUp: (one) => one.step(-1),
  Enter: (one) => {
    if (!one.isOpen) one.open();
    else if (one.active >= 0) one.choose(one.rows[one.active].dataset.value);
    return true;
  },
  Escape: (one) => {
    if (!one.isOpen) return false;
    one.shut();
    return true;
  },
  Backspace: (one) => {
    if (!one.spec.multi || one.input.value || !one.chosen.length) return false;
    one.toggle(one.chosen.at(-1));
    one.settle();
    return true;
  },
};
