// The phone lines that somebody sees, with their time zones: times are shown as they are where the line answers.
import { signal } from "@preact/signals";

import { get } from "./api.js";

export const lines = signal([]);

export async function readLines() {
  try {
    lines.value = await get("/api/v1/lines");
  } catch {
    lines.value = []; // times are shown in this browser's zone then, which each of them says
  }
}

/** Where a line's clock is; this browser's zone where the line names none. */
export const zoneOf = (line) => lines.value.find((one) => one.name === line)?.timezone || undefined;
