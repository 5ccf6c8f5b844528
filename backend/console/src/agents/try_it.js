// Trying the draft: write with it or speak with it, and see how it would understand a caller's words.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { ask, post } from "../api.js";
import { html } from "../html.js";
import { Trouble } from "../parts/states.js";
import { plain } from "../parts/words.js";
import { go } from "../router.js";
import { Faults } from "./files.js";
import { read } from "./names.js";
import * as work from "./workspace.js";

export function Try() {
  return html`<div class="try"><${Talk} /><${Understand} /></div>`;
}

/** A chat with the draft, and the way to the softphone. */
function Talk() {
  const lines = read("lines").map(([name]) => name);
  const line = useSignal(lines[0] ?? "");
  const chat = useSignal(null);
  const said = useSignal([]);
  const wrong = useSignal(null);
  const busy = useSignal(false);
  const leave = () => chat.value && ask("DELETE", `/api/v1/chat/${chat.value}`).catch(() => {});
  useEffect(() => leave, []);
  const trying = async (act) => {
    busy.value = true;
    wrong.value = null;
    try {
      await act();
    } catch (error) {
      wrong.value = error;
    }
    busy.value = false;
  };
  const take = (answer) => {
    said.value = [...said.value, ...answer.replies.map((one) => ({ who: one.agent, text: one.text })), ...(answer.outcome ? [{ note: `The chat is over: ${plain(answer.outcome).toLowerCase()}.` }] : [])];
    chat.value = answer.outcome ? null : answer.session;
  };
  const begin = () => trying(async () => {
    leave();
    said.value = [];
    const { version } = await work.tryable();
    take(await post("/api/v1/chat", { line: line.value, version, test: true }));
  });
  const speak = () => trying(async () => {
    const { version } = await work.tryable();
    go(["speak"], { line: line.value, version });
  });
  const write = (text) => trying(async () => {
    said.value = [...said.value, { who: "You", text }];
    take(await post("/api/v1/chat", { session: chat.value, text }));
  });
  return html`<section aria-labelledby="talk"><h2 id="talk">Talk with the draft</h2>
    <div class="row">
      <label>Line <select value=${line.value} onChange=${(event) => (line.value = event.target.value)}>${lines.map((name) => html`<option>${name}</option>`)}</select></label>
      <button class="main" disabled=${busy} onClick=${begin}>${chat.value ? "Begin anew" : "Write with it"}</button>
      <button disabled=${busy} onClick=${speak}>Speak with it</button>
    </div>
    <p class="quiet">It is a test: totals leave it out, and nothing goes live.</p>
    ${wrong.value && html`<${Trouble} message=${wrong.value.problems.length > 0 ? "The draft does not pass the check yet." : wrong.value.message} /><${Faults} faults=${wrong.value.problems.map((one) => ({ ...one, severity: "error" }))} />`}
    <div class="dialogue" role="log" aria-live="polite" aria-label="What is written" tabindex="0">${said.value.map((one, at) => one.note
      ? html`<p key=${at} class="note">${one.note}</p>` : html`<p key=${at} class=${`said ${one.who === "You" ? "caller" : "agent"}`}><b>${one.who}</b> ${one.text}</p>`)}</div>
    ${chat.value && html`<${Writing} write=${write} busy=${busy} />`}
  </section>`;
}

function Writing({ write, busy }) {
  const box = useRef(null);
  const send = (event) => {
    event.preventDefault();
    const text = box.current.value.trim();
    if (!text || busy.value) return;
    box.current.value = "";
    write(text);
  };
  return html`<form class="row" onSubmit=${send}><label class="wide">As the caller <input id="as-caller" ref=${box} autocomplete="off" maxlength="1000" /></label><button disabled=${busy}>Say</button></form>`;
}

const OUTCOMES = { value: "A value: it is kept, and read back with the rest.", ask: "A doubt: it is asked again.", none: "Nothing that answers the question." };
const INSTEAD = { unknown: "they do not know", wait: "they ask for time", question: "they ask back", person: "they want a person", other: "something else" };

/** How a caller's words would be understood as the answer to a field. */
function Understand() {
  const forms = read("forms");
  const form = useSignal(forms[0]?.[0] ?? "");
  const fields = (Array.isArray(forms.find(([name]) => name === form.value)?.[1].fields) ? forms.find(([name]) => name === form.value)[1].fields : []).map((one) => one?.name).filter(Boolean);
  const found = useSignal(null);
  const wrong = useSignal("");
  const act = async (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    wrong.value = "";
    try {
      found.value = await post("/api/v1/store/understand", { ...given, base: work.base.value.version, files: Object.fromEntries(work.changes.value) });
    } catch (error) {
      wrong.value = error.problems.length > 0 ? "The draft does not pass the check yet." : error.message;
    }
  };
  if (forms.length === 0) return null;
  return html`<section aria-labelledby="understand"><h2 id="understand">How words are understood</h2>
    <form class="understand" onSubmit=${act}>
      <label>Form <select name="form" value=${form.value} onChange=${(event) => (form.value = event.target.value)}>${forms.map(([name]) => html`<option>${name}</option>`)}</select></label>
      <label>Field <select name="field">${fields.map((name) => html`<option>${name}</option>`)}</select></label>
      <label>Language <input name="language" value="en-US" required size="6" pattern="[a-z]{2,3}(-[A-Za-z0-9]+)*" /></label>
      <label class="wide">What the caller says <input name="words" required maxlength="1000" autocomplete="off" /></label>
      <button class="main">Understand</button>
    </form>
    ${wrong.value && html`<${Trouble} message=${wrong.value} />`}
    ${found.value && html`<div role="status"><dl class="facts understood">
      <div class="wide"><dt>Asked</dt><dd>${found.value.asked}</dd></div>
      <div class="wide"><dt>Outcome</dt><dd class=${{ value: "state ok", ask: "state degraded" }[found.value.outcome] ?? ""}>${OUTCOMES[found.value.outcome]}${found.value.outcome === "none" && found.value.nothing && ` Instead: ${INSTEAD[found.value.nothing]}.`}</dd></div>
      ${found.value.value !== null && html`<div><dt>Value</dt><dd><code>${JSON.stringify(found.value.value)}</code></dd></div>`}
      ${found.value.others.length > 0 && html`<div><dt>Or</dt><dd><code>${found.value.others.map((one) => JSON.stringify(one)).join(", ")}</code></dd></div>`}
      ${(found.value.why || found.value.against.length > 0) && html`<div><dt>Why</dt><dd>${[found.value.why, ...found.value.against].filter(Boolean).join("; ")}</dd></div>`}
      ${found.value.again && html`<div class="wide"><dt>Asked next</dt><dd>${found.value.again}</dd></div>`}
      ${found.value.read_back && html`<div class="wide"><dt>Read back as</dt><dd>${found.value.read_back}</dd></div>`}
    </dl></div>`}
  </section>`;
}
