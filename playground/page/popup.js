/** Places a popup under its anchor, or above it where there is more room. */

/** `popup` must be open: its size is needed. */
export function place(popup, anchor, { stretch = false } = {}) {
  const box = anchor.getBoundingClientRect();
  const margin = 8;
  if (stretch) popup.style.minWidth = `${box.width}px`;
  const below = innerHeight - box.bottom - margin;
  const above = box.top - margin;
  const up = below < Math.min(popup.scrollHeight, 240) && above > below;
  popup.style.maxHeight = `${Math.max(96, Math.min(320, (up ? above : below) - 4))}px`;
  const left = Math.max(margin, Math.min(box.left, innerWidth - popup.offsetWidth - margin));
  popup.style.left = `${left}px`;
  popup.style.top = `${up ? box.top - popup.offsetHeight - 4 : box.bottom + 4}px`;
}
