/** Builds DOM from values: text always becomes text nodes, so nothing that people typed is ever parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element. `on…` keys are listeners, `dataset` is an object, null and false attributes are left out. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) setProp(node, key, value);
  append(node, children);
  return node;
}

function setProp(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "dataset") Object.assign(node.dataset, value);
  else if (key === "vars") for (const [name, v] of Object.entries(value)) node.style.setProperty(name, v);
  else if (key === "value") node.value = value;
  else if (key === "checked") node.checked = true;
  else node.setAttribute(key, value === true ? "" : String(value));
}

/** Appends nodes and strings, flattening lists and skipping what is empty. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

const PATHS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  hash: "M8 3L6 17M14 3l-2 14M4 7.5h13M3 12.5h13",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
  people: "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2 16.5c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5M13 9.3a2.5 2.5 0 0 0 0-4.8M15.5 12.5c1.5.6 2.3 2 2.5 4",
  moon: "M16 11.8A6.6 6.6 0 0 1 8.2 4 6.6 6.6 0 1 0 16 11.8z",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1",
  panel: "M3 4h14v12H3zM12 4v12M5.5 7.5h3.5M5.5 10h3.5",
  send: "M3 10l14-6-5 13-2.5-5.5z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.5 2",
  file: "M5 3h7l3 3v11H5zM12 3v3h3",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  alert: "M10 3l8 14H2zM10 8v4M10 14.5h.01",
};

/** A decorative line icon; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

let counter = 0;
/** A document-wide unique id for aria references. */
export function uid(prefix = "n") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Initials on the person's colour; dark or light letters by the colour's brightness. */
export function avatar(user, className = "") {
  const colour = `#${(user.color || "7a8794").replace("#", "")}`;
  return h("span", {
    class: `avatar ${className}`, "aria-hidden": "true",
    vars: { "--avatar": colour, "--letters": brightness(colour) > 150 ? "#10201d" : "#fff" },
  }, initials(user.real_name || user.name || "?"));
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 2)).toUpperCase();
}

function brightness(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) || 0);
  return (r * 299 + g * 587 + b * 114) / 1000;
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
/** What Tab can reach inside a node, in order. */
export function focusable(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility(),
  );
}

/** Has a screen reader say something that only eyes could see. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
