// The filters above a list. They stand in the address, so that a list can be kept as a bookmark; empty ones are left out.
import { html } from "../html.js";
import { go } from "../router.js";

/** @param fields [{name, label, kind: "select" | "date" | "text", options: [[value, text]], ...}] */
export function Filters({ path, query, fields, children }) {
  const change = (event) => {
    const form = new FormData(event.currentTarget.form ?? event.currentTarget);
    go(path, Object.fromEntries([...form].map(([name, value]) => [name, value.trim()])), { instead: true });
  };
  return html`<form class="filters" role="search" onSubmit=${(event) => (event.preventDefault(), change(event))}>
    ${fields.map((field) => html`<label key=${field.name}><span>${field.label}</span>${input(field, query.get(field.name) ?? "", change)}</label>`)}
    <div class="row">${children}
      ${[...query].length > 0 && html`<button type="button" class="plain" onClick=${() => go(path, {}, { instead: true })}>Clear</button>`}
    </div>
  </form>`;
}

function input({ name, kind, options, placeholder }, value, change) {
  if (kind === "select") {
    return html`<select name=${name} value=${value} onChange=${change}>
      ${known(options, value).map(([option, text]) => html`<option value=${option} selected=${option === value}>${text}</option>`)}
    </select>`;
  }
  return html`<input name=${name} type=${kind} value=${value} placeholder=${placeholder} onChange=${change} />`;
}

/** What may be chosen. What an address or an old view asks for stands among it: no filter works unseen. */
const known = (options, value) => (options.some(([option]) => option === value) ? options : [...options, [value, value]]);
