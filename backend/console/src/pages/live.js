// The calls that go now, at all workers: who, where, how long, and what was said last.
import { html } from "../html.js";
import { board, going, link } from "../live.js";
import { CallActions } from "../parts/call_actions.js";
import { Nothing, Waiting } from "../parts/states.js";
import { Length } from "../parts/time.js";
import { doing, OUTCOMES, party, several } from "../parts/words.js";
import { address } from "../router.js";

export function Live() {
  return html`<h1>Live calls</h1>
    <${Link} />
    ${board.value.length > 0
      ? html`<p class="quiet">${several(going.value.length, "call")} in progress</p><${Board} calls=${board.value} />`
      : link.value === "waiting"
        ? html`<${Waiting} />`
        : html`<${Nothing}>No call is in progress. A call appears here when it is answered.<//>`}`;
}

function Link() {
  if (link.value !== "lost") return null;
  return html`<p class="trouble" role="alert">The connection to the server was lost; what stands here may be old. Trying again …</p>`;
}

const Board = ({ calls }) => html`<table class="cards">
  <thead><tr>
    <th scope="col">Caller</th><th scope="col">Line</th><th scope="col">Agent</th><th scope="col">State</th>
    <th scope="col">Time</th><th scope="col">Last words</th><th scope="col"><span class="hidden">Actions</span></th>
  </tr></thead>
  <tbody>${calls.map((call) => html`<${Row} key=${call.call_id} call=${call} />`)}</tbody>
</table>`;

function Row({ call }) {
  const over = call.state === "over";
  return html`<tr class=${over ? "over" : ""}>
    <th scope="row"><a href=${address(["calls", call.call_id])} class="number">${party(call)}</a> ${call.test && html`<span class="mark">test</span>`}</th>
    <td data-label="Line">${call.line}</td>
    <td data-label="Agent">${call.agent || html`<span class="quiet">none yet</span>`}</td>
    <td data-label="State">${over ? OUTCOMES[call.outcome] ?? "Over" : html`${doing(call)} ${call.doing_since && html`<small><${Length} since=${call.doing_since} /></small>`}`}</td>
    <td data-label="Time"><${Length} since=${call.started_at} until=${over ? call.ended_at ?? call.started_at : null} /></td>
    <td class="words" data-label="Last words">
      ${call.understood && html`<p><b>Caller</b> ${call.understood}</p>`}
      ${call.said && html`<p><b>Agent</b> ${call.said}</p>`}
      ${!call.understood && !call.said && html`<span class="quiet">nothing was said${over ? "" : " yet"}</span>`}
    </td>
    <td>${!over && html`<${CallActions} call=${call} />`}</td>
  </tr>`;
}
