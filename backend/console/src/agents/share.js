// A version that a share of new calls gets, beside the live one: how both do, and whether that is enough to tell.
import { useSignal } from "@preact/signals";

import { ask, get } from "../api.js";
import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { useResource } from "../parts/resource.js";
import { Trouble } from "../parts/states.js";
import { Moment } from "../parts/time.js";
import { OUTCOMES, plain } from "../parts/words.js";
import { may } from "../session.js";
import * as work from "./workspace.js";

const VERDICTS = { too_few: "too few to tell", no_difference_seen: "no difference seen", more: "more", fewer: "fewer" };
const COMPARED = {
  transferred: "Of those that are over, transferred", completed: "Of those, completed", failed: "Of those, failed",
  repaired: "Of those, with a question asked again",
};
const wait = (ms) => (ms === null ? "" : `${(ms / 1000).toFixed(2)} s`);
const percent = (share) => (share === null ? "" : `${Math.round(share * 100)} %`);

/** Nothing where every new call gets the live version. */
export function Shared({ on }) {
  const asking = useSignal("");
  const { data, error, again } = useResource((signal) => get("/api/v1/store/shares", {}, signal).catch((failed) => {
    if (failed.status === 404) return { share: null };
    throw failed;
  }), [on]);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value?.share) return null;
  const { share, active, note, base, tried, says, compared } = data.value;
  const finish = async (given) => {
    const body = { version: share.version, note: given.get("note").trim() };
    await ask("POST", "/api/v1/store/live", { body, headers: { "If-Match": `"${share.base}"` } });
    await work.open();
    again();
  };
  const back = async () => {
    await ask("DELETE", "/api/v1/store/shares");
    again();
  };
  return html`<section class="shared" aria-labelledby="shared"><h2 id="shared">${share.percent} % of new calls get version <code>${share.version}</code></h2>
    <p>Since <${Moment} at=${share.since} />, by ${share.actor}${share.note && `: ${share.note}`}. ${!active && html`<span class="state degraded">Not now: ${note || "this worker gives all calls the live version"}.</span>`}</p>
    <p class="quiet">${says.charAt(0).toUpperCase() + says.slice(1)}</p>
    ${base && tried && html`<table class="cards"><thead><tr><th scope="col"></th><th scope="col">Live <code>${base.version}</code></th><th scope="col">Share <code>${tried.version}</code></th><th scope="col"></th></tr></thead><tbody>
      ${rows(base, tried, compared).map(([name, one, other, verdict]) => html`<tr key=${name}><th scope="row">${name}</th><td data-label="Live" class="number">${one}</td><td data-label="Share" class="number">${other}</td><td>${verdict}</td></tr>`)}</tbody></table>`}
    ${may("editor") && html`<p class="row"><button onClick=${again}>Look again</button><button class="main" onClick=${() => (asking.value = "finish")}>Give it to all calls</button><button class="danger" onClick=${() => (asking.value = "back")}>Take it back</button></p>`}
    ${asking.value === "finish" && html`<${Ask} title="Give it to all new calls?" action="Put live" act=${finish} close=${() => (asking.value = "")}><label for="why">Why? It stands in the history.</label><input id="why" name="note" maxlength="500" autocomplete="off" /><//>`}
    ${asking.value === "back" && html`<${Ask} title="Take the share back?" action="Take it back" danger act=${back} close=${() => (asking.value = "")}><p>Every new call gets the live version. Calls in progress keep theirs.</p><//>`}
  </section>`;
}

function rows(base, tried, compared) {
  const outcomes = [...new Set([...Object.keys(base.outcomes), ...Object.keys(tried.outcomes)])].sort();
  return [
    ["Calls that are over", base.calls, tried.calls, ""],
    ["In progress", base.live, tried.live, ""],
    ...outcomes.map((name) => [OUTCOMES[name] ?? plain(name), base.outcomes[name] ?? 0, tried.outcomes[name] ?? 0, ""]),
    ...compared.map((one) => [COMPARED[one.what] ?? plain(one.what), percent(one.base), percent(one.tried), VERDICTS[one.verdict]]),
    ["Wait, half of them less than", wait(base.wait_p50_ms), wait(tried.wait_p50_ms), ""],
    ["Wait, 19 of 20 less than", wait(base.wait_p95_ms), wait(tried.wait_p95_ms), ""],
    ["Questions asked again", base.repairs, tried.repairs, ""],
  ];
}
