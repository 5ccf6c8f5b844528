// One call from ring to end: every turn at its moment, what was done, how long the caller waited for what, why it ended.
import { useEffect, useRef } from "preact/hooks";

import { get } from "../api.js";
import { html } from "../html.js";
import { liveCall } from "../live.js";
import { CallActions } from "../parts/call_actions.js";
import { Cost } from "../parts/cost.js";
import { Moments, Recognized } from "../parts/moments.js";
import { useResource } from "../parts/resource.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { length, Length, Moment } from "../parts/time.js";
import { Wait } from "../parts/wait.js";
import { DIRECTIONS, doing, party, plain, why } from "../parts/words.js";
import { Recording } from "../recording/recording.js";
import { ofAgent, ofCaller, PlayTurn, Words } from "../recording/words.js";
import { address } from "../router.js";
import { may } from "../session.js";

const LATE_MS = 2000;
const LOOKS = /\.(read|list|watch|search)$/;

export function Call({ id, turn }) {
  const live = liveCall(id);
  const { data, error, again } = useResource((signal) => get(`/api/v1/calls/${encodeURIComponent(id)}`, {}, signal), [id]);
  const seen = live && `${live.state} ${live.turns}`;
  useEffect(() => {
    if (!seen || !data.value) return undefined;
    again(); // it goes on: the record has more by now
    const late = setTimeout(again, LATE_MS);
    return () => clearTimeout(late);
  }, [seen]);
  if (error.value && !data.value) return html`<${Back} /><${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`<${Back} /><${Waiting} />`;
  const call = live?.state === "over" ? { ...data.value, ...ended(live) } : data.value;
  return html`<${Back} />
    <h1>${DIRECTIONS[call.direction] ?? call.direction}: ${party(call)} ${call.test && html`<span class="mark">test</span>`}</h1>
    ${error.value && html`<${Trouble} message=${error.value} again=${again} />`}
    <${Facts} call=${call} live=${live} />
    <${Cost} use=${call.use} cost=${call.cost} />
    <${Recording} call=${call} />
    <h2>What was said</h2>
    <${Turns} call=${call} live=${live} turn=${turn} />
    ${may("admin") && html`<${Done} call=${call} />`}`;
}

// The board knows of an end a moment before the record does.
const ended = ({ outcome, detail, ended_at }) => ({ outcome, detail, ended_at });

const Back = () => html`<p><a href=${address(["calls"])}>All calls</a></p>`;

function Facts({ call, live }) {
  const waits = call.turns.filter((turn) => turn.caller_text).map((turn) => turn.latencies.first_frame_ms).filter((ms) => ms != null);
  const slowest = Math.max(...waits);
  return html`<dl class="facts">
    <div><dt>Line</dt><dd>${call.line}</dd></div>
    <div><dt>Began</dt><dd><${Moment} at=${call.started_at} line=${call.line} /></dd></div>
    <div><dt>Length</dt><dd><${Length} since=${call.started_at} until=${call.ended_at} /></dd></div>
    <div><dt>Agents</dt><dd>${call.agents.join(", ") || "none"}</dd></div>
    <div><dt>Version</dt><dd><code>${call.store_version}</code>${may("editor") && call.outcome && html` <a href=${address(["agents", "rehearse"], { call: call.call_id })}>Make a rehearsal of it</a>`}</dd></div>
    ${waits.length > 0 && html`<div><dt>Longest wait</dt><dd>${(slowest / 1000).toFixed(1)} s</dd></div>`}
    ${call.case_number && html`<div><dt>Case</dt><dd><a href=${address(["cases", call.case_number])}>${call.case_number}</a></dd></div>`}
    <div class="wide"><dt>${call.outcome ? "Why it ended" : "Now"}</dt><dd>
      ${call.outcome
        ? html`<span class=${call.outcome === "failed" ? "state down" : ""}>${why(call)}</span>`
        : html`${live ? doing(live) : "In progress"} <${CallActions} call=${call} />`}
    </dd></div>
  </dl>`;
}

function Turns({ call, live, turn }) {
  if (call.turns.length === 0) return html`<${Nothing}>${call.outcome ? "Nothing was said in this call." : "Nothing was said yet."}<//>`;
  // A hand-off that the record tells of stands in the turn in which it was made.
  const beforeOf = (at) => (call.turns[at - 1]?.moments.some((one) => one.kind === "handed_over") ? undefined : call.turns[at - 1]?.agent);
  return html`<ol class="turns">
    ${call.turns.map((one, at) => html`<${Turn} key=${one.index} call=${call} turn=${one} before=${beforeOf(at)} earlier=${call.turns[at - 1]} chosen=${String(one.index) === turn} />`)}
    ${live?.state === "speaking" && live.turns >= call.turns.length && html`<li class="now">
      ${live.understood && html`<p><b>Caller</b> ${live.understood}</p>`}<p><b>${live.agent}</b> ${live.said} <span class="mark">now</span></p>
    </li>`}
  </ol>`;
}

function Turn({ call, turn, before, earlier, chosen }) {
  const item = useRef(null);
  useEffect(() => {
    if (chosen) item.current.scrollIntoView({ block: "center" });
  }, [chosen]);
  const caller = (words) => ofCaller(turn, words, earlier);
  const agent = (words) => ofAgent(turn, words);
  const cut = turn.interrupted && turn.heard !== turn.said;
  return html`<li ref=${item} class=${chosen ? "chosen" : ""}>
    <a class="at number" href=${address(["calls", call.call_id], { turn: turn.index })} title="Link to this moment">
      ${length((Date.parse(turn.started_at) - Date.parse(call.started_at)) / 1000)}
    </a>
    <div>
      <${PlayTurn} lies=${turn.caller_text ? caller : agent} text=${turn.caller_text || turn.heard} />
      ${before && before !== turn.agent && html`<p class="quiet">Handed over from ${before} to ${turn.agent}</p>`}
      ${turn.caller_text && html`<p><b>Caller</b> <${Words} text=${turn.caller_text} lies=${caller} /></p>`}
      <${Recognized} turn=${turn} line=${call.line} />
      <${Moments} turn=${turn} />
      ${turn.said && html`<p><b>${turn.agent}</b> ${cut ? html`<${Words} text=${turn.heard} lies=${agent} /><s>${rest(turn)}</s>` : html`<${Words} text=${turn.said} lies=${agent} />`}</p>`}
      ${turn.interrupted && html`<p class="quiet">The caller spoke before the answer was over${cut ? "; what is struck through was not heard" : ""}.</p>`}
      ${turn.caller_text && html`<${Wait} latencies=${turn.latencies} early=${turn.early} />`}
    </div>
  </li>`;
}

// What the caller did not hear of it, where the two can be laid beside each other.
const rest = ({ said, heard }) => (said.startsWith(heard) ? said.slice(heard.length) : ` ${said}`);

/** What agents and people did in it: from the audit, which only administrators read. */
function Done({ call }) {
  const { data, error, again } = useResource(
    async (signal) => {
      const [agents, people] = await Promise.all([
        get("/api/v1/audit", { call_id: call.call_id, limit: 200 }, signal),
        get("/api/v1/audit", { target: call.call_id, by: "people", limit: 200 }, signal),
      ]);
      const done = people.filter((entry) => !LOOKS.test(entry.action));
      return [...agents, ...done].sort((one, two) => one.at.localeCompare(two.at));
    },
    [call.call_id, call.turns.length, call.outcome],
  );
  return html`<h2>What was done</h2>
    ${error.value && html`<${Trouble} message=${error.value} again=${again} />`}
    ${!data.value && !error.value && html`<${Waiting} />`}
    ${data.value?.length === 0 && html`<p class="quiet">Nothing that the audit keeps.</p>`}
    ${data.value?.length > 0 && html`<table class="cards"><thead><tr>
      <th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Came of it</th><th scope="col">With</th>
    </tr></thead><tbody>${data.value.map((entry) => html`<tr key=${entry.id}>
      <th scope="row"><${Moment} at=${entry.at} line=${call.line} what="clock" /></th>
      <td data-label="Who">${entry.actor}</td><td data-label="What"><code>${entry.action}</code></td>
      <td data-label="Came of it"><span class=${entry.outcome === "ok" ? "" : "state down"}>${entry.outcome}</span></td>
      <td data-label="With">${Object.entries(entry.detail).map(([name, value]) => html`<div><span class="quiet">${plain(name)}</span> ${typeof value === "object" ? JSON.stringify(value) : String(value)}</div>`)}</td>
    </tr>`)}</tbody></table>`}`;
}
