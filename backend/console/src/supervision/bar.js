// The call that is listened to or taken over, on every page: who it is, how loud both are, and what can be done.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { party } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { attended, hangUp, listen, loud, mute, muted, stop, takeOver } from "./listening.js";
import { Whisper } from "./whisper.js";

export function SupervisionBar() {
  const now = attended.value;
  if (!now) return null;
  const { call, colleague, state } = now;
  return html`<section class=${`supervision ${colleague ? "speaking" : ""}`} aria-label=${colleague ? "The call you have taken over" : "The call you listen to"}>
    <a href=${address(["calls", call.call_id])} class="number">${party(call)}</a>
    <span class="quiet">${call.line}</span>
    <span role="status">${says(now)}</span>
    ${state !== "over" && html`
      <label>Caller <meter min="0" max="0.3" value=${loud.value[0]}></meter></label>
      <label>${colleague ? "You" : "Line"} <meter min="0" max="0.3" value=${loud.value[1]}></meter></label>`}
    ${state === "open" && !colleague && html`<${Whisper} key=${call.call_id} call=${call} />`}
    ${state === "open" && (colleague ? html`<${Speaking} call=${call} />` : html`<${TakeOver} call=${call} />`)}
    ${!(colleague && state === "open") && html`<button onClick=${stop}>${state === "over" ? "Close" : colleague ? "Leave it" : "Stop listening"}</button>`}
  </section>`;
}

function says({ state, colleague, hushed, speaking, why }) {
  if (state === "over") return why;
  if (state === "opening") return "Connecting …";
  if (colleague) return speaking ? "The caller hears you." : "The agent is telling the caller …";
  return hushed ? "The caller is asked for a secret: you do not hear it." : "You listen.";
}

function Speaking({ call }) {
  const asked = useSignal(false);
  return html`<button aria-pressed=${muted.value} onClick=${() => mute(!muted.value)}>${muted.value ? "Muted" : "Mute"}</button>
    <button onClick=${stop}>Give back to the agent</button>
    <button class="danger" onClick=${() => (asked.value = true)}>End the call</button>
    ${asked.value && html`<${Ask} title=${`End the call of ${party(call)}?`} action="End the call" danger close=${() => (asked.value = false)}
      act=${async () => hangUp()}><p>The caller is hung up on, at once.</p><//>`}`;
}

function TakeOver({ call }) {
  const asked = useSignal(false);
  return html`<button onClick=${() => (asked.value = true)}>Take over</button>
    ${asked.value && html`<${Ask} title=${`Speak with ${party(call)} yourself?`} action="Take over" close=${() => (asked.value = false)}
      act=${async () => void takeOver(call)}>
      <p>The agent tells the caller that a colleague comes, and is silent until you give the call back. Your browser asks for the microphone.</p>
      <p class="quiet">Should your connection break, the agent says so within three seconds and goes on.</p>
    <//>`}`;
}

/** A button that begins to listen; nothing for those who may not. */
export function Listen({ call }) {
  if (!may("operator")) return null;
  const here = attended.value?.call.call_id === call.call_id && attended.value.state !== "over";
  return html`<button aria-pressed=${here} disabled=${here && attended.value.colleague} onClick=${() => (here ? stop() : listen(call))}>
    Listen in<span class="hidden"> on the call of ${party(call)}</span>
  </button>`;
}
