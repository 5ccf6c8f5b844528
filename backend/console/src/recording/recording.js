// The recording of a call: both voices as waves, what is left out of it, and where it plays.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { ask, get } from "../api.js";
import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { useResource } from "../parts/resource.js";
import { Trouble } from "../parts/states.js";
import { length, Moment } from "../parts/time.js";
import { may } from "../session.js";
import { heard, place, playFrom, playsIn } from "./playing.js";

const STATES = {
  announced: "The caller was told, and nothing was recorded yet.",
  refused: "The caller did not agree: this call was not recorded.",
  deleted: "The recording was deleted.",
};
const NOTHING = {
  on: "There is nothing to hear of it yet. What Azure records comes some minutes after the call.",
  broken: "It was to be recorded, and could not be.",
  deleted: "The recording was deleted.",
};
const MARKERS = {
  paused: "A secret was asked for: neither voice is recorded.",
  hidden: "A number that is never kept: who said it is not to be heard.",
  gap: "Nothing was recorded: the call went from one connection to another.",
  broke: "The recording broke off",
};
const HEIGHT = 100;
const STEP_S = 5;
const SHOWN = 800;

export function Recording({ call }) {
  if (STATES[call.recording]) return html`<p class="quiet">${STATES[call.recording]}</p>`;
  if (!["on", "broken"].includes(call.recording)) return null;
  if (!call.outcome) return html`<p class="quiet">This call is being recorded; it can be heard when it is over.</p>`;
  return html`<${Kept} key=${call.call_id} call=${call} />`;
}

function Kept({ call }) {
  const path = `/api/v1/calls/${encodeURIComponent(call.call_id)}/recording`;
  const { data, error, again } = useResource(
    async (signal) => {
      const told = await get(path, {}, signal);
      const wave = may("operator") && told.seconds > 0 ? await get(`${path}/wave`, {}, signal) : null;
      return { ...told, wave };
    },
    [call.call_id],
  );
  if (error.value) return html`<h2>Recording</h2><${Trouble} message=${error.value} again=${again} />`;
  const kept = data.value;
  if (!kept) return null;
  if (kept.seconds === 0) return html`<h2>Recording</h2><p class="quiet">${NOTHING[kept.state]}</p>`;
  const broke = kept.markers.find((marker) => marker.kind === "broke");
  return html`<section class="recording" aria-labelledby="recording">
    <h2 id="recording">Recording</h2>
    ${broke && html`<p class="state down">The recording broke off at ${length(broke.start_s)}; the call went on.</p>`}
    ${kept.wave ? html`<${Player} kept=${kept} path=${path} />` : html`<p class="quiet">${length(kept.seconds)} long. Operators may listen to it.</p>`}
    <${LeftOut} markers=${kept.markers} />
    ${kept.kept_until && html`<p class="quiet">Kept until <${Moment} at=${kept.kept_until} line=${call.line} />.</p>`}
    ${may("admin") && html`<${Delete} path=${path} again=${again} />`}
  </section>`;
}

function Player({ kept, path }) {
  const audio = useRef(null);
  useEffect(() => {
    heard.value = { call_id: kept.call_id, began_at: kept.began_at, seconds: kept.seconds };
    place.value = 0;
    playsIn(audio.current);
    return () => {
      heard.value = null;
      playsIn(null);
    };
  }, [kept.call_id]);
  return html`<${Wave} kept=${kept} />
    <audio ref=${audio} controls preload="none" src="${path}/audio" aria-label="The recording: the caller left, the agent right"
      onTimeUpdate=${(event) => (place.value = event.target.currentTime)}></audio>`;
}

/** Both voices, the caller's above the line and the agent's below. A place is chosen with the pointer or the arrow keys. */
function Wave({ kept }) {
  const { caller, agent } = kept.wave;
  const at = (event) => ((event.clientX - event.currentTarget.getBoundingClientRect().left) / event.currentTarget.clientWidth) * kept.seconds;
  const keys = (event) => {
    const step = { ArrowLeft: -STEP_S, ArrowRight: STEP_S }[event.key];
    if (!step) return;
    event.preventDefault();
    playFrom(Math.min(kept.seconds, place.value + step));
  };
  const across = (seconds) => (100 * seconds) / kept.seconds;
  return html`<div class="wave" role="slider" tabindex="0" aria-label="Place in the recording" aria-valuemin="0"
    aria-valuemax=${Math.round(kept.seconds)} aria-valuenow=${Math.round(place.value)} aria-valuetext=${length(place.value)}
    onClick=${(event) => playFrom(at(event))} onKeyDown=${keys}>
    <svg viewBox="0 0 100 ${2 * HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${kept.markers.filter((marker) => marker.kind !== "broke").map(
        (marker) => html`<rect class="left-out" x=${across(marker.start_s)} width=${across((marker.end_s ?? kept.seconds) - marker.start_s)} y="0" height=${2 * HEIGHT}><title>${MARKERS[marker.kind]}</title></rect>`,
      )}
      <path class="caller" d=${outline(caller, -1)} /><path class="agent" d=${outline(agent, 1)} />
      <rect class="place" x=${across(place.value)} width="0.25" y="0" height=${2 * HEIGHT} />
    </svg>
    <span class="voice caller">Caller</span><span class="voice agent">Agent</span>
  </div>`;
}

/** A voice as a shape on its side of the line: `side` is -1 above it and 1 below. */
function outline(loud, side) {
  const each = Math.max(1, Math.ceil(loud.length / SHOWN));
  const peaks = Array.from({ length: Math.ceil(loud.length / each) }, (_, index) => Math.max(...loud.slice(index * each, (index + 1) * each)));
  const across = (index) => ((100 * index) / Math.max(1, peaks.length)).toFixed(2);
  const points = peaks.map((peak, index) => `L${across(index)} ${HEIGHT + side * Math.min(HEIGHT, Math.sqrt(peak / 100) * HEIGHT)}`);
  return `M0 ${HEIGHT}${points.join("")}L100 ${HEIGHT}Z`;
}

function LeftOut({ markers }) {
  const shown = markers.filter((marker) => marker.kind !== "broke");
  if (shown.length === 0) return null;
  return html`<ul class="quiet left-out">${shown.map(
    (marker) => html`<li><button class="plain" onClick=${() => playFrom(marker.start_s)}>${length(marker.start_s)}${marker.end_s != null && html`–${length(marker.end_s)}`}</button> ${MARKERS[marker.kind]}</li>`,
  )}</ul>`;
}

function Delete({ path, again }) {
  const asked = useSignal(false);
  const gone = async () => {
    await ask("DELETE", path);
    again();
  };
  return html`<button class="plain danger" onClick=${() => (asked.value = true)}>Delete the recording</button>
    ${asked.value && html`<${Ask} title="Delete this recording for good?" action="Delete" danger act=${gone} close=${() => (asked.value = false)}>
      <p>What was said stays written down, as long as the line keeps it.</p>
    <//>`}`;
}
