// What is well, what is not, and what to do about it; how it went over time; what went wrong last.
import { useEffect } from "preact/hooks";

import { get } from "../api.js";
import { html } from "../html.js";
import { Deliveries } from "../parts/deliveries.js";
import { Prose } from "../parts/prose.js";
import { useResource } from "../parts/resource.js";
import { Trouble, Waiting } from "../parts/states.js";
import { Moment } from "../parts/time.js";
import { plain, several } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { History } from "./history.js";

const ANEW_MS = 10_000;
const SAYS = {
  ok: "All is well.",
  degraded: "Calls go on; something is not as it should be.",
  unready: "This server takes no new calls now.",
};

export function Health({ query }) {
  const health = useAnew((signal) => get("/api/v1/health", {}, signal));
  return html`<h1>Health</h1>
    <${Told} of=${health}>${(found) => html`<${Parts} health=${found} />`}<//>
    <${Deliveries} count=${health.data.value?.parts.find((part) => part.name === "case_webhook")?.counts.dead} />
    <h2>Over time</h2>
    <${History} query=${query} />
    ${may("operator") && html`<h2>Last faults</h2><${Faults} />`}`;
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
  const away = Object.entries(health.pings).filter(([name, { result }]) => result !== "ok" && !bad.some((part) => part.name === name));
  return html`<p class=${`state ${health.status}`} role="status">${SAYS[health.status] ?? health.status}
      ${health.draining && " It is stopping; calls in progress go on."}</p>
    ${bad.length > 0 && html`<ul class="todo">${bad.map((part) => html`<li key=${part.name}><b class=${`state ${part.state}`}>${plain(part.name)}</b> <${Prose} text=${part.sentence} /></li>`)}</ul>`}
    ${away.length > 0 && html`<ul class="todo">${away.map(([name, { result }]) => html`<li key=${name}><b class="state degraded">${plain(name)}</b> asked just now: ${result}</li>`)}</ul>`}
    <${Store} store=${health.store} />
    <p class="quiet">Well: ${health.parts.filter((part) => part.state === "ok").map((part) => plain(part.name).toLowerCase()).join(", ") || "nothing"}.
      Calls come by ${health.ways.join(" and ") || "no way"}. Agents: version <code>${health.store.version}</code>.</p>
    <${Counts} parts=${health.parts} />`;
}

/** What is wrong with the agents: an edit that is not live, and versions that workers and records do not agree on. */
function Store({ store }) {
  const { rejected, note, outdated, seed, warnings = [] } = store;
  const shut = rejected && `${rejected.origin === "disk" ? "An edit of the agents' files" : `The version ${rejected.origin} that other workers have`} does not pass the check, so version ${store.version} stays live. Put this right:`;
  return html`
    ${rejected && html`<div class="trouble" role="alert"><p>${shut}</p><ul>${rejected.problems.map((one) => html`<li key=${one}><code>${one}</code></li>`)}</ul></div>`}
    ${outdated && html`<p class="trouble">The live agents would not pass the check of this version of the server; they stay live because they were before. <code>ringmaster store upgrade</code> mends what can be mended.</p>`}
    ${[note, seed].filter(Boolean).map((one) => html`<p key=${one} class="trouble"><${Prose} text=${one} /></p>`)}
    ${warnings.length > 0 && html`<details><summary>${several(warnings.length, "warning")} of the live agents</summary><ul>${warnings.map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>`}`;
}

/** What parts count: pools and how full they are, what waits to be written. */
const Counts = ({ parts }) => html`<details><summary>Pools and other counts of this worker</summary>
  <table class="cards"><thead><tr><th scope="col">Part</th><th scope="col">Counts</th></tr></thead>
  <tbody>${parts.filter((part) => Object.keys(part.counts).length > 0).map((part) => html`<tr key=${part.name}><th scope="row">${plain(part.name)}</th>
    <td data-label="Counts">${Object.entries(part.counts).map(([name, count]) => `${plain(name).toLowerCase()} ${count.toLocaleString("en-US")}`).join(", ")}</td></tr>`)}</tbody></table></details>`;

const LEVELS = { warning: "degraded", error: "down", critical: "down" };

/** The last hundred faults of all workers, each with what to do; the newest first, all by this browser's clock. */
function Faults() {
  const found = useAnew((signal) => get("/api/v1/health/faults", { limit: 100 }, signal));
  return html`<${Told} of=${found}>${(faults) => faults.length === 0
    ? html`<p class="quiet">None.</p>`
    : html`<ol class="faults">${faults.map((fault) => html`<li key=${fault.at + fault.event + fault.message}>
        <${Moment} at=${fault.at} /> <b class=${`state ${LEVELS[fault.level] ?? "degraded"}`}><${Prose} text=${fault.message} /></b>
        <span class="quiet"> ${fault.event && html`<code>${fault.event}</code> `}${fault.code && html`<code>${fault.code}</code> `}${fault.worker}${fault.call_id && html`, <a href=${address(["calls", fault.call_id])}>its call</a>`}</span>
        ${fault.todo && html`<div><${Prose} text=${fault.todo} /></div>`}
      </li>`)}</ol>`}<//>`;
}
