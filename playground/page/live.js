/** Applies the server's live events to what the page knows. */

import { announce } from "./dom.js";
import { conversation, emit, emitSoon, openConversation, person, store, title } from "./store.js";
import { closeView, showView, updateView } from "./modal.js";
import { addRequest } from "./requests.js";
import { toast } from "./toast.js";

/** How long an ephemeral answer to a command may take the viewer to where it stands. */
const FOLLOW_MS = 5000;
let followed = { channel: null, until: 0 };

/** The viewer ran a command from `channel`: its answer may be shown there although something else is open. */
export function followAnswers(channel) {
  followed = { channel, until: performance.now() + FOLLOW_MS };
}

/** Handles one event; `go` opens a conversation. */
export function applyEvent(event, go) {
  EVENTS[event.type]?.(event, go);
}

const EVENTS = {
  message: (event) => arrived(event),
  ephemeral: (event, go) => {
    arrived(event);
    const wanted = followed.channel === channelOf(event) && performance.now() < followed.until;
    followed = { channel: null, until: 0 };
    if (wanted && store.open !== channelOf(event)) go(channelOf(event));
  },
  message_changed: (event) => put(event),
  message_deleted: (event) => {
    store.changes += 1;
    store.messages.get(channelOf(event))?.delete(event.message?.ts ?? event.ts);
    emitSoon("messages");
  },
  conversation: (event) => {
    const one = event.conversation;
    const known = conversation(one.id);
    if (known) Object.assign(known, one);
    else store.conversations.push(one);
    emitSoon("conversations");
  },
  home: (event) => {
    store.home = event.view;
    store.changes += 1;
    emitSoon("home");
  },
  view_open: (event) => showView(event.view),
  view_push: (event) => showView(event.view),
  view_update: (event) => updateView(event.view),
  view_close: (event) => closeView(event.view_id, event.view),
  clock: (event) => clockAt(new Date(event.now_iso)),
  request: (event) => {
    clockAt(new Date(event.request.at_iso));
    addRequest(event.request);
  },
  problem: (event) => toast(event.text),
};

/** It is at least this late: a running clock is not announced second by second, but all that happens carries its time. */
function clockAt(date) {
  if (date <= store.now) return;
  store.now = date;
  emitSoon("clock");
  emitSoon("messages");
}

function channelOf(event) {
  return event.channel ?? event.message?.channel;
}

function put(event) {
  store.changes += 1;
  const known = store.messages.get(channelOf(event));
  if (known) known.set(event.message.ts, event.message);
  emitSoon("messages");
}

function arrived(event) {
  put(event);
  const one = conversation(channelOf(event));
  if (!one || event.message.user === store.me.id) return;
  const seen = openConversation() === one && store.open !== "app:home" && !document.hidden;
  if (!event.message.ephemeral) one.unread = (one.unread ?? 0) + 1;
  emitSoon("conversations");
  if (seen) announce(`New message from ${person(event.message.user).real_name} in ${title(one)}`);
}
