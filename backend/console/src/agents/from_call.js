// A rehearsal made of a real call: the server has replaced everybody and everything that it names; somebody looks it over
// here before it gets into their draft.
import { post } from "../api.js";
import { html } from "../html.js";
import { useResource } from "../parts/resource.js";
import { Trouble, Waiting } from "../parts/states.js";
import { plain } from "../parts/words.js";
import { address, go } from "../router.js";
import * as work from "./workspace.js";

export function FromCall({ id }) {
  const { data, error, again } = useResource(() => post("/api/v1/store/rehearsals/from-call", { call_id: id }), [id]);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`<${Waiting} what="Making a rehearsal" />`;
  const { name, files, replaced, remarks } = data.value;
  const take = () => {
    for (const [file, text] of Object.entries(files)) work.write(file, text);
    const wanted = Object.keys(files).find((file) => file.includes(name)) ?? Object.keys(files)[0];
    go(["agents", "files", wanted]);
  };
  const made = Object.entries(replaced).map(([kind, count]) => `${count} × ${plain(kind).toLowerCase()}`);
  return html`<section class="from-call" aria-labelledby="from-call"><h2 id="from-call">A rehearsal of <a href=${address(["calls", id])}>this call</a></h2>
    <p>${made.length > 0 ? `Made up in the place of what was said: ${made.join(", ")}.` : "Nothing in it had to be made up."} Look it over before you keep it.</p>
    ${remarks.length > 0 && html`<ul class="todo">${remarks.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}
    ${Object.entries(files).map(([file, text]) => html`<h3 key=${file}><code>${file}</code></h3><pre class="transcript" tabindex="0" aria-label=${file}>${text}</pre>`)}
    <p class="row"><button class="main" onClick=${take}>Put it into my draft</button> <a href=${address(["agents", "rehearse"])}>Leave it</a></p></section>`;
}
