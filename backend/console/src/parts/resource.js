// Something asked of the API for a page: what came, whether it is being asked for, and what is wrong.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

/**
 * Ask now, and whenever one of `on` changes. What has come stays while it is asked for again, so that nothing flickers.
 * @param read (signal) => promise of the data.
 * @returns {{data, error, asking, again}} signals, and a function that asks once more.
 */
export function useResource(read, on) {
  const data = useSignal(undefined);
  const error = useSignal("");
  const asking = useSignal(true);
  const round = useRef(0);
  const latest = useRef(read);
  latest.current = read;
  const again = useRef(async (signal) => {
    const mine = ++round.current;
    asking.value = true;
    try {
      const found = await latest.current(signal);
      if (mine !== round.current) return;
      data.value = found;
      error.value = "";
    } catch (failed) {
      if (mine === round.current && !signal?.aborted) error.value = failed.message;
    }
    if (mine === round.current) asking.value = false;
  }).current;
  useEffect(() => {
    const leaving = new AbortController();
    again(leaving.signal);
    return () => leaving.abort();
  }, on);
  return { data, error, asking, again: () => again() };
}
