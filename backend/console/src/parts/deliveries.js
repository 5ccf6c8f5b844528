// Messages about cases that a receiver did not take, and the way to send them again.
import { get, post } from "../api.js";
import { html } from "../html.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { useResource } from "./resource.js";
import { Trouble } from "./states.js";
import { Moment } from "./time.js";
import { plain, several } from "./words.js";

/** Nothing where there are none. @param count how many health knows of: they are asked for again when it changes. */
export function Deliveries({ count = 0 }) {
  const { data, error, again } = useResource(async (signal) => (count > 0 ? get("/api/v1/deliveries", { state: "dead", limit: 50 }, signal) : []), [count]);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value?.length) return null;
  const send = async (body) => {
    try {
      await post("/api/v1/deliveries/send-again", body);
    } catch (failed) {
      error.value = failed.message;
      return;
    }
    again();
  };
  return html`<h2>Messages that were not taken</h2>
    ${may("operator") && html`<p><button onClick=${() => send({})}>Send all ${several(count, "message")} again</button></p>`}
    <table class="cards"><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Call</th><th scope="col">Line</th><th scope="col">Why</th></tr></thead>
    <tbody>${data.value.map((one) => html`<tr key=${one.id}>
      <th scope="row"><${Moment} at=${one.created_at} line=${one.line} /></th>
      <td data-label="What">${plain(one.event)}: ${plain(one.form)}</td>
      <td data-label="Call"><a href=${address(["calls", one.call_id])}>this call</a></td>
      <td data-label="Line">${one.line}</td><td data-label="Why">${one.fault}
        ${may("operator") && html` <button class="plain" onClick=${() => send({ ids: [one.id] })}>Send it again</button>`}</td>
    </tr>`)}</tbody></table>`;
}
