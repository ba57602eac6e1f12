/** The page's only door to the server: JSON over fetch, and the live socket. */

import { store } from "./store.js";

/** Thrown when the server cannot be reached or answers with an error; the message is fit to show. */
export class ApiError extends Error {}

async function request(path, init) {
  let answer;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new ApiError("The playground does not answer. Is it still running?");
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(body?.error ?? `The playground answered ${answer.status}.`);
  return body ?? {};
}

export function get(path, params = {}) {
  const query = new URLSearchParams(params);
  if (store.me && !query.has("as")) query.set("as", store.me.id);
  return request(`${path}?${query}`);
}

export function post(path, body) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: store.me.id, ...body }),
  });
}

let socket = null;
let generation = 0;

/** Opens the live socket for the viewer and keeps it open; `onEvent` gets each event, `onReturn` runs after a gap. */
export function connect(onEvent, onReturn) {
  generation += 1;
  socket?.close();
  open(generation, onEvent, onReturn, 500);
}

function open(mine, onEvent, onReturn, delay) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/page/live?as=${encodeURIComponent(store.me.id)}`);
  let wait = delay;
  socket.onopen = () => {
    if (mine === generation && delay > 500) onReturn();
    wait = 500;
    document.documentElement.dataset.live = "yes";
  };
  socket.onmessage = (message) => {
    if (mine === generation) onEvent(JSON.parse(message.data));
  };
  socket.onclose = () => {
    if (mine !== generation) return;
    document.documentElement.dataset.live = "no";
    setTimeout(() => mine === generation && open(mine, onEvent, onReturn, Math.min(wait * 2, 8000)), wait);
  };
}
