// The page on which somebody speaks with a line: call, hear, and see what the agent does.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { get } from "../api.js";
import { html } from "../html.js";
import { useResource } from "../parts/resource.js";
import { who } from "../session.js";
import { Trouble, Waiting } from "../parts/states.js";
import { microphones } from "./audio.js";
import * as phone from "./call.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
/** What there is to say of the recognizers of the local Azure. */
const EARS = {
  Moonshine: ", which knows English and gets one word in ten wrong",
  PocketSphinx: ", which gets one word in five wrong, more of a voice that mumbles; EARS=whisper make run hears better",
  "a script": ", which knows what recorded callers say and understands nobody else",
};
const LIVE = new Set(["calling", "open", "broken"]);

export function Speak({ query }) {
  const { data, error, again } = useResource(
    async (signal) => ({
      lines: await get("/api/v1/lines", {}, signal),
      versions: await get("/api/v1/store/revisions", { limit: 20 }, signal).catch(() => []),
    }),
    [],
  );
  return html`<h1>Speak</h1>
    ${error.value && html`<${Trouble} message=${error.value} again=${again} />`}
    ${data.value
      ? html`<div class="softphone">
          <div>${LIVE.has(phone.stage.value) ? html`<${Under} />` : html`<${Begin} ...${data.value} query=${query} />`}</div>
          <${Dialogue} />
          <${Forms} />
        </div>`
      : !error.value && html`<${Waiting} />`}`;
}

function Begin({ lines, versions, query }) {
  const line = useSignal(query.get("line") ?? lines[0]?.name ?? "");
  const version = useSignal(query.get("version") ?? "");
  const caller = useSignal("");
  const types = useSignal(!navigator.mediaDevices);
  const device = useSignal("");
  const found = useSignal([]);
  useEffect(() => {
    microphones().then((all) => (found.value = all));
  }, []);
  const begin = (event) => {
    event.preventDefault();
    const number = caller.value.replace(/[\s().-]/g, "");
    phone.begin({ line: line.value, caller: number, version: version.value }, { microphone: !types.value, device: device.value });
  };
  const drafted = version.value && !versions.some((one) => one.version === version.value);
  return html`<form class="call" onSubmit=${begin}>
    <${Ended} />
    <label>Line <select value=${line} onChange=${(e) => (line.value = e.target.value)}>
      ${lines.map((one) => html`<option value=${one.name}>${one.company ? `${one.name}, ${one.company}` : one.name}</option>`)}
    </select></label>
    <label>Caller's number <input value=${caller} onInput=${(e) => (caller.value = e.target.value)} type="tel" inputmode="tel"
      autocomplete="off" placeholder="withheld" pattern="\\+[1-9][0-9 ().\\-]{6,20}" title="With the country, as +1 312 555 0142" /></label>
    <label>Version <select value=${version} onChange=${(e) => (version.value = e.target.value)}>
      <option value="">the live one</option>
      ${drafted && html`<option value=${version.value}>draft ${version.value.slice(0, 8)}</option>`}
      ${versions.filter((one) => !one.live).map((one) => html`<option value=${one.version}>${when(one)}</option>`)}
    </select></label>
    <label>Microphone <select value=${types.value ? "none" : device.value} onChange=${(e) => choose(e.target.value, types, device)}>
      <option value="">the usual one</option>
      ${found.value.map((one, i) => html`<option value=${one.deviceId}>${one.label || `microphone ${i + 1}`}</option>`)}
      <option value="none">none: I type, or play recordings</option>
    </select></label>
    <button class="main">Call</button>
    <small>The call is a test: totals leave it out. You are heard by ${who.value?.heard_by}${EARS[who.value?.heard_by]}.</small>
  </form>`;
}

function choose(value, types, device) {
  types.value = value === "none";
  device.value = types.value ? "" : value;
}

const when = ({ at, actor, version }) => `${new Date(at).toLocaleString()}, ${actor}, ${version.slice(0, 8)}`;

function Ended() {
  if (phone.trouble.value) return html`<${Trouble} message=${phone.trouble.value} />`;
  const ending = phone.ending.value;
  if (!ending) return null;
  const { call_id: id } = phone.call.value;
  return html`<p role="status">The call is over: ${ending.outcome.replaceAll("_", " ")}${ending.detail && `, ${ending.detail}`}.
    ${id && html` <a href=${`#/calls/${id}`}>Look at it</a>`}</p>`;
}

function Under() {
  const box = useRef(null);
  useEffect(() => box.current?.focus(), []);
  const { line, agent, state } = phone.call.value;
  const says = { calling: "Calling", broken: "The connection broke; calling back" }[phone.stage.value] ?? `${agent ?? ""} is ${state ?? "there"}`;
  return html`<div class="call" role="group" aria-label="Call" tabindex="-1" ref=${box}>
    <p role="status" class=${`stage ${phone.stage.value} ${state ?? ""}`}>${says}</p>
    <p class="quiet">${line}${phone.firstSound.value !== null && html`, <span id="first-sound">first sound after ${(phone.firstSound.value / 1000).toFixed(2)} s</span>`}</p>
    ${phone.trouble.value && html`<${Trouble} message=${phone.trouble.value} />`}
    <label>You are heard <meter min="0" max="0.3" value=${phone.level.value}></meter></label>
    <div class="buttons">
      <button aria-pressed=${phone.muted.value} onClick=${() => phone.mute(!phone.muted.value)}>${phone.muted.value ? "Muted" : "Mute"}</button>
      <button class="danger" onClick=${phone.hangUp}>Hang up</button>
    </div>
    <${OtherMicrophone} />
    <${Writing} />
    <details><summary>Keys</summary><div class="keys" role="group" aria-label="Keys of the phone">
      ${KEYS.map((key) => html`<button onClick=${() => phone.press(key)}>${key}</button>`)}
    </div></details>
    <details><summary>Recordings</summary>
      <label>Sound files, spoken one after the other <input type="file" accept="audio/*" multiple
        onChange=${(event) => phone.speakFiles([...event.target.files])} /></label>
    </details>
  </div>`;
}

/** Another microphone while one speaks: now the browser tells their names. */
function OtherMicrophone() {
  const found = useSignal([]);
  useEffect(() => {
    microphones().then((all) => (found.value = all));
  }, [phone.stage.value]);
  if (found.value.length < 2) return null;
  return html`<label>Microphone <select id="microphone" onChange=${(event) => event.target.value && phone.changeMicrophone(event.target.value)}>
    <option value="">as it is</option>
    ${found.value.map((one, i) => html`<option value=${one.deviceId}>${one.label || `microphone ${i + 1}`}</option>`)}
  </select></label>`;
}

function Writing() {
  const text = useSignal("");
  const send = (event) => {
    event.preventDefault();
    if (text.value.trim()) phone.write(text.value.trim().slice(0, 1000));
    text.value = "";
  };
  return html`<form class="writing" onSubmit=${send}>
    <label>Say it in writing <input id="write" autocomplete="off" maxlength="1000" value=${text} onInput=${(e) => (text.value = e.target.value)} /></label>
    <button>Say</button>
  </form>`;
}

function Dialogue() {
  const end = useRef(null);
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [phone.dialogue.value.length]);
  return html`<section class="dialogue" aria-label="What is said" tabindex="0" role="log" aria-live="polite">
    ${phone.dialogue.value.length === 0 && html`<p class="nothing">What is said, and what the agent does, stands here.</p>`}
    ${phone.dialogue.value.map((one) => one.note
      ? html`<p key=${one.id} class="note">${one.note}</p>`
      : html`<p key=${one.id} class=${`said ${one.who} ${one.final ? "" : "partial"}`}><b>${one.who === "caller" ? "You" : one.agent || "Agent"}</b> ${one.text}</p>`)}
    <span ref=${end}></span>
  </section>`;
}

function Forms() {
  const all = Object.values(phone.forms.value);
  return html`<section class="forms" aria-label="What is taken down">
    ${all.map((form) => html`<h2>${form.form} <small>${form.number || form.status}</small></h2>
      <dl>${Object.entries(form.fields).map(([name, value]) => html`<dt>${name.replaceAll("_", " ")}</dt><dd>${shown(value)}</dd>`)}</dl>`)}
  </section>`;
}

/** A value as people read it: of a group what is known of it, of a list one after the other. */
function shown(value, name = "") {
  const named = (text) => (name ? `${name.replaceAll("_", " ")} ${text}` : text);
  if (typeof value === "boolean") return named(value ? "yes" : "no");
  if (value === null || typeof value !== "object") return String(value);
  const parts = Array.isArray(value) ? value.map((one) => shown(one)) : Object.entries(value).map(([key, one]) => shown(one, key));
  return parts.filter(Boolean).join(Array.isArray(value) ? "; " : ", ");
}
