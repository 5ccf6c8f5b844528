// One's own draft of the store: what was read, what was changed, and what the check says. Whatever is typed is kept at the
// server after a moment, so that it is there after a reload and at another machine.
import { computed, signal } from "@preact/signals";

import { ask, get, post } from "../api.js";
import { may } from "../session.js";
import { kit } from "./kit.js";
import { merged } from "./merging.js";

const MINE = "/api/v1/store/drafts/mine";
const [SAVE_MS, CHECK_MS, AGAIN_MS] = [600, 350, 5000];

/** The version that the draft is made from: {version, files}; null until it is known. */
export const base = signal(null);
/** What was changed: a Map of new texts by name, null for a file that is taken away. */
export const changes = signal(new Map());
/** "kept" | "changed" | "keeping" | "lost": is what was typed at the server? */
export const kept = signal("kept");
/** What the check says: {live, version, problems, warnings, lines}; null until it has said something. */
export const check = signal(null);
export const checking = signal(false);
/** What is wrong with reaching the server, in a sentence. */
export const trouble = signal("");
/** A merge that waits for somebody's choice; see merging.js. */
export const merging = signal(null);
/** What happened without being asked for, in a sentence. */
export const told = signal("");
export const schemas = signal({});
export const tools = signal([]);

export const names = computed(() => {
  const all = new Set(Object.keys(base.value?.files ?? {}));
  for (const name of changes.value.keys()) all.add(name);
  return [...all].sort();
});
export const faultsOf = (name) => [
  ...(check.value?.problems ?? []).filter((one) => one.file === name).map((one) => ({ ...one, severity: "error" })),
  ...(check.value?.warnings ?? []).filter((one) => one.file === name).map((one) => ({ ...one, severity: "warning" })),
];
/** A file's text as it is in the draft; null where it is taken away, undefined where it never was. */
export const textOf = (name) => (changes.value.has(name) ? changes.value.get(name) : base.value?.files[name]);
/** Has somebody put another version live since the draft was begun? */
export const overtaken = computed(() => Boolean(check.value && base.value && check.value.live !== base.value.version));
/** Every file of the draft, as it would be live. */
export const files = computed(() => {
  const all = { ...base.value?.files };
  for (const [name, text] of changes.value) if (text === null) delete all[name]; else all[name] = text;
  return all;
});

let stamp = "";
let before = new Map(); // what the server has of the draft
let saving = 0;
let checks = 0;
let round = 0;

/** Read what is live, and one's own draft of it. */
export async function open() {
  trouble.value = "";
  try {
    const editor = may("editor");
    const [store, mine] = await Promise.all([get("/api/v1/store"), editor ? ask("GET", MINE) : null]);
    const from = mine && Object.keys(mine.data.files).length > 0 ? mine.data.base : store.version;
    base.value = await version(from);
    before = new Map(Object.entries(mine?.data.files ?? {}));
    changes.value = new Map(before);
    stamp = mine?.headers.get("ETag") ?? "";
    kept.value = "kept";
    [schemas.value, tools.value] = await Promise.all([get("/api/v1/store/schemas"), get("/api/v1/tools")]);
    if (!editor) return;
    const read = changes.value;
    await look();
    const stands = changes.value === read && read.size > 0; // nobody has typed meanwhile
    if (stands && check.value.version === check.value.live) await discard(); // it went live elsewhere
  } catch (error) {
    trouble.value = error.message;
  }
}

/** A version with its files, whether it is live or was. */
export async function version(name) {
  const { files } = await get(`/api/v1/store/revisions/${name}`);
  return { version: name, files };
}

/** Give a file another text; null takes it away, undefined leaves it as it was. */
export function write(name, text) {
  const next = new Map(changes.value);
  if (text === undefined || text === (base.value.files[name] ?? null)) next.delete(name);
  else next.set(name, text);
  set(next);
}

/** Begin anew from what is live: everything that was changed is gone. */
export async function discard() {
  clearTimeout(saving);
  if (before.size > 0) await ask("DELETE", MINE, { headers: { "If-Match": stamp } });
  await open();
}

function set(next) {
  changes.value = next;
  kept.value = "changed";
  clearTimeout(saving);
  saving = setTimeout(save, SAVE_MS);
  clearTimeout(checks);
  checks = setTimeout(look, CHECK_MS);
  round++; // what the check says of what was there before is no answer to this
  checking.value = true;
}

/** Keep the draft at the server now. */
export async function save({ keepalive = false } = {}) {
  clearTimeout(saving);
  if (kept.value === "kept" || merging.value) return;
  const now = changes.value;
  kept.value = "keeping";
  try {
    if (now.size > 0 || before.size > 0) {
      const body = { base: base.value.version, files: Object.fromEntries(now) };
      const { headers } = await ask("PUT", MINE, { body, headers: { "If-Match": stamp }, keepalive });
      stamp = headers.get("ETag");
    }
    before = now;
    kept.value = changes.value === now ? "kept" : "changed";
    trouble.value = "";
  } catch (error) {
    kept.value = "changed";
    try {
      if (error.status !== 412) throw error;
      return await elsewhere();
    } catch (failed) {
      kept.value = "lost";
      trouble.value = `What you typed is not at the server yet: ${failed.message}`;
      saving = setTimeout(save, AGAIN_MS);
    }
  }
  if (kept.value === "changed") saving = setTimeout(save, SAVE_MS);
}

// The same draft was changed in another tab or at another machine: both are merged.
async function elsewhere() {
  const { data, headers } = await ask("GET", MINE);
  stamp = headers.get("ETag");
  const theirs = await version(data.base);
  const others = withChanges(theirs.files, new Map(Object.entries(data.files)));
  const shared = withChanges(base.value.files, before);
  before = new Map(Object.entries(data.files));
  take(merged(kit.value, shared, files.value, others), theirs, "another tab or machine of yours");
}

/** Bring the draft up to what is live by now. */
export async function catchUp() {
  try {
    const live = await version((await get("/api/v1/store")).version);
    take(merged(kit.value, base.value.files, files.value, live.files), live, "what went live meanwhile");
  } catch (error) {
    trouble.value = error.message;
  }
}

function take(found, onto, whose) {
  if (found.open.length === 0) settle(found.files, onto);
  else merging.value = { ...found, onto, whose };
}

/** A merge is done: these files are the draft now, made from that version. */
export function settle(whole, onto) {
  merging.value = null;
  base.value = onto;
  const next = new Map();
  for (const name of new Set([...Object.keys(onto.files), ...Object.keys(whole)])) {
    const text = whole[name] ?? null;
    if (text !== (onto.files[name] ?? null)) next.set(name, text);
  }
  set(next);
}

function withChanges(all, changed) {
  const whole = { ...all };
  for (const [name, text] of changed) if (text === null) delete whole[name]; else whole[name] = text;
  return whole;
}

/** Ask the check what it says of the draft. */
export async function look() {
  clearTimeout(checks);
  const mine = ++round;
  checking.value = true;
  try {
    const said = await post("/api/v1/store/check", { base: base.value.version, files: Object.fromEntries(changes.value) });
    if (mine === round) check.value = said;
  } catch (error) {
    if (mine === round) check.value = { ...check.value, live: check.value?.live ?? base.value.version, version: "", warnings: [], problems: [{ file: "", line: 0, message: error.message }] };
  }
  if (mine === round) checking.value = false;
}

/**
 * Make the draft live, for all new calls or for a share of them. What has changed meanwhile becomes a merge, and nothing
 * is lost. Gives what came of it, or null where there is something to look at first.
 * @param wanted {note, share: percent or undefined, override: why in spite of the gate, or undefined}.
 */
export async function putLive(wanted) {
  told.value = "";
  try {
    const data = wanted.share || wanted.override ? await released(wanted) : await changed(wanted.note);
    if (data.live) {
      await ask("DELETE", MINE, { headers: { "If-Match": stamp } }).catch(() => {});
      await open();
    }
    return data;
  } catch (error) {
    if (error.status !== 412) throw error;
    await overtake();
    return null;
  }
}

/** Somebody was quicker: bring the draft up to what is live, and say so. */
export async function overtake() {
  await catchUp();
  told.value = merging.value ? "" : "Another version went live meanwhile, and was merged with yours. Look at it, and put it live again.";
}

// Only what was changed: an edit on disk that somebody has yet to put right stays where it is.
async function changed(note) {
  await save();
  const body = { files: Object.fromEntries(changes.value), note };
  const { data } = await ask("POST", "/api/v1/store/changes", { body, headers: { "If-Match": `"${base.value.version}"` } });
  return data;
}

async function released(wanted) {
  const body = { ...wanted, version: (await tryable()).version };
  const { data } = await ask("POST", "/api/v1/store/live", { body, headers: { "If-Match": `"${base.value.version}"` } });
  return data;
}

/** Keep the draft as a version that calls can be begun with; gives {version, lines}. */
export async function tryable() {
  await save();
  if (changes.value.size === 0) return { version: base.value.version, lines: check.value?.lines ?? [] };
  const body = { files: Object.fromEntries(changes.value) };
  const { data } = await ask("POST", "/api/v1/store/drafts", { body, headers: { "If-Match": `"${base.value.version}"` } });
  return data;
}

addEventListener("pagehide", () => save({ keepalive: true }));
