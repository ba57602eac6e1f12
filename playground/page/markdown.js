/** The `markdown` block: the common part of Markdown, turned into the nodes that mrkdwn gives. */

import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const BOLD = "\u0001";

/** Rewrites one line of Markdown as mrkdwn; `\u0001` keeps finished bold apart from Markdown's single stars. */
function rewrite(line) {
  return line
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/\*\*([^*]+)\*\*/g, `${BOLD}$1${BOLD}`)
    .replace(/(^|[^\w*])\*([^*\s][^*]*)\*/g, "$1_$2_")
    .replace(/~~([^~]+)~~/g, "~$1~")
    .replace(/!?\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>")
    .replace(/^(\s*)[-*+]\s+/, "$1• ")
    .replace(/^&gt;\s?/, "> ")
    .replaceAll(BOLD, "*");
}

/** Renders Markdown text. */
export function markdown(text) {
  const nodes = [];
  let open = [];
  const flush = () => {
    if (open.length) nodes.push(...mrkdwn(open.join("\n")));
    open = [];
  };
  let fenced = false;
  for (const line of (text ?? "").split("\n")) {
    if (line.startsWith("```")) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) {
      flush();
      nodes.push(h("p", { class: "md-heading", role: "heading", "aria-level": heading[1].length + 2 }, mrkdwn(rewrite(heading[2]))));
    } else if (fenced && !line.startsWith("```")) {
      open.push(line.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
    } else {
      open.push(line.startsWith("```") ? "```" : rewrite(line));
    }
  }
  flush();
  return nodes;
}
