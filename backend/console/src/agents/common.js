// Forms for what is changed most often. Each writes into the same YAML text that the editor shows, so that comments stay
// and everything else can still be written by hand.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Order } from "./order.js";
import { kit } from "./kit.js";
import { Listen } from "./listen.js";
import { known } from "./names.js";
import * as work from "./workspace.js";

const DAYS = [["mon", "Monday"], ["tue", "Tuesday"], ["wed", "Wednesday"], ["thu", "Thursday"], ["fri", "Friday"], ["sat", "Saturday"], ["sun", "Sunday"]];
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

function Line({ says, set }) {
  const week = says.hours?.week;
  return html`
    <${Field} label="Company" value=${says.company ?? ""} set=${(value) => set(["company"], value)} />
    <${Field} label="A person is reached at" value=${says.person?.number ?? ""} set=${(value) => set(["person", "number"], value)} hint="With the country, as +13125550142" />
    <${Field} label="Time zone" value=${says.timezone ?? ""} set=${(value) => set(["timezone"], value)} hint="Such as America/Chicago" />
    <fieldset><legend>Hours</legend>
      ${says.hours && !week ? html`<p class="quiet">This line's hours are written in another way than by weekday; change them as text.</p>` : html`
        <label class="check"><input type="checkbox" checked=${!says.hours} onChange=${(event) => set(["hours"], event.target.checked ? undefined : hours(says))} /> Open at all hours</label>
        ${week && DAYS.map(([day, title]) => html`<${Field} key=${day} label=${title} value=${(week[day] ?? []).join(", ")} placeholder="closed" hint=${day === "mon" ? "Such as 08:00-12:00, 13:00-17:00" : ""}
          set=${(value) => set(["hours", "week", day], intervals(value))} />`)}`}
    </fieldset>`;
}

const intervals = (text) => text.split(/[,;]\s*|\s+/).map((one) => one.trim().replace("–", "-")).filter(Boolean);
const hours = ({ timezone }) => ({ timezone: timezone ?? "", week: Object.fromEntries(DAYS.slice(0, 5).map(([day]) => [day, ["09:00-17:00"]])) });

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

/** A text that is written in one language, or in each. */
function Texts({ label, value, path, set }) {
  if (value === null || typeof value !== "object") return html`<${Area} label=${label} value=${value ?? ""} set=${(text) => set(path, text)} />`;
  return html`${Object.entries(value).map(([language, text]) => html`<${Area} key=${language} label=${`${label}, ${language}`} value=${text} set=${(next) => set([...path, language], next)} />`)}`;
}

function Field({ label, value, set, hint, list, placeholder }) {
  const id = `field-${label.replaceAll(/\W+/g, "-")}`;
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} value=${value} placeholder=${placeholder} list=${list ? `${id}-list` : undefined} autocomplete="off" aria-describedby=${hint ? `${id}-hint` : undefined}
      onChange=${(event) => event.target.value !== value && set(event.target.value.trim())} />
    ${list && html`<datalist id=${`${id}-list`}>${list.map((one) => html`<option value=${one} />`)}</datalist>`}
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}</div>`;
}

function Area({ label, value, set, hint }) {
  const id = `field-${label.replaceAll(/\W+/g, "-")}`;
  const rows = useSignal(Math.min(8, Math.max(1, Math.ceil(String(value).length / 90), String(value).split("\n").length)));
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea id=${id} rows=${rows.value} value=${value} aria-describedby=${hint ? `${id}-hint` : undefined} onChange=${(event) => event.target.value !== value && set(event.target.value)}></textarea>
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}</div>`;
}
