// Having somebody called back: the server places the call on the line's way out, and the agent goes on where it stopped.
import { useSignal } from "@preact/signals";

import { post } from "../api.js";
import { html } from "../html.js";
import { go } from "../router.js";
import { may } from "../session.js";
import { Ask } from "./ask.js";

/** @param id of the call that they are called back about. @param form the form that is gone on with, or none. @param whom for who hears the page read. */
export function CallBack({ id, form = "", whom = "", done = () => {} }) {
  const asked = useSignal(false);
  if (!may("operator")) return null;
  const act = async () => {
    try {
      const call = await post(`/api/v1/calls/${encodeURIComponent(id)}/call-back`, form ? { form } : {});
      go(["calls", call.call_id]);
    } finally {
      done();
    }
  };
  return html`<button onClick=${() => (asked.value = true)}>Call back<span class="hidden"> ${whom}</span></button>
    ${asked.value && html`<${Ask} title="Call them back now?" action="Call back" close=${() => (asked.value = false)} act=${act}>
      <p>Their telephone rings now. The agent says why it calls, verifies them again${form ? ", and goes on with what they had begun" : ""}.</p>
    <//>`}`;
}
