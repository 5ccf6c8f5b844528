// How it went over time, by line: calls and how they ended, waits, repairs, refusals, what calls cost, what failed how often.
import { useEffect } from "preact/hooks";

import { get } from "../api.js";
import { html } from "../html.js";
import { lines as known, zoneOf } from "../lines.js";
import { Columns, Key, Lines } from "../parts/chart.js";
import { inShort, money, Price, tokens } from "../parts/cost.js";
import { saveRows } from "../parts/csv.js";
import { Filters } from "../parts/filters.js";
import { Prose } from "../parts/prose.js";
import { useResource } from "../parts/resource.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { beginOfDay } from "../parts/time.js";
import { OUTCOMES, plain, several } from "../parts/words.js";
import { may } from "../session.js";

const ANEW_MS = 60_000;
const HOUR_MS = 3_600_000;
const PERIODS = { 1: "24 hours", 7: "7 days", 30: "30 days", 90: "90 days" };
const REFUSED = { full: "without room", "line full": "as the line was full", draining: "as a server went away", "no line": "whose number has no line", blocked: "on the block list", caller: "called too often", day: "calls of the day", cost: "cost of the day" };

export function History({ query }) {
  const days = query.get("days") in PERIODS ? query.get("days") : "7";
  const line = query.get("line") ?? "";
  const zone = zoneOf(line || known.value[0]?.name) ?? "UTC";
  const found = useResource((signal) => get("/api/v1/health/history", period(Number(days), zone, line), signal), [days, zone, line]);
  useEffect(() => {
    const ticking = setInterval(() => document.hidden || found.again(), ANEW_MS);
    return () => clearInterval(ticking);
  }, []);
  return html`<${Filters} path=${["health"]} query=${query} fields=${[
      { name: "days", label: "Over the last", kind: "select", options: Object.entries(PERIODS).sort(([one], [two]) => (one === "7" ? -1 : two === "7" ? 1 : one - two)).map(([value, text]) => [value === "7" ? "" : value, text]) },
      { name: "line", label: "Line", kind: "select", options: [["", "All lines"], ...known.value.map(({ name }) => [name, name])] },
    ]} />
    ${found.error.value && html`<${Trouble} message=${found.error.value} again=${found.again} />`}
    ${found.data.value ? html`<${Told} history=${found.data.value} />` : !found.error.value && html`<${Waiting} />`}`;
}

/** The period as the API has it: whole hours, told by the clock of a zone, or days as they begin in it. */
function period(days, zone, line) {
  if (days === 1) return { by: "hour", since: new Date((Math.ceil(Date.now() / HOUR_MS) - 24) * HOUR_MS).toISOString(), zone, line };
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
  return { by: "day", since: beginOfDay(today, zone, 1 - days), zone, line };
}

function Told({ history }) {
  const lines = history.lines.map((one) => one.line).filter(Boolean);
  const failed = history.faults.length > 0 && html`<h3>What failed</h3><${Failed} faults=${history.faults} />`;
  if (history.lines.length === 0) return html`<${Nothing}>Nobody called in this time. Tests are not counted.<//>${failed}`;
  const when = moments(history);
  const slots = byMoment(history);
  const of = (read) => slots.map(({ at, rows }) => ({ at, parts: Object.fromEntries(Object.entries(rows).map(([line, row]) => [line, read(row)])) }));
  const currency = history.lines[0].cost?.currency;
  const chart = { lines, when };
  return html`<${ByLine} rows=${history.lines} />
    <div class="charts">
      <${Columns} title="Calls" slots=${of((row) => row.calls)} tell=${(value) => several(value, "call")} ...${chart} />
      ${currency && html`<${Columns} title="Cost" slots=${of((row) => row.cost.total)} tell=${(value) => money(value, currency)} ...${chart} />`}
      <${Lines} title="Wait of half the callers, at most" slots=${of((row) => row.waits.p50_ms)} tell=${seconds} ...${chart} />
      <${Lines} title="Wait of 19 of 20, at most" slots=${of((row) => row.waits.p95_ms)} tell=${seconds} ...${chart} />
      <${Columns} title="Questions asked again" slots=${of((row) => row.repairs)} tell=${(value) => several(value, "question")} ...${chart} />
      <${Columns} title="Callers not taken" slots=${of((row) => sum(row.refused))} tell=${(value) => several(value, "caller")} ...${chart} lines=${history.lines.map((one) => one.line)} />
    </div>
    <${Key} lines=${lines} />
    <details><summary>By ${history.by} and line, as a table</summary><${Slots} history=${history} when=${when} /></details>
    ${failed}`;
}

const sum = (counts) => Object.values(counts).reduce((one, two) => one + two, 0);
const seconds = (ms) => (ms == null ? "" : `${(ms / 1000).toFixed(2)} s`);
const share = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "");

/** How a moment is written: an hour or a day, as the clock of the zone has it. */
function moments({ by, zone }) {
  const style = by === "hour" ? { hour: "numeric", minute: "2-digit" } : { month: "short", day: "numeric" };
  const format = new Intl.DateTimeFormat("en-US", { ...style, timeZone: zone });
  return (at) => format.format(new Date(at));
}

/** Every slot of the period, those without anything as well: {at, rows: {line: row}}. */
function byMoment({ by, since, until, zone, slots }) {
  const found = new Map();
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(since));
  for (let step = 0; step < 200; step++) {
    const at = by === "hour" ? Date.parse(since) + step * HOUR_MS : Date.parse(beginOfDay(day, zone, step));
    if (at >= Date.parse(until)) break;
    found.set(at, { at: new Date(at).toISOString(), rows: {} });
  }
  for (const row of slots) found.get(Date.parse(row.at))?.rows && (found.get(Date.parse(row.at)).rows[row.line] = row);
  return [...found.values()];
}

const ByLine = ({ rows }) => html`<table class="cards">
  <thead><tr><th scope="col">Line</th><th scope="col">Calls</th><th scope="col">Ended</th><th scope="col">Half waited, at most</th><th scope="col">19 of 20, at most</th>
    <th scope="col">Asked again</th><th scope="col">Not taken</th><th scope="col">Took</th>${may("operator") && html`<th scope="col">Cost</th><th scope="col">A call</th>`}</tr></thead>
  <tbody>${rows.map((row) => html`<tr key=${row.line}>
    <th scope="row">${row.line || "no line"}</th><td data-label="Calls" class="number">${row.calls.toLocaleString("en-US")}</td>
    <td data-label="Ended">${endings(row)}</td>
    <td data-label="Half waited"><${Wait} ms=${row.waits.p50_ms} /></td><td data-label="19 of 20"><${Wait} ms=${row.waits.p95_ms} /></td>
    <td data-label="Asked again">${row.repairs > 0 && `${several(row.repairs, "time")}, in ${share(row.repaired, row.counted)} of calls`}</td>
    <td data-label="Not taken">${Object.entries(row.refused).map(([why, count]) => `${count} ${REFUSED[why] ?? plain(why).toLowerCase()}`).join(", ")}</td>
    <td data-label="Took">${row.calls > 0 && inShort({ ...row, cost: null })}</td>
    ${may("operator") && html`<td data-label="Cost">${row.calls > 0 && html`<${Price} cost=${row.cost} />`}</td>
      <td data-label="A call" class="number">${row.calls > row.unknown && row.cost && `${row.cost.at_least ? "≥\u00a0" : ""}${money(row.cost.total / (row.calls - row.unknown), row.cost.currency)}`}</td>`}
  </tr>`)}</tbody></table>
  ${rows.some((row) => row.cost?.at_least) && html`<p class="quiet">≥: at least. ${[...new Set(rows.flatMap((row) => row.cost?.missing ?? []))].map((one) => `${plain(one)}. `)}
    ${rows.some((row) => row.cost?.untold) && "The service does not tell the tokens of answers that were given up, as those that were begun before the caller had finished."}</p>`}`;

const Wait = ({ ms }) => html`<span class=${`number ${ms >= 2000 ? "state down" : ms >= 1000 ? "state degraded" : ""}`}>${seconds(ms)}</span>`;

function endings({ outcomes, calls }) {
  const named = Object.entries(outcomes).sort(([, one], [, two]) => two - one);
  return named.map(([outcome, count], at) => html`${at > 0 && ", "}<span class=${outcome === "failed" ? "state down" : ""}>${(OUTCOMES[outcome] ?? "In progress").toLowerCase()} ${share(count, calls)}</span>`);
}

function Slots({ history, when }) {
  const rows = history.slots.toReversed();
  return html`<p><button onClick=${() => saveRows("history.csv", COLUMNS, rows)}>Save as CSV</button></p>
    <table class="cards"><thead><tr><th scope="col">${history.by === "hour" ? "Hour" : "Day"}</th><th scope="col">Line</th><th scope="col">Calls</th><th scope="col">Half waited</th>
      <th scope="col">19 of 20</th><th scope="col">Not taken</th>${may("operator") && html`<th scope="col">Cost</th>`}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.at + row.line}><th scope="row"><time dateTime=${row.at}>${when(row.at)}</time></th><td data-label="Line">${row.line || "no line"}</td>
      <td data-label="Calls" class="number">${row.calls}</td><td data-label="Half waited"><${Wait} ms=${row.waits.p50_ms} /></td>
      <td data-label="19 of 20"><${Wait} ms=${row.waits.p95_ms} /></td><td data-label="Not taken">${sum(row.refused) || ""}</td>
      ${may("operator") && html`<td data-label="Cost">${row.calls > 0 && html`<${Price} cost=${row.cost} />`}</td>`}</tr>`)}</tbody></table>`;
}

const COLUMNS = [
  ["at", (row) => row.at], ["line", (row) => row.line], ["calls", (row) => row.calls],
  ...Object.keys(OUTCOMES).map((outcome) => [outcome, (row) => row.outcomes[outcome] ?? 0]),
  ["answers", (row) => row.waits.answers], ["half waited ms", (row) => row.waits.p50_ms], ["19 of 20 waited ms", (row) => row.waits.p95_ms],
  ["asked again", (row) => row.repairs], ["not taken", (row) => sum(row.refused)],
  ["phone minutes", (row) => row.use.phone_minutes], ["trunk minutes", (row) => row.use.trunk_minutes],
  ["heard seconds", (row) => row.use.heard_seconds], ["spoken characters", (row) => row.use.spoken_characters],
  ["tokens read", (row) => tokens(row.use, "read")], ["tokens written", (row) => tokens(row.use, "written")],
  ["cost", (row) => row.cost?.total], ["currency", (row) => row.cost?.currency], ["cost is at least", (row) => row.cost?.at_least],
];

const Failed = ({ faults }) => html`<table class="cards">
  <thead><tr><th scope="col">What</th><th scope="col">How often</th><th scope="col">What to do</th></tr></thead>
  <tbody>${faults.map((one) => html`<tr key=${`${one.event} ${one.code}`}>
    <th scope="row"><${Prose} text=${one.meaning || "Something without a name: see the log."} /> <code>${one.event}</code> ${one.code && html`<code>${one.code}</code>`}</th>
    <td data-label="How often" class="number">${one.count.toLocaleString("en-US")}</td><td data-label="What to do"><${Prose} text=${one.todo || "Nothing."} /></td>
  </tr>`)}</tbody></table>`;
