// Two people changed the same place: both texts stand side by side, and somebody chooses. Nothing is lost until then.
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { several } from "../parts/words.js";
import { chosen } from "./merging.js";
import * as work from "./workspace.js";

const CHOICES = [["mine", "Mine"], ["theirs", "Theirs"], ["both", "Both, theirs first"]];

export function Merge() {
  const { open, joined, files, onto, whose } = work.merging.value;
  const choices = useSignal({});
  const places = open.flatMap(({ name, pieces }) => pieces.filter((piece) => !("ok" in piece)).map((_, at) => `${name} ${at}`));
  const left = places.filter((place) => !choices.value[place]).length;
  const done = () => {
    const whole = { ...files };
    for (const { name, pieces } of open) {
      const text = chosen(pieces, pieces.filter((piece) => !("ok" in piece)).map((_, at) => choices.value[`${name} ${at}`]));
      if (text !== null) whole[name] = text;
    }
    work.settle(whole, onto);
  };
  return html`<h2>Merge with ${whose}</h2>
    <p>You and somebody else changed the same ${places.length === 1 ? "place" : `${places.length} places`}. Choose what is to stand there; you can still edit it afterwards.
      ${joined.length > 0 && ` ${several(joined.length, "other file")} could be merged without a question: ${joined.join(", ")}.`}</p>
    ${open.map(({ name, pieces }) => html`<section class="merge" key=${name} aria-label=${name}><h2><code>${name}</code></h2>
      ${pieces.filter((piece) => !("ok" in piece)).map((piece, at) => html`<${Place} key=${at} id=${`${name} ${at}`} piece=${piece} choices=${choices} />`)}</section>`)}
    <p class="row"><button class="main" disabled=${left > 0} onClick=${done}>Take it over into my draft</button>
      ${left > 0 && html`<span class="quiet">${several(left, "place")} to choose</span>`}</p>`;
}

function Place({ id, piece, choices }) {
  return html`<fieldset><legend>Which shall stand?</legend>
    <div class="sides">
      <div><b>Mine</b><pre tabindex="0" aria-label="Mine">${piece.mine ?? "(taken away)"}</pre></div>
      <div><b>Theirs</b><pre tabindex="0" aria-label="Theirs">${piece.theirs ?? "(taken away)"}</pre></div>
    </div>
    <div class="row">${CHOICES.filter(([name]) => name !== "both" || (piece.mine !== null && piece.theirs !== null)).map(([name, text]) => html`<label class="row">
      <input type="radio" name=${id} value=${name} checked=${choices.value[id] === name} onChange=${() => (choices.value = { ...choices.value, [id]: name })} /> ${text}</label>`)}</div>
  </fieldset>`;
}
