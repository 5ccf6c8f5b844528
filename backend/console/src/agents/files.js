// The store as a tree, and the file that is chosen in an editor with what the check says of it.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { Nothing } from "../parts/states.js";
import { several } from "../parts/words.js";
import { address, go } from "../router.js";
import { may } from "../session.js";
import { FileEditor } from "./file_editor.js";
import * as work from "./workspace.js";

const FOLDERS = [
  ["lines", "Lines"], ["agents", "Agents"], ["prompts", "Prompts"], ["forms", "Forms"], ["identities", "Identities"],
  ["books", "Books"], ["tools", "Tools"], ["phrases", "Phrases"], ["knowledge", "Knowledge"],
  ["rehearsals", "Rehearsals"],
];
const BEGINNINGS = {
  agents: (name) => `# yaml-language-server: $schema=../schema/agent.schema.json\nname: ${name}\ndescription: \nprompt: ${name}.jinja\ntools: []\ndraft: true\n`,
  lines: (name) => `# yaml-language-server: $schema=../schema/line.schema.json\nname: ${name}\nnumbers: []\nentry: \nagents: []\nperson: {number: ""}\ntimezone: \n`,
  forms: (name) => `# yaml-language-server: $schema=../schema/form.schema.json\nname: ${name}\n`,
};

export function Files({ rest, query }) {
  const name = rest[0] && work.textOf(rest[0]) !== undefined ? rest[0] : undefined;
  return html`<div class="store">
    <${Tree} chosen=${name} />
    <div>${name
      ? html`<${FileEditor} key=${name} name=${name} line=${Number(query.get("line")) || 0} view=${query.get("as") ?? ""} />`
      : html`<${Nothing}>${rest[0] ? `There is no file ${rest[0]}.` : "Choose a file to see it."}<//><${All} />`}</div>
  </div>`;
}

function Tree({ chosen }) {
  const adding = useSignal(false);
  const wide = matchMedia("(min-width: 60rem)").matches;
  return html`<section class="tree" aria-label="Files of the store"><details open=${wide || !chosen}><summary class="narrow">All files</summary>
    ${FOLDERS.map(([folder, title]) => {
      const inside = work.names.value.filter((name) => name.startsWith(`${folder}/`));
      return inside.length > 0 && html`<details open key=${folder}><summary>${title}</summary><ul>
        ${inside.map((name) => html`<${Leaf} key=${name} name=${name} text=${name.slice(folder.length + 1)} chosen=${name === chosen} />`)}
      </ul></details>`;
    })}
    ${may("editor") && html`<button class="plain" onClick=${() => (adding.value = true)}>New file</button>`}
    </details>
    ${adding.value && html`<${New} close=${() => (adding.value = false)} />`}
  </section>`;
}

function Leaf({ name, text, chosen }) {
  const faults = work.faultsOf(name);
  const wrong = faults.filter((one) => one.severity === "error").length;
  const changed = work.changes.value.has(name);
  const gone = work.changes.value.get(name) === null;
  return html`<li><a href=${address(["agents", "files", name])} aria-current=${chosen ? "true" : undefined} class=${gone ? "gone" : ""}>${text}</a>
    ${changed && html` <span class="mark">${gone ? "taken away" : name in work.base.value.files ? "changed" : "new"}</span>`}
    ${wrong > 0 && html` <span class="mark state down">${several(wrong, "fault")}</span>`}</li>`;
}

function New({ close }) {
  const folder = useSignal("agents");
  const ending = () => (folder.value === "prompts" ? ".jinja" : folder.value === "knowledge" ? ".md" : ".yaml");
  const act = async (given) => {
    const plain = given.get("name").trim().replace(/\.(ya?ml|jinja|md)$/, "");
    const name = `${folder.value}/${plain}${ending()}`;
    if (work.textOf(name) != null) throw new Error(`There is a file ${name} already.`);
    work.write(name, BEGINNINGS[folder.value]?.(plain) ?? "");
    go(["agents", "files", name]);
  };
  return html`<${Ask} title="New file" action="Make it" act=${act} close=${close}>
    <label for="new-folder">Kind</label>
    <select id="new-folder" value=${folder.value} onChange=${(event) => (folder.value = event.target.value)}>
      ${FOLDERS.map(([name, title]) => html`<option value=${name}>${title}</option>`)}
    </select>
    <label for="new-name">Name</label>
    <input id="new-name" name="name" required autocomplete="off" placeholder=${folder.value === "knowledge" ? "line/name" : "name"} />
    <p class="quiet">${folder.value}/NAME${ending()}</p>
  <//>`;
}

/** What the check says of the whole draft: each a link to its line. */
export function All() {
  const faults = [
    ...(work.check.value?.problems ?? []).map((one) => ({ ...one, severity: "error" })),
    ...(work.check.value?.warnings ?? []).map((one) => ({ ...one, severity: "warning" })),
  ];
  return html`<${Faults} faults=${faults} />`;
}

export function Faults({ faults, here }) {
  if (faults.length === 0) return null;
  return html`<ul class="faults problems" aria-label="What the check says">
    ${faults.map((one) => html`<li key=${`${one.file}:${one.line}:${one.message}`} class=${one.severity}>
      ${one.file ? html`<a href=${address(["agents", "files", one.file], { line: one.line || 1 })}
        onClick=${(event) => here && here(event, one)}>${here ? `line ${one.line || 1}` : `${one.file}:${one.line || 1}`}</a> ` : ""}
      ${one.severity === "warning" && html`<span class="mark">better put right</span> `}${one.message}</li>`)}
  </ul>`;
}
