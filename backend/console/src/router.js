// Where in the console one is: the fragment of the address, such as #/calls/abc?at=12. A fragment is sent to no server
// and stands in no log, so that a caller's number in a filter stays in this browser.
import { signal } from "@preact/signals";

export const place = signal(read());

addEventListener("hashchange", () => {
  place.value = read();
});

function read() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place: address(["calls", id], {at: 12}). What is empty is left out. */
export function address(path, query = {}) {
  const filled = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  const search = new URLSearchParams(filled).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search ? `?${search}` : ""}`;
}

/** Go there; with `instead` the way back leads past the place that is left. */
export function go(path, query, { instead = false } = {}) {
  if (instead) goTo(address(path, query));
  else location.hash = address(path, query);
}

/** Be at an address of the console at once; the way back leads past the place that is left. */
export function goTo(fragment) {
  history.replaceState(null, "", fragment);
  place.value = read();
}
