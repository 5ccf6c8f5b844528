// Something for the agent that the caller does not hear.
import { useSignal } from "@preact/signals";

import { post } from "../api.js";
import { html } from "../html.js";

const LONGEST = 500; // as the API has it

export function Whisper({ call }) {
  const text = useSignal("");
  const says = useSignal("");
  const send = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    says.value = "";
    try {
      await post(`/api/v1/calls/${encodeURIComponent(call.call_id)}/whisper`, { text: text.value.trim() });
      text.value = "";
      says.value = "The agent has it for its next answer.";
    } catch (error) {
      says.value = error.message;
    }
  };
  return html`<form class="whisper" onSubmit=${send}>
    <label><span class="hidden">Tell the agent, unheard by the caller</span>
      <input name="whisper" value=${text} onInput=${(event) => (text.value = event.target.value)} maxlength=${LONGEST}
        placeholder="Tell the agent; the caller does not hear it" autocomplete="off" /></label>
    <button disabled=${!text.value.trim()}>Whisper</button>
    <span class="quiet" role="status">${says}</span>
  </form>`;
}
