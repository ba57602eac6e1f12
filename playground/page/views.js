/** Draws a view into a body and draws it again without losing focus, caret, scroll or anything typed. */

import { renderBlocks } from "./blocks.js";

function remember(body) {
  const focus = document.activeElement;
  const inside = body.contains(focus) && focus.dataset?.focus;
  let caret = null;
  try {
    caret = inside ? [focus.selectionStart, focus.selectionEnd] : null;
  } catch {
    caret = null; // radio buttons and dates have no caret
  }
  return { key: inside || null, caret };
}

function restore(body, { key, caret }) {
  if (!key) return;
  const field = [...body.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === key);
  if (!field) return;
  field.focus({ preventScroll: true });
  if (caret && caret[0] !== null && field.setSelectionRange) {
    try {
      field.setSelectionRange(...caret);
    } catch {
      // number and date fields refuse a selection
    }
  }
}

/** Fills `body` with the view's blocks. `scroller` keeps its position. */
export function drawView(body, scroller, view, ctx) {
  const place = remember(body);
  const top = scroller.scrollTop;
  ctx.form.redraw();
  body.replaceChildren(...renderBlocks(view.blocks, ctx));
  scroller.scrollTop = top;
  restore(body, place);
}
