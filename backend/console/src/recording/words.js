// Words of a turn, each of which can be heard: pressed, the recording plays from about there.
import { html } from "../html.js";
import { length } from "../parts/time.js";
import { heard, placeOf, playFrom } from "./playing.js";

const A_WORD_MS = 350;

/** Where the agent's words lie: from the first frame of the answer until it had been heard. */
export function ofAgent(turn, words) {
  const began = Date.parse(turn.started_at) + (turn.latencies.first_frame_ms ?? 0);
  const ended = turn.latencies.heard_ms == null ? began + words * A_WORD_MS : Date.parse(turn.started_at) + turn.latencies.heard_ms;
  return [began, Math.max(began, ended)];
}

/** Where the caller's words lie: the turn begins when they have been said. */
export function ofCaller(turn, words, before) {
  const ended = Date.parse(turn.started_at);
  const last = before ? ofAgent(before, count(before.heard))[1] : 0;
  return [Math.min(ended, Math.max(ended - words * A_WORD_MS, last)), ended];
}

const count = (text) => text.split(/\s+/).filter(Boolean).length;

/** Text as it is; where it was recorded, each word is a place to play from. `lies` gives [began, ended] of so many words. */
export function Words({ text, lies }) {
  const words = text.split(/\s+/).filter(Boolean);
  const [began, ended] = lies(words.length);
  if (!heard.value || placeOf(began) === null) return text;
  const at = (index) => placeOf(began + ((ended - began) * index) / words.length) ?? 0;
  const pressed = (event) => {
    const index = event.target.dataset?.word;
    if (index !== undefined && !String(getSelection())) playFrom(at(Number(index)));
  };
  return html`<span class="said" onClick=${pressed} title="Play from about this word">${words.map((word, index) => html`<span data-word=${index}>${word}</span> `)}</span>`;
}

/** A button that plays a turn from its first word; none where it was not recorded. */
export function PlayTurn({ text, lies }) {
  const from = placeOf(lies(count(text))[0]);
  if (from === null) return null;
  return html`<button class="plain play" title="Play from here" aria-label="Play from ${length(from)}" onClick=${() => playFrom(from)}>▶</button>`;
}
