// How long the caller waited for an answer, split into what it was spent on.
import { html } from "../html.js";

// Moments of a turn in their order, in milliseconds after the caller's last sound; each ends the part of that name.
const PARTS = [
  ["end of turn", "final_ms"],
  ["model", "first_clause_ms"],
  ["voice", "first_audio_ms"],
  ["sending", "first_frame_ms"],
];

/** [["end of turn", 300], ...]: an answer that was begun early has no wait for the parts that were over by then. */
export function parts(latencies) {
  let at = 0;
  return PARTS.flatMap(([name, moment]) => {
    const ms = latencies[moment];
    if (ms == null) return [];
    const took = Math.max(0, ms - at);
    at = Math.max(at, ms);
    const tools = name === "model" ? Math.min(took, latencies.tools_ms ?? 0) : 0;
    return [["tools", tools], [name, took - tools]].filter(([, part]) => part >= 1);
  });
}

export function Wait({ latencies, early }) {
  const whole = latencies.first_frame_ms;
  if (whole == null) return null;
  const found = parts(latencies);
  const text = found.map(([name, ms]) => `${name} ${Math.round(ms)} ms`).join(", ");
  return html`<div class="wait">
    <span class=${`number ${whole >= 2000 ? "state down" : whole >= 1000 ? "state degraded" : ""}`}>${(whole / 1000).toFixed(2)} s</span>
    <span class="bar" aria-hidden="true">${found.map(([name, ms]) => html`<i class=${name.replaceAll(" ", "-")} style=${{ width: `${Math.min(40, ms / 80)}rem` }}></i>`)}</span>
    <span class="quiet">${text}${early ? ", begun early" : ""}${latencies.filler_ms != null ? `, a filler after ${Math.round(latencies.filler_ms)} ms` : ""}</span>
  </div>`;
}
