// What was filed, what broke off, and who wishes to be called back: with every field, and the call in which it was said.
import { useSignal } from "@preact/signals";

import { ask, get } from "../api.js";
import { html } from "../html.js";
import { lines, zoneOf } from "../lines.js";
import { CallBack } from "../parts/call_back.js";
import { Correct } from "../parts/correct.js";
import { Filters } from "../parts/filters.js";
import { useList } from "../parts/list.js";
import { useResource } from "../parts/resource.js";
import { saidIn } from "../parts/said_in.js";
import { Nothing, Trouble, Waiting } from "../parts/states.js";
import { beginOfDay, Moment } from "../parts/time.js";
import { Waits, Wish, WISHES } from "../parts/wish.js";
import { plain, several } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";

const PATH = "/api/v1/cases";
const STATUS = [["", "Filed"], ["draft", "Not filed yet"], ["broken_off", "Broken off"], ...Object.entries(WISHES).map(([name, text]) => [name, name === "done" ? "Call back done" : text]), ["any", "All"]];
const WISH = "call_back";
const last = (found) => found.number || `${found.call_id}/${found.form}`;

export function Cases({ rest, query }) {
  if (rest[0] === "call-back" && rest[1]) return html`<${Wish} key=${rest[1]} id=${rest[1]} />`;
  if (rest.length > 0) return html`<${Case} key=${rest[0]} number=${rest[0]} />`;
  return html`<${List} query=${query} />`;
}

function List({ query }) {
  const forms = useResource(async (signal) => formsIn(await get("/api/v1/store", {}, signal)), []);
  return html`<h1>Cases</h1>
    <${Filters} path=${["cases"]} query=${query} fields=${fields(forms.data.value ?? [])} />
    ${query.get("status") !== "open" && html`<${Waits} line=${query.get("line")} />`}
    <${All} query=${query} />`;
}

/** Names of the forms that are live. */
const formsIn = ({ files }) => files.flatMap(({ name }) => /^forms\/([^/]+)\.ya?ml$/.exec(name)?.slice(1) ?? []);

const fields = (forms) => [
  { name: "form", label: "Form", kind: "select", options: [["", "All forms"], ...[...forms, WISH].map((name) => [name, plain(name)])] },
  { name: "status", label: "State", kind: "select", options: STATUS },
  { name: "line", label: "Line", kind: "select", options: [["", "All lines"], ...lines.value.map(({ name }) => [name, name])] },
  { name: "verified", label: "Caller", kind: "select", options: [["", "Any"], ["true", "Verified"], ["false", "Not verified"]] },
  { name: "test", label: "Tests", kind: "select", options: [["", "With tests"], ["false", "Without tests"], ["true", "Only tests"]] },
  { name: "from", label: "From", kind: "date" },
  { name: "to", label: "To", kind: "date" },
  { name: "caller", label: "Number", kind: "text", placeholder: "number or withheld" },
];

function All({ query }) {
  const zone = zoneOf(query.get("line"));
  const filters = {
    ...Object.fromEntries(["form", "status", "line", "verified", "test", "caller"].map((name) => [name, query.get(name)])),
    since: query.get("from") && beginOfDay(query.get("from"), zone),
    until: query.get("to") && beginOfDay(query.get("to"), zone, 1),
  };
  const { rows, totals, error, asking, more, again, next } = useList(PATH, filters, last);
  if (error.value) return html`<${Trouble} message=${error.value} again=${again} />`;
  if (rows.value === null) return html`<${Waiting} />`;
  const { real, tests } = totals.value;
  return html`<p role="status">${query.get("test") === "true" ? several(tests, "case of tests", "cases of tests") : `${several(real, "case")}${tests ? ` and ${tests} of tests` : ""}`}</p>
    ${may("operator") && rows.value.length > 0 && html`<p class="row">Save all as: <a href=${exported(filters, "csv")} download>CSV</a> <a href=${exported(filters, "json")} download>JSON</a></p>`}
    ${rows.value.length === 0
      ? html`<${Nothing}>No case fits. ${[...query].length > 0 ? "Fewer filters show more." : "A case appears here when an agent has filed it."}<//>`
      : html`<table class="cards"><thead><tr>
          <th scope="col">Case</th><th scope="col">Form</th><th scope="col">State</th><th scope="col">When</th>
          <th scope="col">Line</th><th scope="col">About</th><th scope="col">Fields</th>
        </tr></thead><tbody>${rows.value.map((found) => html`<${Row} key=${last(found)} found=${found} />`)}</tbody></table>`}
    ${more.value && html`<p><button onClick=${next} disabled=${asking}>Show more</button></p>`}`;
}

function exported(filters, as) {
  const query = Object.entries({ ...filters, as }).filter(([, value]) => value);
  return `${PATH}/export?${new URLSearchParams(query)}`;
}

function Row({ found }) {
  const open = useSignal(false);
  const wish = found.form === WISH;
  const name = found.number || (wish ? "wish to be called back" : "no number yet");
  const place = found.number ? ["cases", found.number] : wish ? ["cases", "call-back", found.call_id] : ["calls", found.call_id];
  return html`<tr>
      <th scope="row"><a href=${address(place)}>${name}</a>
        ${found.test && html` <span class="mark">test</span>`}</th>
      <td data-label="Form">${plain(found.form)}</td>
      <td data-label="State">${WISHES[found.status] ?? (found.broken_off ? "Broken off" : found.filed_at ? "Filed" : "Not filed yet")}${!found.verified && !wish && html`<span class="quiet">, caller not verified</span>`}</td>
      <td data-label="When"><${Moment} at=${found.filed_at ?? found.updated_at} line=${found.line} /></td>
      <td data-label="Line">${found.line}</td>
      <td data-label="About">${found.subject || html`<span class="quiet">nobody known</span>`}</td>
      <td><button class="plain" aria-expanded=${open.value} onClick=${() => (open.value = !open.value)}>
        ${open.value ? "Hide" : several(Object.keys(found.fields).length, "field")}<span class="hidden"> of ${name}</span></button>
        ${found.broken_off && html` <${CallBack} id=${found.call_id} form=${found.form} whom=${`about ${plain(found.form)} of ${found.subject || "nobody known"}`} />`}</td>
    </tr>
    ${open.value && html`<tr class="inside"><td colspan="7"><${Inside} found=${found} /></td></tr>`}`;
}

/** What is in a row: each field with the turn in which it was told, also where nothing was filed in the end. */
function Inside({ found }) {
  const { data } = useResource((signal) => (found.form === WISH ? {} : told(found, signal)), [found.call_id, found.form]);
  const { call, form } = data.value ?? {};
  return html`<${Fields} fields=${found.fields} call=${found.call_id} turns=${saidIn(call, form)} />`;
}

/** The call of a case, and its form as it is now; nothing of what cannot be had, or may not be seen. */
async function told(found, signal) {
  const form = may("operator") ? await get(`/api/v1/forms/${encodeURIComponent(found.form)}`, {}, signal).catch(() => null) : null;
  return { form, call: await get(`/api/v1/calls/${encodeURIComponent(found.call_id)}`, {}, signal).catch(() => null) };
}

function Case({ number }) {
  const place = `${PATH}/${encodeURIComponent(number)}`;
  const { data, error, again } = useResource(async (signal) => {
    const { data: found, headers } = await ask("GET", place, { signal });
    const { form, call } = await told(found, signal);
    return { ...found, etag: headers.get("ETag"), specs: form?.fields ?? [], turns: saidIn(call, form), line: call?.line }; // where its clock is
  }, [number]);
  const back = html`<p><a href=${address(["cases"])}>All cases</a></p>`;
  if (error.value) return html`${back}<${Trouble} message=${error.value} again=${again} />`;
  if (!data.value) return html`${back}<${Waiting} />`;
  const found = data.value;
  return html`${back}<h1>${plain(found.form)} ${found.number}</h1>
    <dl class="facts">
      <div><dt>Filed</dt><dd><${Moment} at=${found.filed_at} line=${found.line} /></dd></div>
      <div><dt>About</dt><dd>${found.subject || "nobody known"}</dd></div>
      <div><dt>Caller</dt><dd>${found.verified ? "Verified" : html`<span class="state degraded">Not verified: whose case it is must be found</span>`}</dd></div>
      <div><dt>Said in</dt><dd><a href=${address(["calls", found.call_id])}>this call</a></dd></div>
    </dl>
    <h2>Fields</h2><${Correctable} place=${place} found=${found} again=${again} />
    ${found.notes.length > 0 && html`<h2>Added later</h2>
      ${found.notes.map((note) => html`<p><a href=${address(["calls", note.call_id])}><${Moment} at=${note.at} line=${found.line} /></a> ${note.text}</p>`)}`}`;
}

/** The fields as they stand, each with what the caller said before somebody put it right. */
function Correctable({ place, found, again }) {
  const asked = useSignal("");
  const specs = Object.fromEntries(found.specs.map((spec) => [spec.name, spec]));
  const lacking = found.specs.filter(({ name }) => !(name in found.fields));
  const close = () => (asked.value = "");
  const button = (name, text) => html`<button class="plain" onClick=${() => (asked.value = name)}>${text}</button>`;
  return html`<dl class="fields">${Object.entries(found.fields).map(([name, value]) => html`<div key=${name}>
      <dt>${plain(name)} ${specs[name] && button(name, html`Correct<span class="hidden"> ${plain(name)}</span>`)}</dt>
      <dd><${Value} value=${value} />
        <${WhenSaid} call=${found.call_id} turn=${found.turns[name]} name=${name} />
        ${found.corrections.filter((one) => one.name === name).map((one, index) => html`<div class="quiet">
        Corrected by ${one.who}, <${Moment} at=${one.at} line=${found.line} />. ${index === 0 ? "The caller said: " : "Before: "}<${Value} value=${one.before} /></div>`)}</dd></div>`)}</dl>
    ${lacking.length > 0 && html`<p class="row"><span class="quiet">Not asked, and may be added:</span> ${lacking.map(({ name }) => button(name, plain(name)))}</p>`}
    ${asked.value && html`<${Correct} key=${asked.value} place=${place} found=${found} spec=${specs[asked.value]} close=${close} done=${again} />`}`;
}

/** The way to the turn in which a field was told, where that is known. */
const WhenSaid = ({ call, turn, name }) => turn !== undefined && html` <a class="quiet" href=${address(["calls", call], { turn })}>when it was said<span class="hidden">: ${plain(name)}</span></a>`;

function Fields({ fields, call, turns = {} }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return html`<p class="quiet">none yet</p>`;
  return html`<dl class="fields">${entries.map(([name, value]) => html`<div key=${name}><dt>${plain(name)}</dt><dd><${Value} value=${value} /><${WhenSaid} call=${call} turn=${turns[name]} name=${name} /></dd></div>`)}</dl>`;
}

function Value({ value }) {
  if (value === null || value === "") return html`<span class="quiet">left open</span>`;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length ? html`<ol>${value.map((one) => html`<li><${Value} value=${one} /></li>`)}</ol>` : html`<span class="quiet">none</span>`;
  if (typeof value === "object") return html`<${Fields} fields=${value} />`;
  // A moment as it was said, where it was said: without the zone, which nobody said.
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? value.slice(0, 16).replace("T", " ") : String(value);
}
