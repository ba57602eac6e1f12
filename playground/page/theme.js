/** Light or dark: the system's wish unless the person or the address says otherwise. */

import { emit } from "./store.js";

const system = matchMedia("(prefers-color-scheme: dark)");

function saved() {
  try {
    return localStorage.getItem("playground-theme");
  } catch {
    return null; // storage can be switched off
  }
}

function isDark() {
  const forced = document.documentElement.dataset.theme;
  return forced ? forced === "dark" : system.matches;
}

/** Applies the theme of the address, else the saved one, else the system's. */
export function startTheme(fromAddress) {
  const wanted = [fromAddress, saved()].find((one) => one === "dark" || one === "light");
  if (wanted) document.documentElement.dataset.theme = wanted;
  system.addEventListener("change", () => emit("theme", isDark()));
  emit("theme", isDark());
}

/** Switches to the other theme and remembers it. */
export function nextTheme() {
  const wanted = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = wanted;
  try {
    localStorage.setItem("playground-theme", wanted);
  } catch {
    // then it holds until the page is closed
  }
  const address = new URL(location.href);
  address.searchParams.delete("theme"); // or a reload would bring the old one back
  history.replaceState(null, "", address);
  emit("theme", isDark());
}
