// What one's draft changes, file by file, and how it goes live.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { Nothing } from "../parts/states.js";
import { several } from "../parts/words.js";
import { address } from "../router.js";
import { Diff } from "./diff.js";
import { All } from "./files.js";
import * as work from "./workspace.js";

export function Changes() {
  const asking = useSignal("");
  const done = useSignal(null);
  const count = work.changes.value.size;
  const wrong = work.check.value?.problems.length ?? 0;
  const close = () => (asking.value = "");
  const live = async (given) => {
    done.value = await work.putLive(given.get("note").trim());
  };
  return html`
    ${done.value && html`<p class="notice done" role="status">Live since just now: version <code>${done.value.version}</code>. Calls in progress keep the one that they began with. <a href=${address(["agents", "history"])}>History</a></p>`}
    ${work.told.value && html`<p class="notice done" role="status">${work.told.value}</p>`}
    ${count === 0 ? html`<${Nothing}>Your draft is as what is live. Change a file to see here what is different.<//>` : html`
      <div class="row">
        <button class="main" disabled=${wrong > 0 || work.checking.value || work.overtaken.value} onClick=${() => (asking.value = "live")}>Put live</button>
        <button class="danger" onClick=${() => (asking.value = "discard")}>Throw my changes away</button>
        ${wrong > 0 && html`<span class="quiet">What the check finds has to be put right first.</span>`}
      </div>
      <${All} />
      ${[...work.changes.value].map(([name, text]) => html`<${Diff} key=${name} name=${name} before=${work.base.value.files[name] ?? null} after=${text} />`)}`}
    ${asking.value === "live" && html`<${Ask} title=${`Put ${several(count, "file")} live?`} action="Put live" act=${live} close=${close}>
      <p>New calls get it at once. Calls in progress keep the version that they began with.</p>
      <label for="why">Why? It stands in the history.</label>
      <input id="why" name="note" maxlength="500" autocomplete="off" />
    <//>`}
    ${asking.value === "discard" && html`<${Ask} title="Throw your changes away?" action="Throw them away" danger act=${work.discard} close=${close}>
      <p>${several(count, "file")} will be as what is live. This cannot be taken back.</p><//>`}`;
}
