// Moments and lengths of time. A moment is shown as clocks are where the line answers, and names that zone.
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";

import { html } from "../html.js";
import { zoneOf } from "../lines.js";

const LANGUAGE = usable(navigator.language);
const formats = new Map();
const now = signal(Date.now());
let tellers = 0;
let ticking = 0;

/** A moment of a line. `what`: "moment" with the date, or "clock" with seconds. */
export function Moment({ at, line, what = "moment" }) {
  if (!at) return null;
  const date = new Date(at);
  const zone = zoneOf(line);
  return html`<time dateTime=${date.toISOString()} title=${shown(date, "whole", zone)}>${shown(date, what, zone)}</time>`;
}

/** How long something has gone on, every second anew; or how long it took. */
export function Length({ since, until }) {
  useEffect(() => {
    if (until) return undefined;
    if (tellers++ === 0) ticking = setInterval(() => (now.value = Date.now()), 1000);
    return () => {
      if (--tellers === 0) clearInterval(ticking);
    };
  }, [until]);
  const end = until ? Date.parse(until) : Math.max(now.value, Date.parse(since));
  return html`<span class="number">${length((end - Date.parse(since)) / 1000)}</span>`;
}

/** 75 → "1:15". */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part) => String(part).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The moment at which a day begins where a line answers, as the API reads it: ("2026-11-26", zone). */
export function beginOfDay(day, zone, later = 0) {
  const [year, month, date] = day.split("-").map(Number);
  const wanted = Date.UTC(year, month - 1, date + later);
  // The zone's distance from UTC at that moment; once more, for it may be another one on the other side of a change.
  let found = wanted;
  for (let round = 0; round < 2; round++) found = wanted - distance(new Date(found), zone);
  return new Date(found).toISOString();
}

function distance(date, zone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric",
      minute: "numeric", second: "numeric",
    }).formatToParts(date).map((part) => [part.type, Number(part.value)]),
  );
  const there = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return there - Math.floor(date.getTime() / 1000) * 1000;
}

const STYLES = {
  moment: { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  clock: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  whole: { dateStyle: "full", timeStyle: "long" },
};

function shown(date, what, zone) {
  const key = `${what} ${zone}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LANGUAGE, { ...STYLES[what], timeZone: zone }));
  return formats.get(key).format(date);
}

// A browser may be started with a language that its own Intl does not know, such as en-US@posix.
function usable(language) {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}
