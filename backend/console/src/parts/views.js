// Filters that somebody has given a name, to come back to: kept in this browser, for the person who is signed in.
import { signal, useSignal } from "@preact/signals";

import { html } from "../html.js";
import { address, go } from "../router.js";
import { who } from "../session.js";
import { Ask } from "./ask.js";

const MOST = 30;
const NEVER = ["caller"]; // a number of somebody else does not stay in a browser
const changed = signal(0);

const place = (list) => `views ${who.value?.name} ${list}`;

function read(list) {
  changed.value; // read again after a change
  try {
    const found = JSON.parse(localStorage.getItem(place(list)) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.name === "string" && typeof one?.query === "object") : [];
  } catch {
    return []; // kept by somebody else's hand, or a browser that keeps nothing
  }
}

function keep(list, views) {
  localStorage.setItem(place(list), JSON.stringify(views.slice(-MOST)));
  changed.value += 1;
}

/** Saved views of one list: `path` is where it is, `query` its filters now. */
export function Views({ list, path, query }) {
  const asked = useSignal(false);
  const views = read(list);
  const now = Object.fromEntries([...query].filter(([name, value]) => value && !NEVER.includes(name)));
  const save = (form) => {
    const name = form.get("name").trim().slice(0, 60);
    if (!name) throw new Error("Give it a name.");
    keep(list, [...views.filter((one) => one.name !== name), { name, query: now }]);
  };
  if (views.length === 0 && Object.keys(now).length === 0) return null;
  return html`<nav class="views" aria-label="Saved views">
    ${views.map((one) => html`<span key=${one.name} class="mark">
      <a href=${address(path, one.query)} onClick=${(event) => (event.preventDefault(), go(path, one.query))}>${one.name}</a>
      <button class="plain" title=${`Forget the view ${one.name}`} onClick=${() => keep(list, views.filter((other) => other.name !== one.name))}>
        <span aria-hidden="true">×</span><span class="hidden">Forget the view ${one.name}</span></button>
    </span>`)}
    ${Object.keys(now).length > 0 && html`<button class="plain" onClick=${() => (asked.value = true)}>Save this view</button>`}
    ${asked.value && html`<${Ask} title="Save this view" action="Save" close=${() => (asked.value = false)} act=${async (form) => save(form)}>
      <label for="view-name">Name</label><input id="view-name" name="name" maxlength="60" required autofocus />
      <p class="quiet">The filters are kept in this browser, for you alone; a caller's number is not kept.</p>
    <//>`}
  </nav>`;
}
