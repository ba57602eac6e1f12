/** The top bar: workspace, clock with its jumps, theme, request panel, and who you are. */

import { post } from "./api.js";
import { announce, append, avatar, h, icon } from "./dom.js";
import { on, store, zone } from "./store.js";
import { nextTheme } from "./theme.js";
import { clockTime, shortDay } from "./time.js";
import { toast } from "./toast.js";

let parts = null;

/** Builds the bar. `actions`: {pick(), panel(), menu()}. */
export function buildTopbar(root, actions) {
  parts = {
    team: h("span", { class: "team" }),
    day: h("span", { class: "clock-day" }),
    time: h("span", { class: "clock-time" }),
    presets: h("div", { class: "presets", role: "group", "aria-label": "Move the clock" }),
    person: h("button", { type: "button", class: "who", onclick: actions.pick, title: "Change person (Ctrl+K)" }),
    panel: h("button", {
      type: "button", class: "btn btn-icon", "aria-label": "Requests", title: "Requests", "aria-pressed": "false", onclick: actions.panel,
    }, icon("panel")),
    theme: h("button", { type: "button", class: "btn btn-icon", onclick: () => nextTheme() }),
    menu: h("button", {
      type: "button", class: "btn btn-icon menu-button", "aria-label": "Conversations", "aria-expanded": "false",
      "aria-controls": "sidebar", onclick: actions.menu,
    }, icon("menu")),
  };
  append(root, [parts.menu, parts.team,
    h("div", { class: "clock", role: "group", "aria-label": "Clock" },
      h("span", { class: "clock-now", title: "The playground's time, in your zone" }, icon("clock"), parts.day, parts.time), parts.presets),
    h("div", { class: "tools" }, parts.panel, parts.theme, parts.person)]);
  on("state", drawTopbar);
  on("clock", drawClock);
  on("theme", drawTheme);
  on("panel", (open) => parts.panel.setAttribute("aria-pressed", String(open)));
  on("menu", (open) => parts.menu.setAttribute("aria-expanded", String(open)));
}

function drawTopbar() {
  parts.team.textContent = store.team.name;
  parts.person.replaceChildren(avatar(store.me, "avatar-small"),
    h("span", { class: "who-text" }, h("span", { class: "sr-only" }, "You are: "), store.me.real_name, h("span", { class: "sr-only" }, ". Change person")), icon("down"));
  parts.presets.replaceChildren(...store.presets.map((one) =>
    h("button", { type: "button", class: "btn btn-small", onclick: (event) => jump(event.currentTarget, one.id) }, one.label)));
  drawClock();
}

function drawClock() {
  parts.day.textContent = shortDay(store.now, zone());
  parts.time.textContent = clockTime(store.now, zone());
}

function drawTheme(dark) {
  parts.theme.replaceChildren(icon(dark ? "sun" : "moon"));
  parts.theme.setAttribute("aria-label", dark ? "Use the light theme" : "Use the dark theme");
  parts.theme.title = parts.theme.getAttribute("aria-label");
}

/** Moving the clock can take a while: everything that falls due on the way happens first. */
async function jump(button, preset) {
  if (parts.presets.getAttribute("aria-busy") === "true") return;
  parts.presets.setAttribute("aria-busy", "true");
  button.setAttribute("aria-busy", "true");
  try {
    const { now_iso } = await post("/page/clock", { preset });
    store.now = new Date(now_iso);
    drawClock();
    announce(`It is now ${shortDay(store.now, zone())} ${clockTime(store.now, zone())}`);
  } catch (problem) {
    toast(problem.message);
  } finally {
    parts.presets.removeAttribute("aria-busy");
    button.removeAttribute("aria-busy");
  }
}
