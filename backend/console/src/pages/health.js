// What is well, what is not, and what to do about it; how long callers wait; what went wrong last.
import { useEffect } from "preact/hooks";

import { get, text } from "../api.js";
import { html } from "../html.js";
import { Deliveries } from "../parts/deliveries.js";
import { histogram, quantile } from "../parts/metrics.js";
import { useResource } from "../parts/resource.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { Moment } from "../parts/time.js";
import { plain } from "../parts/words.js";
import { may } from "../session.js";

const ANEW_MS = 10_000;
const SAYS = {
  ok: "All is well.",
  degraded: "Calls go on; something is not as it should be.",
  unready: "This server takes no new calls now.",
};

export function Health() {
  const health = useAnew((signal) => get("/api/v1/health", {}, signal));
  return html`<h1>Health</h1>
    <${Told} of=${health}>${(found) => html`<${Parts} health=${found} />`}<//>
    <${Deliveries} count=${health.data.value?.parts.find((part) => part.name === "case_webhook")?.counts.dead} />
    <h2>How long callers wait</h2>
    <${Waits} />
    ${may("admin") && html`<h2>Last faults</h2><${Faults} />`}`;
}

/** The same as a resource, asked for again every ten seconds. */
function useAnew(read) {
  const found = useResource(read, []);
  useEffect(() => {
    const ticking = setInterval(() => document.hidden || found.again(), ANEW_MS);
    return () => clearInterval(ticking);
  }, []);
  return found;
}

const Told = ({ of, children }) => html`
  ${of.error.value && html`<${Trouble} message=${of.error.value} again=${of.again} />`}
  ${of.data.value !== undefined ? children(of.data.value) : !of.error.value && html`<${Waiting} />`}`;

function Parts({ health }) {
  const bad = health.parts.filter((part) => part.state !== "ok");
  return html`<p class=${`state ${health.status}`} role="status">${SAYS[health.status] ?? health.status}
      ${health.draining && " It is stopping; calls in progress go on."}</p>
    ${bad.length > 0 && html`<ul class="todo">${bad.map((part) => html`<li key=${part.name}><b class=${`state ${part.state}`}>${plain(part.name)}</b> ${part.sentence}</li>`)}</ul>`}
    <p class="quiet">Well: ${health.parts.filter((part) => part.state === "ok").map((part) => part.name).join(", ") || "nothing"}.
      Calls come by ${health.ways.join(" and ") || "no way"}. Agents: version <code>${health.store.version}</code>.</p>`;
}

function Waits() {
  const found = useAnew(async (signal) => histogram(await text("/metrics", signal), "ringmaster_turn_response_seconds", "ringmaster_line"));
  return html`<${Told} of=${found}>${(lines) => html`<${ByLine} lines=${lines} />`}<//>`;
}

function ByLine({ lines }) {
  const rows = Object.entries(lines).sort(([one], [two]) => one.localeCompare(two));
  if (rows.length === 0) return html`<${Nothing}>Nobody has waited for an answer since this server was started.<//>`;
  return html`<table class="cards">
    <thead><tr><th scope="col">Line</th><th scope="col">Half of them, less than</th><th scope="col">19 of 20, less than</th><th scope="col">Answers</th></tr></thead>
    <tbody>${rows.map(([line, buckets]) => html`<tr key=${line}>
      <th scope="row">${line}</th><td data-label="Half"><${Seconds} value=${quantile(buckets, 0.5)} /></td>
      <td data-label="19 of 20"><${Seconds} value=${quantile(buckets, 0.95)} /></td><td data-label="Answers" class="number">${buckets.at(-1)[1].toLocaleString("en-US")}</td>
    </tr>`)}</tbody></table>
    <p class="quiet">From the caller's last sound to the first of the answer, since the workers of this machine were started.</p>`;
}

const Seconds = ({ value }) =>
  html`<span class=${`number ${value >= 2 ? "state down" : value >= 1 ? "state degraded" : ""}`}>${value === null ? "" : `${value.toFixed(2)} s`}</span>`;

const LEVELS = { WARNING: "degraded", ERROR: "down", CRITICAL: "down" };

/** Of the last lines of this worker's log, those that tell of something wrong; the newest first. */
function Faults() {
  const found = useAnew(async (signal) => {
    const { log } = await get("/api/v1/diagnostics", {}, signal);
    return log.map(read).filter((line) => line.level in LEVELS).reverse().slice(0, 100);
  });
  return html`<${Told} of=${found}>${(lines) => lines.length === 0
    ? html`<p class="quiet">None in the last lines of this worker's log.</p>`
    : html`<ol class="faults">${lines.map((line) => html`<li>
        <${Moment} at=${line.time} what="clock" /> <b class=${`state ${LEVELS[line.level]}`}>${line.message}</b>
        <span class="quiet"> ${Object.entries(line).filter(([name]) => !["time", "level", "message", "logger"].includes(name)).map(([name, value]) => `${name}: ${value}`).join(", ")}</span>
      </li>`)}</ol>`}<//>`;
}

function read(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { level: "", message: line };
  }
}
