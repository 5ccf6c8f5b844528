// A list that the API gives page by page, the newest first, with its totals.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { ask } from "../api.js";

const PAGE = 50;

/**
 * @param path of the API. @param query its filters; another list begins when they change.
 * @param last what `before` is for an entry.
 */
export function useList(path, query, last) {
  const rows = useSignal(null);
  const totals = useSignal(null);
  const error = useSignal("");
  const asking = useSignal(false);
  const more = useSignal(false);
  const round = useRef(0);
  const wanted = JSON.stringify([path, query]);
  const read = async (before) => {
    const mine = ++round.current;
    asking.value = true;
    try {
      const { data, headers } = await ask("GET", path, { query: { ...query, limit: PAGE, before } });
      if (mine !== round.current) return;
      rows.value = before ? [...rows.value, ...data] : data;
      totals.value = { real: Number(headers.get("X-Total-Count")), tests: Number(headers.get("X-Test-Count")) };
      more.value = data.length === PAGE;
      error.value = "";
    } catch (failed) {
      if (mine === round.current) error.value = failed.message;
    }
    if (mine === round.current) asking.value = false;
  };
  useEffect(() => {
    rows.value = null;
    read();
  }, [wanted]);
  return { rows, totals, error, asking, more, again: () => read(), next: () => read(last(rows.value.at(-1))) };
}
