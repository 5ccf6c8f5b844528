// One file in the editor, with what the check says beside it.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Ask } from "../parts/ask.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { Common, hasForm } from "./common.js";
import { Faults } from "./files.js";
import { kit, nonce } from "./kit.js";
import { known, schemaOf } from "./names.js";
import * as work from "./workspace.js";

export function FileEditor({ name, line, view }) {
  const text = work.textOf(name);
  const asking = useSignal(false);
  const hand = useRef(null);
  const changed = work.changes.value.has(name);
  const gone = text === null;
  const faults = work.faultsOf(name);
  const go = (event, fault) => {
    event.preventDefault();
    hand.current?.go(fault.line || 1);
  };
  return html`<div class="between row">
      <h2 class="file"><code>${name}</code></h2>
      ${may("editor") && html`<div class="row">
        ${changed && html`<button class="plain" onClick=${() => work.write(name, undefined)}>Undo my changes of it</button>`}
        ${!gone && html`<button class="plain" onClick=${() => (asking.value = true)}>Take it away</button>`}
      </div>`}
    </div>
    ${may("editor") && hasForm(name) && !gone && html`<nav class="views" aria-label="How to change it">
      <a href=${address(["agents", "files", name])} aria-current=${view === "form" ? undefined : "page"}>As text</a>
      <a href=${address(["agents", "files", name], { as: "form" })} aria-current=${view === "form" ? "page" : undefined}>As a form</a></nav>`}
    ${gone ? html`<p class="nothing">This file is taken away in your draft.</p>` : view === "form" && may("editor") && hasForm(name) ? html`<${Common} name=${name} text=${text} />` : html`<${Text} name=${name} text=${text} faults=${faults} line=${line} hand=${hand} />`}
    <div role="status" aria-live="polite">
      ${work.checking.value ? html`<p class="quiet">The check looks at it …</p>`
        : work.check.value && faults.length === 0 && html`<p class="quiet">${others() || "The check finds nothing wrong."}</p>`}
      <${Faults} faults=${faults} here=${go} />
    </div>
    ${asking.value && html`<${Ask} title=${`Take ${name} away?`} action="Take it away" danger
      act=${async () => work.write(name, null)} close=${() => (asking.value = false)}>
      <p>It is taken away in your draft; nothing of it is live until you put it live.</p><//>`}`;
}

function others() {
  const count = work.check.value.problems.length;
  return count > 0 ? `Nothing wrong here; ${count} elsewhere.` : "";
}

function Text({ name, text, faults, line, hand }) {
  const place = useRef(null);
  useEffect(() => {
    hand.current = kit.value.editor(place.current, {
      text, language: name.endsWith(".jinja") ? "jinja" : name.endsWith(".md") ? "text" : "yaml", label: name,
      readOnly: !may("editor"), nonce: nonce(), changed: (now) => work.write(name, now),
      schema: () => schemaOf(name), names: known,
    });
    return () => hand.current.close();
  }, []);
  useEffect(() => hand.current.set(text), [text]);
  useEffect(() => hand.current.show(faults), [JSON.stringify(faults)]);
  useEffect(() => {
    if (line > 0) hand.current.go(line);
  }, [line]);
  return html`<div class="editor" ref=${place}></div>`;
}
