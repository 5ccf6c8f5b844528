// What one's draft changes, file by file, and how it goes live.
import { useSignal } from "@preact/signals";

import { get } from "../api.js";
import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { Nothing, Trouble } from "../parts/states.js";
import { several } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { Diff } from "./diff.js";
import { All } from "./files.js";
import { Shared } from "./share.js";
import * as work from "./workspace.js";

export function Changes() {
  const asking = useSignal("");
  const done = useSignal(null);
  const gate = useSignal(null);
  const wrong = useSignal(null);
  const count = work.changes.value.size;
  const faults = work.check.value?.problems.length ?? 0;
  const close = () => (asking.value = "");
  const begin = async () => {
    wrong.value = done.value = null;
    work.told.value = "";
    try {
      const { version } = await work.tryable();
      gate.value = await get("/api/v1/store/gate", { version });
      asking.value = "live";
    } catch (error) {
      if (error.status === 412) await work.overtake();
      else wrong.value = error;
    }
  };
  return html`
    ${done.value && html`<p class="notice done" role="status">${done.value.live ? "Live since just now" : `Live since just now for ${done.value.share.percent} % of new calls`}: version <code>${done.value.version}</code>. Calls in progress keep the one that they began with. <a href=${address(["agents", "history"])}>History</a></p>`}
    ${wrong.value && html`<${Trouble} message=${wrong.value.message} />`}
    <${Shared} on=${`${work.base.value.version} ${done.value?.version}`} />
    ${work.told.value && html`<p class="notice done" role="status">${work.told.value}</p>`}
    ${count === 0 ? html`<${Nothing}>Your draft is as what is live. Change a file to see here what is different.<//>` : html`
      <div class="row">
        <button class="main" disabled=${faults > 0 || work.checking.value || work.overtaken.value} onClick=${begin}>Put live</button>
        <button class="danger" onClick=${() => (asking.value = "discard")}>Throw my changes away</button>
        ${faults > 0 && html`<span class="quiet">What the check finds has to be put right first.</span>`}
      </div>
      <${All} />
      ${[...work.changes.value].map(([name, text]) => html`<${Diff} key=${name} name=${name} before=${work.base.value.files[name] ?? null} after=${text} />`)}`}
    ${asking.value === "live" && html`<${Live} count=${count} gate=${gate.value} done=${done} close=${close} />`}
    ${asking.value === "discard" && html`<${Ask} title="Throw your changes away?" action="Throw them away" danger act=${work.discard} close=${close}>
      <p>${several(count, "file")} will be as what is live. This cannot be taken back.</p><//>`}`;
}

/** The question before it goes live: for whom, why, and what a line demands first. */
function Live({ count, gate, done, close }) {
  const share = useSignal("");
  const shut = gate.lines.filter((one) => !one.open);
  const act = async (given) => {
    const override = given.get("override")?.trim();
    if (shut.length > 0 && !override) throw new Error("Say why it goes live all the same; the audit keeps it.");
    done.value = await work.putLive({
      note: given.get("note").trim(),
      ...(share.value && { share: Number(share.value) }),
      ...(override && { override }),
    });
  };
  const held = shut.length > 0 && !may("admin");
  return html`<${Ask} title=${`Put ${several(count, "file")} live?`} action="Put live" act=${act} close=${close} held=${held}>
    ${shut.map((one) => html`<p key=${one.line} class="trouble" role="alert"><b>${one.line}</b>: ${one.says}</p>`)}
    ${shut.length > 0 && html`<p><a href=${address(["agents", "rehearse"])} onClick=${close}>To the rehearsals</a></p>`}
    ${shut.length > 0 && may("admin") && html`<label for="override">As an administrator you may put it live all the same. Why?</label><input id="override" name="override" maxlength="500" autocomplete="off" />`}
    ${!held && html`<label for="share">For how many of the new calls?</label>
      <select id="share" value=${share.value} onChange=${(event) => (share.value = event.target.value)}>
        <option value="">all of them, at once</option>${[1, 5, 10, 25, 50, 75].map((one) => html`<option value=${String(one)}>${one} %</option>`)}</select>
      <p class="quiet">Calls in progress keep the version that they began with.${share.value && " Which call gets it is drawn by the call's id; both versions are compared on this page."}</p>
      <label for="why">Why? It stands in the history.</label>
      <input id="why" name="note" maxlength="500" autocomplete="off" />`}
  <//>`;
}
