// Forms for what is changed most often. Each writes into the same YAML text that the editor shows, so that comments stay
// and everything else can still be written by hand.
import { html } from "../html.js";
import { Area, Field, Texts } from "./fields.js";
import { kit } from "./kit.js";
import { Line } from "./line_form.js";
import { Listen } from "./listen.js";
import { known } from "./names.js";
import { Order } from "./order.js";
import * as work from "./workspace.js";

const SHOWN = { agents: Agent, lines: Line, forms: Form, phrases: Phrases };

export const hasForm = (name) => name.split("/")[0] in SHOWN;

export function Common({ name, text }) {
  const says = kit.value.readYaml(text);
  if (Object.keys(says).length === 0) return html`<p class="trouble">This file cannot be read as YAML just now. Mend it as text first.</p>`;
  const set = (path, value) => work.write(name, kit.value.edited(work.textOf(name), path, value));
  const Kind = SHOWN[name.split("/")[0]];
  return html`<form class="common" onSubmit=${(event) => event.preventDefault()}><${Kind} name=${name} says=${says} set=${set} /></form>`;
}

function Agent({ says, set }) {
  const used = (Array.isArray(says.tools) ? says.tools : []).map((one) => one?.name ?? one);
  const all = [...new Set([...known().tools, ...used])].sort();
  const turn = (tool, on) => set(["tools"], on ? [...(says.tools ?? []), tool] : says.tools.filter((one) => (one?.name ?? one) !== tool));
  return html`
    <${Texts} label="Greeting" value=${says.greeting ?? ""} path=${["greeting"]} set=${set} />
    <${Field} label="Voice" value=${says.voice?.name ?? ""} list=${voices()} set=${(value) => set(["voice", "name"], value || undefined)} hint="A neural voice of Azure, such as en-US-AvaMultilingualNeural" />
    <${Field} label="Faster or slower" value=${says.voice?.rate ?? ""} set=${(value) => set(["voice", "rate"], value || undefined)} hint="Such as +5% or -10%" />
    <${Listen} voice=${says.voice ?? {}} text=${spoken(says.greeting)} />
    <fieldset><legend>Tools</legend><div class="checks">${all.map((tool) => html`<label key=${tool}><input type="checkbox" checked=${used.includes(tool)} onChange=${(event) => turn(tool, event.target.checked)} /> ${tool}</label>`)}</div></fieldset>`;
}

// A sentence to hear a voice by: the greeting, without what only a call can fill in.
function spoken(greeting) {
  const text = typeof greeting === "string" ? greeting : Object.values(greeting ?? {})[0] ?? "";
  return text.replaceAll(/\{\{[^}]*\}\}/g, "us").replaceAll(/\{%[^%]*%\}/g, "").trim() || "Thank you for calling. How can I help you today?";
}

const voices = () => [...new Set(work.names.value.filter((one) => one.startsWith("agents/") && work.textOf(one) != null).map((one) => kit.value.readYaml(work.textOf(one)).voice?.name).filter(Boolean))];

function Form({ name, says, set }) {
  const fields = Array.isArray(says.fields) ? says.fields : [];
  const move = (from, to) => work.write(name, kit.value.moved(work.textOf(name), ["fields"], from, to));
  return html`
    <${Field} label="What it is for" value=${says.description ?? ""} set=${(value) => set(["description"], value)} />
    <fieldset><legend>Fields, in the order in which they are asked</legend>
      <${Order} entries=${fields.map((one, at) => ({ key: one?.name ?? String(at), title: one?.name ?? "?", more: one?.type ?? one?.kind ?? "" }))} move=${move} />
    </fieldset>`;
}

function Phrases({ says, set }) {
  return html`${Object.entries(says).map(([key, value]) => Array.isArray(value)
    ? html`<${Area} key=${key} label=${key} value=${value.join("\n")} hint="One a line, said in turn" set=${(text) => set([key], text.split("\n").map((one) => one.trim()).filter(Boolean))} />`
    : typeof value === "string" && html`<${Area} key=${key} label=${key} value=${value} set=${(text) => set([key], text)} />`)}`;
}
