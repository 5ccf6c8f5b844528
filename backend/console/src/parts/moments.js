// What happened in a turn beside words: tools, hand-offs, and what people did.
import { html } from "../html.js";
import { Moment } from "./time.js";

const ENDS = {
  given_back: "gave the caller back",
  hung_up: "ended the call",
  lost: "was cut off: the agent went on",
  call_over: "was there to the end",
};

const RECOGNIZED = ["partial", "final"];

/** How the caller's words were recognized, step by step; nothing for those who may not see it. */
export function Recognized({ turn, line }) {
  const heard = turn.moments.filter((one) => RECOGNIZED.includes(one.kind) && one.given);
  if (heard.length === 0) return null;
  return html`<details class="moment quiet"><summary>How it was recognized</summary>
    <ol>${heard.map((one) => html`<li><${Moment} at=${one.at} line=${line} what="clock" /> ${one.kind === "final" ? html`<b>${one.given}</b>` : one.given}</li>`)}</ol>
  </details>`;
}

/** Those of one turn. What a viewer may not see has come empty from the server. */
export const Moments = ({ turn }) => html`<${Tools} turn=${turn} />
  ${turn.moments.filter((one) => one.kind !== "tool" && !RECOGNIZED.includes(one.kind)).map((one, at) => html`<${Other} key=${at} moment=${one} />`)}`;

function Tools({ turn }) {
  const ran = turn.moments.filter((one) => one.kind === "tool");
  if (ran.length === 0) return turn.tools.length > 0 && html`<p class="quiet">Did: ${turn.tools.map((tool) => html`<code>${tool}</code> `)}</p>`;
  return ran.map((one, at) => html`<${Tool} key=${at} moment=${one} />`);
}

function Tool({ moment }) {
  const { name, ok, took_ms: took, given, result } = moment;
  const head = html`<code>${name}</code> <span class=${ok === false ? "state down" : "quiet"}>${ok === false ? "not possible" : "done"}</span>
    ${took != null && html` <span class="quiet number">${Math.round(took)} ms</span>`}`;
  if (!given && !result) return html`<p class="moment">${head}</p>`;
  return html`<details class="moment"><summary>${head}</summary>
    <dl>${given && html`<dt>With</dt><dd><${Json} text=${given} /></dd>`}${result && html`<dt>Answer</dt><dd><${Json} text=${result} /></dd>`}</dl>
  </details>`;
}

function Other({ moment: { kind, by, name, ok, given, result, took_ms: took } }) {
  if (kind === "handed_over") return html`<p class="moment quiet">Handed over to ${name}${given && html`: ${given}`}</p>`;
  if (kind === "whispered") {
    return html`<p class="moment"><span class="mark">Whispered by ${by}</span> ${given} ${ok === false && html`<span class="quiet">The agent said nothing with it.</span>`}</p>`;
  }
  if (kind === "fault") return html`<p class="moment state down">Trouble of ours: <code>${name}</code></p>`;
  if (kind === "taken_over") return html`<p class="moment"><span class="mark">Taken over by ${by}</span></p>`;
  return html`<p class="moment"><span class="mark">${by}</span> ${ENDS[result] ?? result}${took != null && html` <span class="quiet">after ${Math.round(took / 1000)} s</span>`}</p>`;
}

/** JSON so that people can read it; what is no JSON, or was cut, as it is. */
function Json({ text }) {
  try {
    return html`<pre>${JSON.stringify(JSON.parse(text), null, 1)}</pre>`;
  } catch {
    return html`<pre>${text}</pre>`;
  }
}
