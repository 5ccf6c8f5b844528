// Who uses the console. The proof is a cookie that no script can read; what is here is only what to show.
import { signal } from "@preact/signals";

import { ApiError, ask, get, post } from "./api.js";
import { goTo } from "./router.js";

/** undefined: not known yet; null: nobody; else {name, kind, roles, lines, version, build}. */
export const who = signal(undefined);
/** Why nobody could be asked, or nobody is signed in, in a sentence. */
export const why = signal("");

/** Where signing in with Entra ID begins; empty where nobody signs in so. */
export const entra = document.querySelector('meta[name="entra"]')?.content ?? "";

let refused = false; // Microsoft would give the same account again

const SESSION = "/api/v1/session";
const PLACE = "ringmaster.place"; // where one was before one left for Entra's page

/** Why Entra's page led to no sign-in, by what the server says of it. */
const TROUBLES = {
  denied: "Microsoft did not let you in: the sign-in was declined, or an administrator of your organization has yet to allow this application.",
  no_role: "Microsoft knows you, but you have no role here. Ask an administrator of your organization to assign you one: viewer, operator, editor or admin.",
  tenant: "This account is of another organization than this server. Sign in with another account; if it is the right one, the server's ENTRA_TENANT or ENTRA_CLIENT_ID is wrong.",
  setup: "Microsoft does not recognize this server. Tell who runs it: the registration of the application and the server's settings differ.",
  clock: "The server's clock is wrong, so a proof that was made just now is not valid. Tell who runs it.",
  stale: "This sign-in took too long, was begun in another window, or was used before. Begin again.",
  unproven: "What came back from Microsoft does not prove who you are. Begin again; if that does not help, tell who runs this server.",
  away: "The server cannot reach Microsoft now. Try again in a minute, or sign in with a key.",
};

/** Find out who it is; with a one-time code in the address, exchange that first. */
export async function begin() {
  const signingIn = location.pathname === "/sign-in";
  const code = signingIn ? location.hash.slice(1) : "";
  const trouble = signingIn ? new URLSearchParams(location.search).get("trouble") : null;
  if (signingIn) history.replaceState(null, "", "/");
  try {
    if (code) await post(SESSION, { code });
    await look();
  } catch (error) {
    refused = Boolean(trouble);
    if (trouble) why.value = TROUBLES[trouble] ?? TROUBLES.unproven;
    else why.value = code && error.status === 401
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

/** Leave for Entra's page; whoever is back is where they were. */
export function leaveForEntra() {
  sessionStorage.setItem(PLACE, location.hash);
  location.assign(refused ? `${entra}?choose=1` : entra);
}

function comeBack() {
  const before = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (before?.startsWith("#/") && !location.hash) goTo(before);
}

/** Sign out here, and where one has signed in with Entra ID, there too. */
export async function signOut() {
  let next = "/";
  try {
    next = (await ask("DELETE", SESSION)).data?.next ?? next;
  } finally {
    location.replace(next);
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
  const found = await get(SESSION);
  comeBack(); // first: else another page would be shown for a moment
  who.value = found;
  why.value = "";
}

function sentence(error) {
  if (!(error instanceof ApiError)) return String(error);
  return error.status === 401 ? "" : error.message;
}
