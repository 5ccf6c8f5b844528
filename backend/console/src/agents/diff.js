// What is different in one file: lines that go, and lines that come.
import { html } from "../html.js";
import { address } from "../router.js";
import { kit } from "./kit.js";

const SAID = { "+": "comes: ", "-": "goes: ", "…": "lines that stay" };

export function Diff({ name, before, after }) {
  const what = before === null ? "new" : after === null ? "taken away" : "";
  return html`<section class="diff" aria-label=${name}>
    <h2><a href=${address(["agents", "files", name])}><code>${name}</code></a> ${what && html`<span class="mark">${what}</span>`}</h2>
    <pre tabindex="0" aria-label=${`What is different in ${name}`}>${kit.value.compare(before ?? "", after ?? "").map(({ sign, text }) => html`<${Line} sign=${sign} text=${text} />`)}</pre>
  </section>`;
}

const KIND = { "+": "comes", "-": "goes", "…": "gap" };

const Line = ({ sign, text }) => html`<span class=${KIND[sign] ?? ""}><span aria-hidden="true">${sign} </span>${SAID[sign] && html`<span class="hidden">${SAID[sign]}</span>`}${text}</span>`;

/** The unified diff that the server gives, line by line. */
export function ServerDiff({ text }) {
  if (!text) return html`<p class="quiet">Nothing is different.</p>`;
  return html`<section class="diff" aria-label="What is different"><pre tabindex="0" aria-label="What is different">${text.split("\n").map((line) =>
    html`<span class=${/^(\+\+\+|---|@@)/.test(line) ? "gap" : KIND[line[0]] ?? ""}>${line}</span>`)}</pre></section>`;
}
