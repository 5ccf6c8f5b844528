// Calls as they go, of all workers: server-sent events, from the first page on until this tab is put away. A browser
// holds six connections to a server, so a tab that nobody sees gives its own back.
import { computed, signal } from "@preact/signals";

import { signOff } from "./session.js";

const calls = signal(new Map());
/** "waiting" | "open" | "lost": may what is shown be old? */
export const link = signal("waiting");
/** The server has other pages than this one by now. */
export const outdated = signal(false);

/** All that is known, live calls first, the longest first; those that are over stay for a while. */
export const board = computed(() =>
  [...calls.value.values()].sort(
    (one, two) => (one.state === "over") - (two.state === "over") || one.started_at.localeCompare(two.started_at),
  ),
);
export const going = computed(() => board.value.filter((call) => call.state !== "over"));
export const liveCall = (id) => calls.value.get(id);

const AGAIN_MS = 5000;
const MOST_OVER = 50;
const build = document.querySelector('meta[name="build"]').content;
let source = null;
let waiting = 0;

/** Look on from now; gives what ends it. */
export function follow() {
  const turned = () => (document.hidden ? rest() : open());
  document.addEventListener("visibilitychange", turned);
  turned();
  return () => {
    document.removeEventListener("visibilitychange", turned);
    rest();
    calls.value = new Map();
  };
}

function open() {
  clearTimeout(waiting);
  source?.close();
  source = new EventSource("/api/v1/events");
  source.addEventListener("hello", (event) => {
    outdated.value = JSON.parse(event.data).build !== build;
    link.value = "open";
  });
  source.addEventListener("board", (event) => take(new Map(), JSON.parse(event.data)));
  source.addEventListener("calls", (event) => take(new Map(calls.value), JSON.parse(event.data)));
  source.addEventListener("bye", (event) => {
    if (JSON.parse(event.data).why === "access") {
      rest();
      signOff();
    }
  });
  source.addEventListener("error", lost);
}

// The browser connects again by itself after a break, naming the last event that came; not after a refusal.
function lost() {
  link.value = "lost";
  if (source.readyState !== EventSource.CLOSED) return;
  clearTimeout(waiting);
  waiting = setTimeout(open, AGAIN_MS);
}

function rest() {
  clearTimeout(waiting);
  source?.close();
  link.value = "waiting";
}

function take(known, changed) {
  for (const call of changed) known.set(call.call_id, call);
  const over = [...known.values()].filter((call) => call.state === "over");
  for (const call of over.slice(0, Math.max(0, over.length - MOST_OVER))) known.delete(call.call_id);
  calls.value = known;
}
