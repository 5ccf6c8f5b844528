// The one call of this page: it goes on while other pages of the console are looked at.
import { batch, signal } from "@preact/signals";

import { Audio, microphoneTrouble } from "./audio.js";
import { Line } from "./line.js";

const RATE = 16_000;

/** "idle", "calling", "open", "broken", "over" */
export const stage = signal("idle");
/** What the server told of the call, with `state` of the agent and `agent` who speaks. */
export const call = signal(null);
/** Lines of the dialogue, in order: {id, who, text, final, note}. */
export const dialogue = signal([]);
/** What is known of each form, by name. */
export const forms = signal({});
export const muted = signal(false);
export const level = signal(0);
export const trouble = signal("");
export const ending = signal(null);
/** Milliseconds from the press to the agent's first sound. */
export const firstSound = signal(null);

let line;
let audio;
let spoken = true; // is there a microphone?
let begun = 0;
let heardBefore = 0; // had passed before this connection: the server counts each by itself
let heard = 0; // milliseconds of the agent's voice that were played or thrown away

/** Call. wish: {line, caller, version}; device: a microphone's id; microphone: false for somebody who types. */
export async function begin(wish, { microphone, device }) {
  begun = performance.now();
  batch(() => {
    stage.value = "calling";
    call.value = { line: wish.line };
    dialogue.value = [];
    forms.value = {};
    trouble.value = "";
    ending.value = firstSound.value = null;
    muted.value = false;
  });
  heardBefore = heard = 0;
  spoken = microphone;
  audio = new Audio(RATE, { frame: (pcm) => line?.speak(pcm), level: (now) => (level.value = now), played });
  try {
    await audio.open({ microphone, device });
  } catch (error) {
    over({ type: "error", message: microphoneTrouble(error, " or type") });
    return;
  }
  const hello = { ...wish, rate: RATE, microphone };
  line = new Line(hello, { event: take, voice: (pcm) => audio.say(pcm), over, broken });
}

export const hangUp = () => line?.hangUp();
export const press = (key) => line?.send("key", { key });

export function mute(on) {
  muted.value = audio.muted = on;
  line?.send("mute", { on });
}

/** Speak into another microphone from now on. One that cannot be had leaves who speaks muted: nothing comes from them. */
export async function changeMicrophone(device) {
  trouble.value = "";
  try {
    await audio.change(device);
  } catch (error) {
    trouble.value = microphoneTrouble(error, " or type");
    mute(true);
  }
}

export function write(text) {
  line.send("text", { text });
}

/** Speak sound files, one after the other, each when the agent listens. */
export async function speakFiles(files) {
  for (const file of files) {
    await listening();
    if (stage.value !== "open") return;
    line.send("mute", { on: false });
    await audio.speak(file);
    if (muted.value || !spoken) line?.send("mute", { on: true }); // else what is missing would be waited for
    await new Promise((done) => setTimeout(done, 1500)); // the end of a turn is not noticed at once
  }
}

async function listening() {
  while (stage.value === "broken" || (stage.value === "open" && call.value.state !== "listening")) {
    await new Promise((done) => setTimeout(done, 100));
  }
}

function played({ what, ms }) {
  heard = ms;
  if (what === "begun" && firstSound.value === null) firstSound.value = performance.now() - begun;
  line?.send("played", { ms: Math.max(0, ms - heardBefore) });
}

function broken() {
  stage.value = "broken";
  audio.clear();
}

function over(last) {
  line = undefined;
  audio?.close();
  batch(() => {
    stage.value = "over";
    level.value = 0;
    if (last.type === "end") ending.value = last;
    else trouble.value = last.message;
  });
}

const TAKES = {
  call: (event) => {
    stage.value = "open";
    heardBefore = heard;
    call.value = { ...call.value, ...event, resume: undefined };
    if (muted.value) line.send("mute", { on: true });
  },
  state: ({ state }) => (call.value = { ...call.value, state }),
  clear: () => audio.clear(),
  caller: (event) => put(event.segment, { who: "caller", text: event.text, final: event.final }),
  agent: (event) => put(event.segment, { who: "agent", agent: call.value.agent, text: event.text, final: event.final }),
  speaks: ({ agent }) => {
    if (call.value.agent && call.value.agent !== agent) note(`${agent} takes over`);
    call.value = { ...call.value, agent };
  },
  tool: ({ turn, name, ok }) => put(`tool ${turn} ${name}`, { note: `${name}: ${ok === null ? "at work" : ok ? "done" : "not possible"}` }),
  form: (event) => (forms.value = { ...forms.value, [event.form]: event }),
  turn: ({ waits, interrupted }) => {
    if (interrupted) note("interrupted");
    if (waits.first_frame_ms !== null) note(`answered after ${(waits.first_frame_ms / 1000).toFixed(2)} s`);
  },
  keys: ({ keys }) => note(`keys pressed: ${keys}`),
  transfer: ({ to }) => note(`A telephone would be connected to ${to} now.`),
  error: ({ message }) => (trouble.value = message),
};

function take(event) {
  TAKES[event.type]?.(event);
}

function put(id, told) {
  const at = dialogue.value.findIndex((one) => one.id === id);
  dialogue.value = at < 0 ? [...dialogue.value, { id, ...told }] : dialogue.value.with(at, { ...dialogue.value[at], ...told });
}

const note = (text) => put(`note ${dialogue.value.length}`, { note: text });

addEventListener("pagehide", () => line?.send("bye"));
