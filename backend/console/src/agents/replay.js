// Calls of the past against one's draft: what agents did then, and what they would do now, side by side.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { lines } from "../lines.js";
import { several } from "../parts/words.js";
import { address } from "../router.js";
import { Problem, Standing } from "./rehearse.js";
import { MODELS, useRun } from "./runs.js";
import * as work from "./workspace.js";

const DIFFERS = { agent: "another agent", tools: "other tools", words: "other words", outcome: "another end" };

export function Replay() {
  const replayed = useRun("replays");
  const wrong = useSignal(null);
  const begin = async (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    wrong.value = null;
    try {
      const { version } = await work.tryable();
      await replayed.begin({ version, model: given.model, line: given.line, calls: Number(given.calls) });
    } catch (failed) {
      wrong.value = failed;
    }
  };
  return html`<p>What callers said in real calls is said to ${work.changes.value.size > 0 ? "your draft" : "what is live"}; what would go another way is marked. Nothing of it gets into the records.</p>
    <form class="row" onSubmit=${begin}>
      <label>Newest calls <input name="calls" type="number" min="1" max="200" value="20" required /></label>
      <label>Line <select name="line"><option value="">every line</option>${lines.value.map(({ name }) => html`<option>${name}</option>`)}</select></label>
      <label>Model <select name="model">${MODELS.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select></label>
      <button class="main" disabled=${replayed.run.value?.state === "running"}>Replay them</button>
    </form>
    ${[wrong, replayed.wrong].map((one) => one.value && html`<${Problem} error=${one.value} />`)}
    <${Standing} title=${work.changes.value.size > 0 ? "My draft" : "What is live"} one=${replayed} />
    ${replayed.run.value?.results.map((one) => html`<${Replayed} key=${one.call_id} one=${one} />`)}`;
}

function Replayed({ one }) {
  const differ = one.turns.filter((turn) => turn.differs.length > 0).length;
  return html`<details class="replayed"><summary><span class=${one.same ? "state ok" : "state degraded"}>${one.same ? (one.words_differ ? "the same, in other words" : "the same") : "another way"}</span>
      ${" "}${one.line}, ${several(one.turns.length, "turn")}${differ > 0 ? `, ${differ} differ` : ""}</summary>
    <p><a href=${address(["calls", one.call_id])}>Look at the call</a></p>
    ${one.faults.map((fault) => html`<p class="trouble">${fault}</p>`)}
    <table class="cards"><thead><tr><th scope="col">Caller</th><th scope="col">Then</th><th scope="col">Now</th><th scope="col">Differs</th></tr></thead>
      <tbody>${one.turns.map((turn) => html`<tr key=${turn.turn} class=${turn.differs.some((what) => what !== "words") ? "differs" : ""}>
        <th scope="row">${turn.caller}</th><td data-label="Then"><${Step} step=${turn.before} /></td><td data-label="Now"><${Step} step=${turn.after} /></td>
        <td data-label="Differs">${turn.differs.map((what) => DIFFERS[what] ?? what).join(", ")}</td></tr>`)}</tbody></table>
    ${one.outcome.before !== one.outcome.after && html`<p>It ended ${one.outcome.before ?? "open"}, and would end ${one.outcome.after ?? "open"}.</p>`}</details>`;
}

function Step({ step }) {
  if (!step) return html`<span class="quiet">the call was over</span>`;
  return html`<b>${step.agent}</b> ${step.said}${step.tools.length > 0 && html`<div class="quiet">${step.tools.map((tool) => html`<code>${tool}</code> `)}</div>`}`;
}
