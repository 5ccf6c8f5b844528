// The fields of forms: each has its label, writes when it is left, and says what belongs into it.
import { html } from "../html.js";

/** A text that is written in one language, or in each. */
export function Texts({ label, value, path, set }) {
  if (value === null || typeof value !== "object") return html`<${Area} label=${label} value=${value ?? ""} set=${(text) => set(path, text)} />`;
  return html`${Object.entries(value).map(([language, text]) => html`<${Area} key=${language} label=${`${label}, ${language}`} value=${text} set=${(next) => set([...path, language], next)} />`)}`;
}

export function Field({ label, value, set, hint, list, placeholder }) {
  const id = idOf(label);
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} value=${value} placeholder=${placeholder} list=${list ? `${id}-list` : undefined} autocomplete="off" aria-describedby=${hint ? `${id}-hint` : undefined}
      onChange=${(event) => event.target.value !== value && set(event.target.value.trim())} />
    ${list && html`<datalist id=${`${id}-list`}>${list.map((one) => html`<option value=${one} />`)}</datalist>`}
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}</div>`;
}

export function Area({ label, value, set, hint, least = 1 }) {
  const id = idOf(label);
  const rows = Math.min(8, Math.max(least, Math.ceil(String(value).length / 90), String(value).split("\n").length));
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea id=${id} rows=${rows} value=${value} aria-describedby=${hint ? `${id}-hint` : undefined} onChange=${(event) => event.target.value !== value && set(event.target.value)}></textarea>
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}</div>`;
}

/** One of a few: `options` is [[value, text]]. */
export function Choice({ label, value, options, set }) {
  const id = idOf(label);
  return html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} value=${value} onChange=${(event) => set(event.target.value)}>${options.map(([one, text]) => html`<option key=${one} value=${one}>${text}</option>`)}</select></div>`;
}

export const Check = ({ label, on, set }) => html`<label class="check"><input type="checkbox" checked=${on} onChange=${(event) => set(event.target.checked)} /> ${label}</label>`;

const idOf = (label) => `field-${label.replaceAll(/\W+/g, "-")}`;
