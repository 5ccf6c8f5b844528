// A voice, heard: the server has a sentence spoken as callers would hear it.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Trouble } from "../parts/states.js";

export function Listen({ voice, text }) {
  const sound = useSignal("");
  const wrong = useSignal("");
  const asking = useSignal(false);
  const player = useRef(null);
  useEffect(() => () => URL.revokeObjectURL(sound.value), []);
  const listen = async () => {
    asking.value = true;
    wrong.value = "";
    try {
      const answer = await fetch("/api/v1/store/voice", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text: text.slice(0, 300), voice }), signal: AbortSignal.timeout(20_000) });
      if (!answer.ok) throw new Error((await answer.json()).error.message);
      URL.revokeObjectURL(sound.value);
      sound.value = URL.createObjectURL(await answer.blob());
    } catch (error) {
      wrong.value = error.name === "TimeoutError" ? "The voice did not speak in time." : error.message;
    }
    asking.value = false;
  };
  useEffect(() => {
    if (sound.value) player.current.play().catch(() => {}); // a browser may want a press on the player itself
  }, [sound.value]);
  return html`<div class="row"><button type="button" onClick=${listen} disabled=${asking}>Listen to the voice</button>
    ${sound.value && html`<audio ref=${player} controls src=${sound.value} aria-label="The voice"></audio>`}</div>
    ${wrong.value && html`<${Trouble} message=${wrong.value} />`}`;
}
