// Rehearsals and replays of one's draft. They run at the server, in a process of their own; this page begins them, and
// shows results as they come.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { ask, get, post } from "../api.js";

const AGAIN_MS = 700;

/**
 * A run that this page follows.
 * @param kind "rehearsals" | "replays".
 * @returns {{run, wrong, begin(body), show(id), stop}} `run` is null until there is one.
 */
export function useRun(kind) {
  const run = useSignal(null);
  const wrong = useSignal(null);
  const waiting = useRef(0);
  const path = `/api/v1/store/${kind}`;
  useEffect(() => () => clearTimeout(waiting.current), []);
  const follow = async (id) => {
    clearTimeout(waiting.current);
    try {
      run.value = await get(`${path}/${id}`);
    } catch (error) {
      wrong.value = error;
      return;
    }
    if (run.value.state === "running") waiting.current = setTimeout(() => follow(id), AGAIN_MS);
  };
  const begin = async (body) => {
    wrong.value = null;
    try {
      run.value = await post(path, body);
      await follow(run.value.id);
    } catch (error) {
      wrong.value = error;
    }
  };
  const stop = async () => {
    await ask("DELETE", `${path}/${run.value.id}`).catch((error) => (wrong.value = error));
    await follow(run.value.id);
  };
  return { run, wrong, begin, show: follow, stop };
}

/** The newest run of a version that was not of chosen rehearsals only, or null. */
export async function newest(kind, version) {
  const runs = await get(`/api/v1/store/${kind}`, { version, limit: 20 });
  return runs.find((one) => one.names === null) ?? runs[0] ?? null;
}

export const MODELS = [["stand_in", "stand-in: rules, free, blind to wording"], ["line", "the line's own model: costs tokens"]];
export const STATES = { running: "Being played", done: "Done", stopped: "Stopped", failed: "Could not be played" };
