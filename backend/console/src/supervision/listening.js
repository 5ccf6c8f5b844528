// The one live call that is listened to, or taken over, while pages of the console are looked at (docs/supervision.md).
import { batch, signal } from "@preact/signals";

import { Audio, microphoneTrouble } from "../softphone/audio.js";
import { Loudspeaker, levels } from "./loudspeaker.js";

/** {call, colleague: is it taken over?, state: "opening" | "open" | "over", hushed, speaking, why}; null: nothing. */
export const attended = signal(null);
/** How loud the caller and the other side are, from 0 to 1; whoever has taken over is the other side. */
export const loud = signal([0, 0]);
export const muted = signal(false);

const USUAL = 16_000;
const SLOWER = 0.7; // a meter that falls at once cannot be read
const HERE_MS = 1000; // who has taken over and is silent says so often that they are there
let socket;
let ear; // a Loudspeaker, or an Audio with the microphone
let beat = 0;

/** Begin to listen to a call. In answer to a press. */
export async function listen(call) {
  stop();
  const mine = (ear = new Loudspeaker());
  attended.value = { call, colleague: false, state: "opening" };
  try {
    await mine.open();
  } catch (error) {
    over(`This browser plays no sound: ${error.message}`);
    return;
  }
  if (mine === ear) connect(call, "listen");
}

/** Speak with the caller instead of the agent. In answer to a press. */
export async function takeOver(call) {
  stop();
  muted.value = false;
  attended.value = { call, colleague: true, state: "opening" };
  if (!(await microphone(USUAL))) return;
  connect(call, "take-over");
  beat = setInterval(() => say({ type: "here" }), HERE_MS);
}

/** Listen no more, or let the agent go on. */
export function stop() {
  if (attended.value?.colleague && attended.value.state !== "over") say({ type: "give_back" });
  close();
  attended.value = null;
}

/** Whoever has taken over ends the call. */
export function hangUp() {
  say({ type: "hang_up" });
}

export function mute(on) {
  muted.value = ear.muted = on;
}

async function microphone(rate) {
  const audio = (ear = new Audio(rate, {
    frame: (pcm) => attended.value?.rate === rate && socket?.readyState === WebSocket.OPEN && socket.send(pcm),
    level: (now) => (loud.value = [loud.value[0], now]),
    played: () => {},
  }));
  audio.muted = muted.value;
  try {
    await audio.open({ microphone: true });
    if (audio === ear) return audio; // else it was left meanwhile
  } catch (error) {
    if (audio === ear) over(microphoneTrouble(error));
  }
  return undefined;
}

function connect(call, what) {
  const way = location.protocol === "https:" ? "wss" : "ws";
  const opened = (socket = new WebSocket(`${way}://${location.host}/api/v1/calls/${encodeURIComponent(call.call_id)}/${what}`));
  opened.binaryType = "arraybuffer";
  opened.onmessage = ({ data }) => opened === socket && (typeof data === "string" ? take(JSON.parse(data)) : hear(data));
  opened.onclose = ({ reason }) => opened === socket && over(reason || NOT_REACHED);
}

const NOT_REACHED = "The call is not to be had: it is over, you may not, or the server does not answer.";

function say(told) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(told));
}

async function take(told) {
  if (told.type === "end") {
    over(told.why);
    return;
  }
  const { rate, hushed, speaking } = told;
  const before = attended.value;
  attended.value = { ...before, state: "open", hushed, speaking, rate };
  if (!before.colleague) {
    ear.tune(rate);
  } else if (ear.rate !== rate) {
    ear.close();
    await microphone(rate);
  }
}

function hear(pcm) {
  const two = !attended.value?.colleague;
  const now = levels(pcm, two ? 2 : 1).map((one, side) => Math.max(one, loud.value[side] * SLOWER));
  loud.value = two ? now : [now[0], loud.value[1]];
  ear?.say(pcm);
}

function over(why) {
  const { call, colleague, state } = attended.value ?? {};
  if (!call || state === "over") return;
  close();
  attended.value = { call, colleague, state: "over", why };
}

function close() {
  clearInterval(beat);
  const open = socket;
  socket = undefined;
  open?.close();
  ear?.close();
  ear = undefined;
  batch(() => (loud.value = [0, 0]));
}

addEventListener("pagehide", stop);
