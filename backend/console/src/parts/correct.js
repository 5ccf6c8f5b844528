// Putting a field of a filed case right: inputs by the field's kind. Whether the value is one of it, the server says.
import { useSignal } from "@preact/signals";

import { ask } from "../api.js";
import { html } from "../html.js";
import { Ask } from "./ask.js";
import { plain } from "./words.js";

const ADDRESS = ["street", "city", "state", "zipcode"];
const NUMBERS = ["integer", "money"];

/**
 * @param found the case as it was read, with its `etag`. @param spec of the field, from its form.
 * @param done with the case as it is then; also when somebody else was quicker, so that what they changed is seen.
 */
export function Correct({ place, found, spec, close, done }) {
  const seen = useSignal({ value: found.fields[spec.name], etag: found.etag }).value; // as it was when the dialog opened
  const open = useSignal(seen.value === null);
  const act = async (form) => {
    const value = open.value ? null : valueOf(spec, form);
    try {
      await ask("PATCH", place, { body: { fields: { [spec.name]: value } }, headers: { "If-Match": seen.etag } });
    } catch (error) {
      if (error.status === 412) done();
      throw error;
    }
    done();
  };
  return html`<${Ask} title=${`Correct: ${plain(spec.name)}`} action="Save" close=${close} act=${act}>
    ${!open.value && html`<${Inputs} spec=${spec} value=${seen.value ?? undefined} />`}
    ${spec.may_stay_open && html`<label class="row"><input type="checkbox" checked=${open.value} onChange=${(event) => (open.value = event.target.checked)} /> Leave it open</label>`}
    <p class="quiet">What the caller said is kept beside it, with your name.</p>
  <//>`;
}

function Inputs({ spec, value }) {
  const parts = partsOf(spec);
  if (spec.list) {
    return html`<label for="field-value">${spec.kind === "person" ? "One a line: name, relationship" : spec.kind === "group" ? "One a line, as JSON" : "One a line"}</label>
      <textarea id="field-value" name="value" rows="5" autofocus>${(value ?? []).map((one) => line(spec, one)).join("\n")}</textarea>`;
  }
  if (parts) return parts.map((part, index) => html`<${Input} key=${part.name} spec=${part} name=${`part-${part.name}`} label=${plain(part.name)} value=${value?.[part.name]} first=${index === 0} />`);
  return html`<${Input} spec=${spec} name="value" label="New value" value=${value} first />`;
}

function Input({ spec, name, label, value, first = false }) {
  const id = `field-${name}`;
  const choices = choicesOf(spec);
  const input = choices
    ? html`<select id=${id} name=${name} autofocus=${first}>
        <option value="" selected=${value === undefined}>Choose</option>
        ${choices.map(([one, text], index) => html`<option value=${index} selected=${one === value}>${text}</option>`)}</select>`
    : spec.kind === "text" && !spec.part
      ? html`<textarea id=${id} name=${name} rows="4" autofocus=${first}>${value ?? ""}</textarea>`
      : html`<input id=${id} name=${name} type=${NUMBERS.includes(spec.kind) ? "number" : spec.kind === "date" ? "date" : "text"} step="any" value=${value ?? ""} autofocus=${first} />`;
  return html`<label for=${id}>${label}</label>${input}`;
}

/** The inputs of a value that has parts; null where it has none. */
function partsOf(spec) {
  if (spec.kind === "address") return ADDRESS.map((name) => ({ name, kind: "text", part: true }));
  if (spec.kind === "group") return spec.parts.map((part) => ({ ...part, values: null, part: true }));
  if (spec.kind === "yes_no" && spec.details) return [{ name: spec.answer ?? "answer", kind: "yes_no" }, { name: spec.details, kind: "text" }];
  return null;
}

/** Pairs of a value and its text; null where it is written freely, as names of a list are. */
function choicesOf(spec) {
  if (spec.kind === "yes_no") return [[true, "Yes"], [false, "No"]];
  if (spec.kind !== "choice" || spec.values) return null;
  const values = [...new Set([...(spec.choices ?? []).map((one) => one.value), spec.otherwise])].filter((one) => one != null);
  return values.length ? values.map((one) => [one, typeof one === "string" ? plain(one) : String(one)]) : null;
}

function valueOf(spec, form) {
  if (spec.list) return form.get("value").split("\n").map((text) => text.trim()).filter(Boolean).map((text) => entry(spec, text));
  const parts = partsOf(spec);
  if (!parts) return read(spec, form.get("value"));
  const given = parts.map((part) => [part.name, read(part, form.get(`part-${part.name}`))]);
  // What a group leaves out is not there; an address and details have every part.
  return Object.fromEntries(given.filter(([, value]) => spec.kind !== "group" || value !== ""));
}

function read(spec, text) {
  const choices = choicesOf(spec);
  if (choices) return text === "" ? "" : choices[Number(text)][0]; // nothing chosen: the server says what is expected
  if (NUMBERS.includes(spec.kind) && text !== "") return Number(text);
  return text.trim();
}

function entry(spec, text) {
  if (spec.kind === "person") {
    const [name, ...rest] = text.split(",");
    return { name: name.trim(), relationship: rest.join(",").trim() };
  }
  if (spec.kind === "group") {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`This is no JSON: ${text}`);
    }
  }
  return read(spec, text);
}

const line = (spec, one) => spec.kind === "person" ? [one.name, one.relationship].filter(Boolean).join(", ") : typeof one === "object" ? JSON.stringify(one) : String(one);
