// Who uses the console. The proof is a cookie that no script can read; what is here is only what to show.
import { signal } from "@preact/signals";

import { ApiError, get, post } from "./api.js";

/** undefined: not known yet; null: nobody; else {name, kind, roles, lines, version, build}. */
export const who = signal(undefined);
/** Why nobody could be asked, or nobody is signed in, in a sentence. */
export const why = signal("");

const SESSION = "/api/v1/session";

/** Find out who it is; with a one-time code in the address, exchange that first. */
export async function begin() {
  const code = location.pathname === "/sign-in" ? location.hash.slice(1) : "";
  if (location.pathname === "/sign-in") history.replaceState(null, "", "/");
  try {
    if (code) await post(SESSION, { code });
    await look();
  } catch (error) {
    why.value = code && error.status === 401
      ? "This address has been used, or is not of this server. `ringmaster sign-in` prints a new one."
      : sentence(error);
    who.value = null;
  }
}

/** Sign in with a key. */
export async function signIn(key) {
  await post(SESSION, { key });
  await look();
}

export async function signOut() {
  try {
    await fetch(SESSION, { method: "DELETE" });
  } finally {
    location.replace("/");
  }
}

/** The server knows us no more. */
export function signOff() {
  if (who.value) why.value = "You are signed out: the sign-in has ended, or the key was taken back.";
  who.value = null;
}

/** May they? Only so that no button is shown that the server would refuse. */
export const may = (role) => Boolean(who.value?.roles.includes(role));

async function look() {
  who.value = await get(SESSION);
  why.value = "";
}

function sentence(error) {
  if (!(error instanceof ApiError)) return String(error);
  return error.status === 401 ? "" : error.message;
}
