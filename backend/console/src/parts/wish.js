// A wish to be called back: whom, at which number, why; how it stands, and who did what about it.
import { ask } from "../api.js";
import { html } from "../html.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { CallBack } from "./call_back.js";
import { useResource } from "./resource.js";
import { Trouble, Waiting } from "./states.js";
import { Moment } from "./time.js";

export const WISHES = { open: "To be called back", called: "Called back", done: "Done" };
const NEXT = { open: ["done", "Nothing more to do"], called: ["done", "Nothing more to do"], done: ["open", "Open it again"] };

export function Wish({ id }) {
  const place = `/api/v1/callbacks/${encodeURIComponent(id)}`;
  const { data, error, again } = useResource(async (signal) => (await ask("GET", place, { signal })).data, [id]);
  const back = html`<p><a href=${address(["cases"])}>All cases</a></p>`;
  if (!data.value) return html`${back}${error.value ? html`<${Trouble} message=${error.value} again=${again} />` : html`<${Waiting} />`}`;
  const wish = data.value;
  const [state, text] = NEXT[wish.state];
  const set = async () => {
    try {
      await ask("PATCH", place, { body: { state }, headers: { "If-Match": `"${wish.revision}"` } });
      again();
    } catch (failed) {
      await again();
      error.value = failed.message;
    }
  };
  return html`${back}<h1>Wish to be called back ${wish.test && html`<span class="mark">test</span>`}</h1>
    ${error.value && html`<${Trouble} message=${error.value} />`}
    <dl class="facts">
      <div><dt>State</dt><dd>${WISHES[wish.state]}</dd></div>
      <div><dt>Number</dt><dd>${wish.number}</dd></div>
      <div><dt>Name</dt><dd>${wish.name || html`<span class="quiet">not known</span>`}</dd></div>
      <div><dt>About</dt><dd>${wish.subject || html`<span class="quiet">nobody known</span>`}</dd></div>
      <div><dt>Line</dt><dd>${wish.line}</dd></div>
      <div><dt>Asked</dt><dd><${Moment} at=${wish.requested_at} line=${wish.line} /> in <a href=${address(["calls", wish.call_id])}>this call</a></dd></div>
      <div class="wide"><dt>Why</dt><dd>${wish.reason}</dd></div>
    </dl>
    ${may("operator") && html`<div class="row"><${CallBack} id=${id} done=${again} /><button onClick=${set}>${text}</button></div>`}
    ${wish.steps.length > 0 && html`<h2>What was done</h2><ul>${wish.steps.map((step) => html`<li><${Moment} at=${step.at} line=${wish.line} />: ${WISHES[step.state].toLowerCase()}, by ${step.who}${step.call_id && html`, <a href=${address(["calls", step.call_id])}>the call</a>`}</li>`)}</ul>`}`;
}

/** How many wait, with the way to them; nothing where nobody does. */
export function Waits({ line }) {
  const { data } = useResource(async (signal) => {
    const { headers } = await ask("GET", "/api/v1/cases", { query: { status: "open", limit: 1, test: "false", line }, signal });
    return Number(headers.get("X-Total-Count"));
  }, [line]);
  if (!data.value) return null;
  return html`<p><a href=${address(["cases"], { status: "open", test: "false", line })}>${data.value === 1 ? "1 caller waits" : `${data.value} callers wait`} to be called back</a></p>`;
}
