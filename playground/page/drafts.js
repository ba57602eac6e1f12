/** What is typed into a modal, kept in the tab, so that it survives a reload of the browser. */

import { FormState } from "./form.js";
import { store } from "./store.js";

/** Views are numbered anew by each run of the playground, so the run is part of the name. */
function key(viewId) {
  return `playground-draft ${store.run} ${store.me.id} ${viewId}`;
}

function saved(viewId) {
  try {
    return JSON.parse(sessionStorage.getItem(key(viewId)) ?? "[]");
  } catch {
    return []; // storage can be switched off, or hold what somebody else wrote
  }
}

/** The form of a view, with what was typed into it before. */
export function draftOf(viewId) {
  const name = key(viewId);
  return new FormState(saved(viewId), (entries) => {
    try {
      sessionStorage.setItem(name, JSON.stringify(entries));
    } catch {
      // then it lasts until the page is loaded again
    }
  });
}

/** Throws away what was typed into earlier runs of the playground, whose views are gone. */
export function sweepDrafts() {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("playground-draft ") && !name.startsWith(`playground-draft ${store.run} `)) sessionStorage.removeItem(name);
    }
  } catch {
    // nothing was kept
  }
}

/** Forgets a draft: it was sent, or the view was closed. */
export function forgetDraft(viewId) {
  try {
    sessionStorage.removeItem(key(viewId));
  } catch {
    // nothing was kept
  }
}
