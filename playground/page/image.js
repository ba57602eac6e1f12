/** Pictures: from the web, or from a file that the app has uploaded. */

import { h, icon } from "./dom.js";
import { safeUrl, textNodes } from "./mrkdwn.js";

/** Where the picture of an image block or element lies. */
export function imageUrl(image) {
  if (image.image_url) return safeUrl(image.image_url) ?? "";
  const file = image.slack_file ?? {};
  return file.id ? `/files/${encodeURIComponent(file.id)}/image` : safeUrl(file.url) ?? "";
}

/** An image with its title; where it cannot be loaded its alt text stands in a frame instead. */
export function picture(block) {
  const src = imageUrl(block);
  const frame = h("a", { class: "image-frame", href: src, target: "_blank", rel: "noopener" });
  const img = h("img", { src, alt: block.alt_text ?? "", loading: "lazy" });
  img.addEventListener("error", () => frame.replaceChildren(h("span", { class: "image-missing" }, icon("file"), block.alt_text || "Image")));
  frame.append(img);
  const title = block.title ? h("figcaption", {}, textNodes(block.title)) : null;
  return h("figure", {}, title, frame);
}
