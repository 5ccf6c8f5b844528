// What an operator can do to a live call.
import { useSignal } from "@preact/signals";

import { post } from "../api.js";
import { html } from "../html.js";
import { may } from "../session.js";
import { Listen } from "../supervision/bar.js";
import { Ask } from "./ask.js";
import { party } from "./words.js";

export function CallActions({ call }) {
  const asked = useSignal("");
  if (!may("operator") || call.direction === "chat") return null;
  const place = `/api/v1/calls/${encodeURIComponent(call.call_id)}`;
  const close = () => (asked.value = "");
  return html`<div class="row">
    <${Listen} call=${call} />
    <button onClick=${() => (asked.value = "transfer")}>Transfer<span class="hidden"> the call of ${party(call)}</span></button>
    <button class="danger" onClick=${() => (asked.value = "hangup")}>Hang up<span class="hidden"> the call of ${party(call)}</span></button>
    ${asked.value === "transfer" && html`<${Ask} title=${`Transfer the call of ${party(call)}`} action="Transfer" close=${close}
      act=${(form) => post(`${place}/transfer`, { to: form.get("to").replace(/[\s().-]/g, "") })}>
      <label for="to">Number, with its country</label>
      <input id="to" name="to" type="tel" placeholder="+13125550100" required autofocus />
      <p class="quiet">The caller is connected to it, and the agent leaves the call.</p>
    <//>`}
    ${asked.value === "hangup" && html`<${Ask} title=${`Hang up the call of ${party(call)}?`} action="Hang up" danger close=${close}
      act=${() => post(`${place}/hangup`)}>
      <p>The call ends for everyone, at once. The agent says nothing more.</p>
    <//>`}
  </div>`;
}
