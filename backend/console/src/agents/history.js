// Versions that were live: who put each there, when and why, what was different, and the way back.
import { useSignal } from "@preact/signals";

import { get, post } from "../api.js";
import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { useResource } from "../parts/resource.js";
import { Trouble, Waiting } from "../parts/states.js";
import { Moment } from "../parts/time.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { ServerDiff } from "./diff.js";
import * as work from "./workspace.js";

const PATH = "/api/v1/store/revisions";

export function History({ rest }) {
  return rest[0] ? html`<${One} key=${rest[0]} version=${rest[0]} />` : html`<${List} />`;
}

function List() {
  const { data, error, again } = useResource((signal) => get(PATH, { limit: 200 }, signal), []);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`<${Waiting} />`;
  return html`<table class="cards"><thead><tr>
      <th scope="col">Version</th><th scope="col">First live</th><th scope="col">By</th><th scope="col">Why</th><th scope="col">Again</th>
    </tr></thead><tbody>${data.value.map((one) => html`<tr key=${one.version}>
      <th scope="row"><a href=${address(["agents", "history", one.version])}><code>${one.version}</code></a>${one.live && html` <span class="mark state ok">live</span>`}</th>
      <td data-label="First live"><${Moment} at=${one.at} /></td>
      <td data-label="By">${one.actor}</td>
      <td data-label="Why">${one.note}</td>
      <td data-label="Again">${one.last_at && html`<${Moment} at=${one.last_at} /> by ${one.last_actor}${one.last_note && `: ${one.last_note}`}`}</td>
    </tr>`)}</tbody></table>`;
}

function One({ version }) {
  const asking = useSignal(false);
  const { data, error, again } = useResource((signal) => get(`${PATH}/${encodeURIComponent(version)}`, {}, signal), [version]);
  const back = html`<p><a href=${address(["agents", "history"])}>All versions</a></p>`;
  if (error.value) return html`${back}<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`${back}<${Waiting} />`;
  const found = data.value;
  const act = async (given) => {
    await post("/api/v1/store/rollback", { version, note: given.get("note").trim() });
    await work.look();
    if (work.changes.value.size === 0) await work.open();
    again();
  };
  return html`${back}<div class="between row"><h2>Version <code>${version}</code></h2>
      ${found.live ? html`<span class="mark state ok">live</span>` : may("editor") && html`<button class="main" onClick=${() => (asking.value = true)}>Go back to it</button>`}</div>
    <dl class="facts">
      <div><dt>First live</dt><dd><${Moment} at=${found.at} /></dd></div>
      <div><dt>By</dt><dd>${found.actor}</dd></div>
      ${found.note && html`<div><dt>Why</dt><dd>${found.note}</dd></div>`}
      <div><dt>Files</dt><dd>${Object.keys(found.files).length}</dd></div>
    </dl>
    <h2>What would change if it went live now</h2>
    <${ServerDiff} text=${found.diff} />
    ${asking.value && html`<${Ask} title=${`Go back to ${version}?`} action="Go back" act=${act} close=${() => (asking.value = false)}>
      <p>The whole store becomes what it was then. New calls get it at once.</p>
      <label for="why">Why? It stands in the history.</label>
      <input id="why" name="note" maxlength="500" autocomplete="off" />
    <//>`}`;
}
