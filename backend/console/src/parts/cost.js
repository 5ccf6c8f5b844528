// What calls took of what costs money, and what that comes to by the price list. What is not known is said.
import { html } from "../html.js";
import { several } from "./words.js";

const number = (value, digits = 0) => value.toLocaleString("en-US", { maximumFractionDigits: digits });

/** An amount of money, with as many digits as it takes to see that it is not nothing. */
export function money(value, currency) {
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  return value.toLocaleString("en-US", { style: "currency", currency, minimumFractionDigits: 2, maximumFractionDigits: digits });
}

/** Tokens of all deployments together. */
export const tokens = (use, kind) => use.models.reduce((sum, model) => sum + model[kind], 0);

const unknown = (cost) => [...cost.missing, ...(cost.untold ? [`the tokens of ${several(cost.untold, "answer")} that the model gave or began are not known`] : [])];

/** A total; one that leaves something out says so. */
export function Price({ cost }) {
  if (!cost) return html`<span class="quiet">not known</span>`;
  const title = cost.at_least ? `At least: ${unknown(cost).join("; ")}.` : "By the price list of the settings";
  return html`<span class="number" title=${title}>${cost.at_least && "≥\u00a0"}${money(cost.total, cost.currency)}</span>`;
}

/** What calls took together, in a few words. */
export function inShort({ calls, unknown: without, use, cost }) {
  const minutes = use.phone_minutes + use.trunk_minutes;
  const parts = [`${number(minutes, 1)} min by phone`, `${number(tokens(use, "read") + tokens(use, "written"))} tokens`];
  if (cost) parts.unshift(`${cost.at_least ? "at least " : ""}${money(cost.total, cost.currency)}`);
  if (without) parts.push(without === calls ? "what they took is not known" : `${several(without, "call")} of which it is not known`);
  return parts.join(", ");
}

/** One call: each thing, how much of it, and its price. */
export function Cost({ use, cost }) {
  if (!use) return html`<h2>What it took</h2><p class="quiet">Not known: an earlier version wrote this call down.</p>`;
  const rows = [
    ["By phone", `${number(use.phone_minutes + use.trunk_minutes, 1)} min`, "phone", use.phone_minutes + use.trunk_minutes],
    ["Listened to", `${number(use.heard_seconds)} s`, "recognition", use.heard_seconds],
    ["Said", several(use.spoken_characters, "character"), "voice", use.spoken_characters],
    ["Model", use.models.map(ofModel).join("; "), "model", use.models.length],
    ["Recorded", `${number(use.recorded_minutes, 1)} min`, "recording", use.recorded_minutes],
  ].filter(([, , , amount]) => amount > 0);
  if (rows.length === 0) return html`<h2>What it took</h2><p class="quiet">Nothing that costs money.</p>`;
  return html`<h2>What it took</h2>
    <dl class="facts">
      ${rows.map(([name, much, part]) => html`<div key=${name}><dt>${name}</dt><dd>${much}${cost && html` <span class="quiet number">${money(cost[part], cost.currency)}</span>`}</dd></div>`)}
      ${cost && html`<div><dt>Together</dt><dd><b><${Price} cost=${cost} /></b></dd></div>`}
    </dl>
    ${cost?.at_least && html`<p class="quiet">At least: ${unknown(cost).join("; ")}.</p>`}`;
}

function ofModel({ deployment, answers, read, cached, written, untold }) {
  const known = `${number(read)} tokens read${cached ? ` (${number(cached)} of them cached)` : ""}, ${number(written)} written`;
  return `${deployment || "model"}: ${several(answers, "answer")}, ${untold === answers ? "tokens not known" : known}`;
}
