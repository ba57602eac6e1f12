/** What a person has typed and chosen in one view or message, by block and action. */

export class FormState {
  #values = new Map();
  #touched = new Set();
  #present = new Set();
  #keep;

  /** `saved`: [[key, value]] of an earlier form; `keep` gets the same list after each change. */
  constructor(saved = [], keep = () => {}) {
    for (const [key, value] of saved) {
      this.#values.set(key, value);
      this.#touched.add(key);
    }
    this.#keep = keep;
  }

  static key(block, action) {
    return `${block}\u0000${action}`;
  }

  /** Forgets which fields are on screen; call before drawing the view again. */
  redraw() {
    this.#present.clear();
  }

  /** Forgets what was typed into fields that are gone, as Slack does; call after the view is drawn. */
  settle() {
    for (const key of [...this.#touched]) if (!this.#present.has(key)) this.#forget(key);
    this.#save();
  }

  #forget(key) {
    this.#touched.delete(key);
    this.#values.delete(key);
  }

  #save() {
    this.#keep([...this.#touched].map((one) => [one, this.#values.get(one)]));
  }

  /** Declares a field and returns what it should show: what the person chose, else the view's initial value. */
  field(block, action, initial, fits = () => true) {
    const key = FormState.key(block, action);
    this.#present.add(key);
    const keep = this.#touched.has(key) && fits(this.#values.get(key));
    if (!keep) {
      this.#touched.delete(key);
      this.#values.set(key, initial);
    }
    return this.#values.get(key);
  }

  set(block, action, value) {
    const key = FormState.key(block, action);
    this.#values.set(key, value);
    this.#touched.add(key);
    this.#save();
  }

  get dirty() {
    return this.#touched.size > 0;
  }

  /** The fields on screen as {block_id: {action_id: value}}. */
  values() {
    const out = {};
    for (const key of this.#present) {
      const [block, action] = key.split("\u0000");
      (out[block] ??= {})[action] = this.#values.get(key) ?? null;
    }
    return out;
  }
}
