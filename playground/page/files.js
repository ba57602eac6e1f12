/** A field for files: what was chosen is read at once and kept with what else is typed. */

import { h, icon } from "./dom.js";

/** The chosen files by name, each of which can be taken out again, and a button of the browser's to choose. */
export function fileInput(element, where) {
  let chosen = where.form.field(where.block, where.action, []) ?? [];
  const list = h("ul", { class: "files", "aria-live": "polite" });
  const node = h("input", {
    type: "file", class: "file-input", multiple: (element.max_files ?? 10) > 1,
    accept: (element.filetypes ?? []).map((one) => `.${one}`).join(",") || null,
    "aria-labelledby": where.label, "aria-describedby": where.described || null,
    "aria-invalid": where.invalid ? "true" : null, "aria-required": where.required ? "true" : null,
    dataset: { focus: `${where.block}/${where.action}` },
  });
  const keep = (files) => {
    chosen = files;
    where.form.set(where.block, where.action, chosen);
    list.replaceChildren(...chosen.map((file) => row(file, () => keep(chosen.filter((one) => one !== file)))));
    list.hidden = !chosen.length;
  };
  node.addEventListener("change", async () => {
    const files = await Promise.all([...node.files].map(read));
    node.value = "";
    keep(node.multiple ? [...chosen, ...files] : files);
  });
  list.replaceChildren(...chosen.map((file) => row(file, () => keep(chosen.filter((one) => one !== file)))));
  list.hidden = !chosen.length;
  return h("div", { class: "file-wrap" }, node, list);
}

function row(file, remove) {
  return h("li", { class: "file" }, h("span", { class: "file-name" }, file.name),
    h("button", { type: "button", class: "btn btn-icon", "aria-label": `Take out ${file.name}`, onclick: remove }, icon("close")));
}

/** {name, content}, the content in base64. */
function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
