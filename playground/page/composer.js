/** Where people write: the composer of a conversation, and the sidebar's command box. */

import { post } from "./api.js";
import { completeOn } from "./complete.js";
import { h, icon, uid } from "./dom.js";
import { emit, generalChannel, openConversation, store, title } from "./store.js";
import { toast } from "./toast.js";

/** Sends a command or a text to a conversation; true when it went out. */
async function send(text, channel) {
  try {
    if (text.startsWith("/")) {
      emit("command-sent", channel);
      const answer = await post("/page/command", { channel, text });
      if (!answer.ok) toast(refusal(text.split(" ")[0], answer.error));
      return answer.ok;
    }
    await post("/page/say", { channel, text });
    return true;
  } catch (problem) {
    toast(problem.message);
    return false;
  }
}

/** The words for a command that did not get through; the same as the server's own notice, so that both show once. */
function refusal(command, error) {
  if (error === "command_not_available_here") return "Commands are not available here. Use a channel, or the box in the sidebar.";
  if (error?.includes(" ")) return error;
  return `${command} failed with the error ${error ?? "unknown"}`;
}

/** The field at the foot of a channel or group conversation. */
export function composer() {
  const name = `Message ${openConversation()?.kind === "mpim" ? "" : "#"}${title(openConversation())}`;
  const field = h("textarea", { class: "composer-input", rows: 1, placeholder: name, "aria-label": name, role: "combobox", "aria-expanded": "false" });
  const button = h("button", { type: "submit", class: "btn btn-icon btn-send", "aria-label": "Send" }, icon("send"));
  const form = h("form", { class: "composer" }, h("div", { class: "composer-field" }, field, button),
    h("p", { class: "composer-hint" }, "Enter sends, Shift+Enter starts a new line, / lists commands"));
  wire(form, field, () => openConversation().id);
  field.addEventListener("input", () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  });
  return form;
}

/** The sidebar's box: a command can be run whatever is open. */
export function commandBox() {
  const id = uid("command");
  const field = h("input", { class: "text", id, type: "text", role: "combobox", "aria-expanded": "false", autocomplete: "off", spellcheck: "false",
    placeholder: "/" });
  const form = h("form", {}, h("label", { for: id }, "Run a command"), h("div", { class: "composer-field" }, field),
    h("p", { class: "composer-hint" }, "Sent from #general"));
  // An empty box offers the words of the only command there is, so that nobody needs to know its name.
  const empty = () => (store.commands.length === 1 ? `${store.commands[0].command} ` : "/");
  field.addEventListener("focus", () => field.dispatchEvent(new Event("input")));
  wire(form, field, () => generalChannel()?.id ?? null, empty);
  return form;
}

function wire(form, field, channel, empty = () => "") {
  const completion = completeOn(field, empty);
  field.addEventListener("keydown", (event) => {
    if (completion.takes(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    completion.shut();
    field.value = "";
    field.style.height = "auto";
    // What could not be sent goes back into the field, unless something new stands there.
    if (!(await send(text, channel())) && !field.value) field.value = text;
  });
}
