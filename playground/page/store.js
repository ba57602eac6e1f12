/** What the page knows, and who wants to hear when it changes. */

export const store = {
  me: null,
  /** Names this run of the playground. */
  run: "",
  team: { id: "", name: "" },
  app: { name: "", bot_user_id: "" },
  users: new Map(),
  conversations: [],
  commands: [],
  presets: [],
  now: new Date(0),
  /** "C123", "app:home" or "app:messages". */
  open: "",
  /** channel id -> Map of ts -> message */
  messages: new Map(),
  /** ts of the first message that was new when the open conversation was opened or the tab was left; "" for none. */
  newFrom: "",
  home: null,
  requests: [],
  /** Grows with each live change of a message or Home; whoever loads one sees whether something came in between. */
  changes: 0,
};

const listeners = new Map();

/** Calls `fn` whenever `topic` is emitted. */
export function on(topic, fn) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), fn]);
}

/** Tells everybody who listens to `topic`. */
export function emit(topic, value) {
  for (const fn of listeners.get(topic) ?? []) fn(value);
}

const pending = new Set();
/** Like emit, but many in one frame become one: moving the clock by weeks brings thousands of events. */
export function emitSoon(topic) {
  if (pending.has(topic)) return;
  pending.add(topic);
  setTimeout(() => {
    pending.delete(topic);
    emit(topic);
  }, 16);
}

/** The viewer's zone. */
export function zone() {
  return store.me?.tz || "UTC";
}

/** A user, the app as a user, or a stand-in for somebody the page has not been told about. */
export function person(id) {
  if (id && id === store.app.bot_user_id) {
    return { id, name: store.app.name, real_name: store.app.name, is_bot: true, color: "0b6e5f" };
  }
  return store.users.get(id) ?? { id, name: id ?? "unknown", real_name: id ?? "Unknown", color: "7a8794" };
}

export function conversation(id) {
  return store.conversations.find((one) => one.id === id) ?? null;
}

/** The app's direct conversation with the viewer. */
export function appConversation() {
  return store.conversations.find((one) => one.kind === "app") ?? null;
}

/** The conversation behind what is open: the app's tabs share one. */
export function openConversation() {
  return store.open.startsWith("app:") ? appConversation() : conversation(store.open);
}

/** The public channel that the sidebar's command box speaks from. */
export function generalChannel() {
  const channels = store.conversations.filter((one) => one.kind === "channel");
  return channels.find((one) => one.name === "general") ?? channels[0] ?? null;
}

/** ts of the oldest message that the viewer has not read in a conversation; "" where everything is read. */
export function firstUnread(one) {
  if (!one.unread) return "";
  const theirs = [...(store.messages.get(one.id)?.values() ?? [])].filter((message) => !message.ephemeral && message.user !== store.me.id);
  theirs.sort((a, b) => Number(a.ts) - Number(b.ts));
  return (theirs.at(-one.unread) ?? theirs[0])?.ts ?? "";
}

/** A conversation's name as the viewer knows it: group messages are named by who else is in them. */
export function title(one) {
  if (one.kind === "app") return store.app.name;
  if (one.kind !== "mpim") return one.name;
  const others = (one.members ?? []).filter((id) => id !== store.me.id).map((id) => person(id).real_name);
  return others.join(", ") || one.name;
}
