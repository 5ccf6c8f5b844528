// What is well, what is not, and what to do about it.
import { get } from "../api.js";
import { html } from "../html.js";
import { useResource } from "../parts/resource.js";
import { Trouble, Waiting } from "../parts/states.js";

const SAYS = {
  ok: "All is well.",
  degraded: "Calls go on; something is not as it should be.",
  unready: "This server takes no new calls now.",
};

export function Health() {
  const { data, error, again } = useResource((signal) => get("/api/v1/health", {}, signal), []);
  return html`<h1>Health</h1>
    ${error.value && html`<${Trouble} message=${error.value} again=${again} />`}
    ${data.value ? html`<${Parts} health=${data.value} />` : !error.value && html`<${Waiting} />`}`;
}

function Parts({ health }) {
  return html`<p class=${`state ${health.status}`} role="status">${SAYS[health.status] ?? health.status}</p>
    <table>
      <thead><tr><th scope="col">Part</th><th scope="col">State</th><th scope="col">What to do</th></tr></thead>
      <tbody>
        ${health.parts.map((part) => html`<tr key=${part.name}>
          <th scope="row">${part.name}</th>
          <td><span class=${`state ${part.state}`}>${part.state}</span></td>
          <td>${part.sentence || html`<span class="quiet">nothing</span>`}</td>
        </tr>`)}
      </tbody>
    </table>`;
}
