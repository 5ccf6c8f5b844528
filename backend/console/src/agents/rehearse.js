// Rehearsals as a button: the draft's results beside those of what is live.
import { useSignal } from "@preact/signals";

import { get } from "../api.js";
import { html } from "../html.js";
import { useResource } from "../parts/resource.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { several } from "../parts/words.js";
import { may } from "../session.js";
import { MODELS, newest, STATES, useRun } from "./runs.js";
import { Faults } from "./files.js";
import { FromCall } from "./from_call.js";
import * as work from "./workspace.js";

export function Rehearse({ query }) {
  const call = query.get("call");
  return call && may("editor") ? html`<${FromCall} key=${call} id=${call} />` : html`<${Rehearsals} />`;
}

function Rehearsals() {
  const model = useSignal("stand_in");
  const drafted = useRun("rehearsals");
  const live = useRun("rehearsals");
  const wrong = useSignal(null);
  const chosen = useSignal(new Set());
  const { data, error, again } = useResource(async (signal) => {
    const { version } = await get("/api/v1/store", {}, signal);
    const [mine, theirs] = await Promise.all([work.check.value?.version && newest("rehearsals", work.check.value.version), newest("rehearsals", version)]);
    if (mine && mine.version !== version) drafted.show(mine.id);
    if (theirs) live.show(theirs.id);
    return { version, written: await get("/api/v1/store/rehearsals/written", {}, signal) };
  }, []);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`<${Waiting} />`;
  const names = chosen.value.size > 0 ? [...chosen.value] : undefined;
  const begin = async (run, of) => {
    wrong.value = null;
    try {
      await run.begin({ version: await of(), model: model.value, names });
    } catch (failed) {
      wrong.value = failed;
    }
  };
  const busy = [drafted, live].some((one) => one.run.value?.state === "running");
  const changed = work.changes.value.size > 0;
  return html`${may("editor") && html`<div class="row">
      <label>Model <select value=${model.value} onChange=${(event) => (model.value = event.target.value)}>${MODELS.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select></label>
    </div>
    <p class="row">
      ${changed && html`<button class="main" disabled=${busy} onClick=${() => begin(drafted, async () => (await work.tryable()).version)}>Rehearse my draft</button>`}
      <button class=${changed ? "" : "main"} disabled=${busy} onClick=${() => begin(live, async () => data.value.version)}>Rehearse what is live</button>
      <span class="quiet">${chosen.value.size > 0 ? `${several(chosen.value.size, "rehearsal")} chosen` : "All of them; choose some below to play only those."}</span>
    </p>`}
    ${[wrong, drafted.wrong, live.wrong].map((one) => one.value && html`<${Problem} error=${one.value} />`)}
    ${changed && html`<${Standing} title="My draft" one=${drafted} />`}<${Standing} title="What is live" one=${live} />
    <${Results} written=${data.value.written} drafted=${changed ? drafted.run.value : null} live=${live.run.value} chosen=${chosen} changed=${changed} />`;
}

export function Problem({ error }) {
  const faults = (error.problems ?? []).map((one) => ({ ...one, severity: "error" }));
  return html`<${Trouble} message=${faults.length > 0 ? "The draft does not pass the check yet." : error.message} /><${Faults} faults=${faults} />`;
}

export function Standing({ title, one }) {
  const run = one.run.value;
  if (!run) return null;
  return html`<p role="status" class="row"><b>${title}</b> <span class=${run.state === "failed" ? "state down" : ""}>${STATES[run.state]}</span>
    <span>${run.played} of ${run.total ?? "?"}${run.failed > 0 ? html`, <span class="state down">${run.failed} failed</span>` : ""}${run.differ > 0 ? html`, <span class="state degraded">${run.differ} would go another way</span>` : ""}</span>
    <span class="quiet">by ${run.models?.length > 0 ? run.models.join(", ") : run.model.replace("_", "-")}${run.tokens > 0 ? `, ${several(run.tokens, "token")}` : ""} ${run.detail}</span>
    ${run.state === "running" && html`<progress max=${run.total ?? undefined} value=${run.total ? run.played : undefined} aria-label=${title}></progress><button onClick=${one.stop}>Stop</button>`}</p>`;
}

function Results({ written, drafted, live, chosen, changed }) {
  const names = [...new Set([...written.map((one) => one.name), ...[drafted, live].flatMap((run) => run?.results.map((one) => one.name) ?? [])])].sort();
  if (names.length === 0) return html`<${Nothing}>There is no rehearsal. Write one as a file of the store, or make one of a real call, on the page of the call.<//>`;
  const titles = new Map(written.map((one) => [one.name, one.title]));
  const of = (run, name) => run?.results.find((one) => one.name === name);
  // What failed is what somebody looks for; what was not played is of least interest.
  const rank = (name) => Math.min(...[of(drafted, name), of(live, name)].map((one) => (one ? Number(one.passed) : 2)));
  names.sort((one, other) => rank(one) - rank(other));
  const choose = (name, on) => {
    const next = new Set(chosen.value);
    if (on) next.add(name); else next.delete(name);
    chosen.value = next;
  };
  return html`<table class="cards"><thead><tr><th scope="col">Rehearsal</th>${changed && html`<th scope="col">My draft</th>`}<th scope="col">What is live</th></tr></thead>
    <tbody>${names.map((name) => html`<tr key=${name}>
      <th scope="row"><label><input type="checkbox" checked=${chosen.value.has(name)} onChange=${(event) => choose(name, event.target.checked)} /> ${name}</label>${!name.endsWith(titles.get(name)) && html`<div class="quiet">${titles.get(name)}</div>`}</th>
      ${changed && html`<td data-label="My draft"><${Result} one=${of(drafted, name)} /></td>`}
      <td data-label="What is live"><${Result} one=${of(live, name)} /></td></tr>`)}</tbody></table>`;
}

function Result({ one }) {
  if (!one) return html`<span class="quiet">not played</span>`;
  return html`<details><summary class=${one.passed ? "state ok" : "state down"}>${one.passed ? "passed" : `failed: ${one.problems[0] ?? ""}`} <small>${several(one.turns, "turn")}, ${one.seconds.toFixed(1)} s</small></summary>
    ${one.problems.length > 1 && html`<ul>${one.problems.slice(1).map((text) => html`<li>${text}</li>`)}</ul>`}
    <pre class="transcript" tabindex="0" aria-label="What was said">${one.transcript.join("\n")}</pre></details>`;
}
