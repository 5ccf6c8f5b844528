// Every call, live and past: filters that the API has, its totals, words that were said, and a file for a spreadsheet.
import { useSignal } from "@preact/signals";

import { get, post } from "../api.js";
import { html } from "../html.js";
import { lines, zoneOf } from "../lines.js";
import { inShort, Price, tokens } from "../parts/cost.js";
import { saveCsv, saveRows } from "../parts/csv.js";
import { Filters } from "../parts/filters.js";
import { useList } from "../parts/list.js";
import { useResource } from "../parts/resource.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { beginOfDay, Length, Moment } from "../parts/time.js";
import { Views } from "../parts/views.js";
import { DIRECTIONS, OUTCOMES, party, several } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { Call } from "./call.js";

const PATH = "/api/v1/calls";
const last = (call) => call.call_id;

export function Calls({ rest, query }) {
  if (rest.length > 0) return html`<${Call} key=${rest[0]} id=${rest[0]} turn=${query.get("turn")} />`;
  return html`<h1>Calls</h1>
    <${Filters} path=${["calls"]} query=${query} fields=${fields()}><//>
    <${Views} list="calls" path=${["calls"]} query=${query} />
    ${query.get("words") && may("operator") ? html`<${Said} query=${query} />` : html`<${All} query=${query} />`}`;
}

const fields = () => [
  { name: "line", label: "Line", kind: "select", options: [["", "All lines"], ...lines.value.map(({ name }) => [name, name])] },
  { name: "state", label: "Ended", kind: "select", options: [["", "Any way"], ["live", "In progress"], ...Object.entries(OUTCOMES)] },
  { name: "direction", label: "Kind", kind: "select", options: [["", "All kinds"], ...Object.entries(DIRECTIONS)] },
  { name: "test", label: "Tests", kind: "select", options: [["", "With tests"], ["false", "Without tests"], ["true", "Only tests"]] },
  { name: "from", label: "From", kind: "date" },
  { name: "to", label: "To", kind: "date" },
  { name: "caller", label: "Caller", kind: "text", placeholder: "number or withheld" },
  { name: "agent", label: "Agent", kind: "text", placeholder: "name" },
  ...(may("operator") ? [{ name: "words", label: "Words said", kind: "text", placeholder: "in the newest 200" }] : []),
];

/** The filters as the API has them. Days begin where the line answers. */
function asked(query) {
  const zone = zoneOf(query.get("line"));
  const state = query.get("state") ?? "";
  return {
    line: query.get("line"), direction: query.get("direction"), test: query.get("test"), caller: query.get("caller"),
    agent: query.get("agent"),
    outcome: state === "live" ? "" : state,
    live: state === "live" ? "true" : "",
    since: query.get("from") && beginOfDay(query.get("from"), zone),
    until: query.get("to") && beginOfDay(query.get("to"), zone, 1),
  };
}

function All({ query }) {
  const filters = asked(query);
  const { rows, totals, error, asking, more, again, next } = useList(PATH, filters, last);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (rows.value === null) return html`<${Waiting} />`;
  const { real, tests } = totals.value;
  return html`<div class="row between">
      <p><span role="status">${query.get("test") === "true" ? several(tests, "test") : `${several(real, "call")}${tests ? ` and ${several(tests, "test")}` : ""}`}</span>
        <${Together} filters=${filters} /></p>
      <${Save} filters=${filters} />
    </div>
    ${rows.value.length === 0
      ? html`<${Nothing}>No call fits. ${[...query].length > 0 ? "Fewer filters show more." : "Calls appear here when they have begun."}<//>`
      : html`<${Table} calls=${rows.value} />`}
    ${more.value && html`<p><button onClick=${next} disabled=${asking}>Show more</button></p>`}`;
}

/** What all that fit took and cost, tests left out unless they alone are asked for. */
function Together({ filters }) {
  const { data } = useResource((signal) => get(`${PATH}/totals`, filters, signal), [JSON.stringify(filters)]);
  return data.value?.calls > 0 && html`<span class="quiet">, together ${inShort(data.value)}</span>`;
}

const Table = ({ calls }) => html`<table class="cards">
  <thead><tr>
    <th scope="col">Began</th><th scope="col">Caller</th><th scope="col">Line</th><th scope="col">Agents</th>
    <th scope="col">Length</th>${may("operator") && html`<th scope="col">Cost</th>`}<th scope="col">Ended</th><th scope="col">Case</th>
  </tr></thead>
  <tbody>${calls.map((call) => html`<tr key=${call.call_id}>
    <th scope="row"><a href=${address(["calls", call.call_id])}><${Moment} at=${call.started_at} line=${call.line} /></a></th>
    <td data-label="Caller"><span class="number">${party(call)}</span> ${call.test && html`<span class="mark">test</span>`}</td>
    <td data-label="Line">${call.line}</td>
    <td data-label="Agents">${call.agents.join(", ")}</td>
    <td data-label="Length">${call.ended_at || !call.outcome ? html`<${Length} since=${call.started_at} until=${call.ended_at} />` : ""}</td>
    ${may("operator") && html`<td data-label="Cost"><${Price} cost=${call.cost} /></td>`}
    <td data-label="Ended">${call.outcome ? html`<span class=${call.outcome === "failed" ? "state down" : ""}>${OUTCOMES[call.outcome]}</span>` : html`<b>In progress</b>`}</td>
    <td data-label="Case">${call.case_number && html`<a href=${address(["cases", call.case_number])}>${call.case_number}</a>`}</td>
  </tr>`)}</tbody>
</table>`;

function Save({ filters }) {
  const says = useSignal("");
  const save = async () => {
    says.value = "Reading …";
    try {
      const { count, cut } = await saveCsv("calls.csv", PATH, filters, COLUMNS, last, (read) => (says.value = `${read} read …`));
      says.value = cut ? `The file has the newest ${count}; there are more.` : `${several(count, "row")} saved.`;
    } catch (error) {
      says.value = error.message;
    }
  };
  return html`<span class="row"><span class="quiet" role="status">${says}</span><button onClick=${save}>Save as CSV</button></span>`;
}

const COLUMNS = [
  ["call", (call) => call.call_id], ["began", (call) => call.started_at], ["ended", (call) => call.ended_at],
  ["line", (call) => call.line], ["direction", (call) => call.direction], ["caller", (call) => call.caller],
  ["called", (call) => call.called], ["agents", (call) => call.agents.join(" ")], ["outcome", (call) => call.outcome],
  ["detail", (call) => call.detail], ["case", (call) => call.case_number], ["version", (call) => call.store_version],
  ["test", (call) => call.test],
  ["phone minutes", ({ use }) => use?.phone_minutes], ["trunk minutes", ({ use }) => use?.trunk_minutes],
  ["heard seconds", ({ use }) => use?.heard_seconds], ["spoken characters", ({ use }) => use?.spoken_characters],
  ["recorded minutes", ({ use }) => use?.recorded_minutes],
  ["tokens read", ({ use }) => use && tokens(use, "read")], ["of those cached", ({ use }) => use && tokens(use, "cached")],
  ["tokens written", ({ use }) => use && tokens(use, "written")], ["answers without tokens", ({ use }) => use && tokens(use, "untold")],
  ["cost", ({ cost }) => cost?.total], ["currency", ({ cost }) => cost?.currency], ["cost is at least", ({ cost }) => cost?.at_least],
];

const SAID = [
  ["call", ({ call }) => call.call_id], ["line", ({ call }) => call.line], ["caller", ({ call }) => call.caller],
  ["moment", ({ turn }) => turn.started_at], ["agent", ({ turn }) => turn.agent],
  ["caller said", ({ turn }) => turn.caller_text], ["agent said", ({ turn }) => turn.said],
];
const said = (calls) => calls.flatMap((call) => call.turns.map((turn) => ({ call, turn })));

/** Calls in which something was said, each with the turns that have it. */
function Said({ query }) {
  const { test, live, ...others } = asked(query);
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value));
  const body = { words: query.get("words"), ...given, ...(test && { test: test === "true" }), ...(live && { live: true }) };
  const { data, error, again } = useResource(() => post(`${PATH}/search`, body), [JSON.stringify(body)]);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`<${Waiting} what="Looking through what was said" />`;
  return html`<div class="row between">
      <p role="status">${several(data.value.length, "call")} of the newest 200 that fit the other filters</p>
      ${data.value.length > 0 && html`<button onClick=${() => saveRows("words.csv", SAID, said(data.value))}>Save as CSV</button>`}
    </div>
    ${data.value.length === 0 && html`<${Nothing}>In none of them were all these words said. What is hidden in the record is not found.<//>`}
    ${data.value.map((call) => html`<section class="found" key=${call.call_id}>
      <h2><a href=${address(["calls", call.call_id])}><${Moment} at=${call.started_at} line=${call.line} /></a> ${party(call)}, ${call.line}</h2>
      ${call.turns.map((turn) => html`<p key=${turn.index}>
        <a href=${address(["calls", call.call_id], { turn: turn.index })}><${Moment} at=${turn.started_at} line=${call.line} what="clock" /></a>
        ${turn.caller_text && html` <b>Caller</b> ${turn.caller_text}`} ${turn.said && html` <b>Agent</b> ${turn.said}`}
      </p>`)}
    </section>`)}`;
}
