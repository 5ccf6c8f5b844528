// What of a recording is played: one at a time, on one page. Places are in seconds from its beginning.
import { signal } from "@preact/signals";

/** The recording of the call that is shown: {call_id, began_at, seconds}; null while there is none to be heard. */
export const heard = signal(null);
/** Where it plays. */
export const place = signal(0);

let player = null;

/** The element that plays it; null when it goes. */
export function playsIn(element) {
  player = element;
}

/** Play from a place on. */
export function playFrom(seconds) {
  if (!player) return;
  player.currentTime = Math.max(0, seconds);
  player.play().catch(() => undefined); // another place was chosen meanwhile, or the page says what is wrong with it
}

/** Where in the recording a moment is; null where it was before it, or after. */
export function placeOf(moment) {
  if (!heard.value || moment == null) return null;
  const at = (moment - Date.parse(heard.value.began_at)) / 1000;
  return at >= -1 && at <= heard.value.seconds ? Math.max(0, at) : null;
}
