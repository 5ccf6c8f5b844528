// The frame around every page: who is signed in, the way to each page, and what the server says of itself.
import { useEffect, useRef } from "preact/hooks";

import { html } from "./html.js";
import { readLines } from "./lines.js";
import { follow, going, outdated } from "./live.js";
import { PAGES, pageAt } from "./pages.js";
import { Waiting } from "./parts/states.js";
import { address, place } from "./router.js";
import { may, signOut, who } from "./session.js";
import { SignIn } from "./sign_in.js";
import { SupervisionBar } from "./supervision/bar.js";

export function App() {
  if (who.value === undefined) return html`<${Waiting} what="Signing in" />`;
  if (who.value === null) return html`<${SignIn} />`;
  return html`<${Frame} />`;
}

function Frame() {
  const page = pageAt(place.value.path);
  const main = useRef(null);
  const shown = useRef(page.path);
  useEffect(() => {
    readLines();
    return follow();
  }, []);
  useEffect(() => {
    document.title = `${page.title} · Ringmaster`;
    // Who uses a screen reader or the keyboard goes on where the new page begins.
    if (shown.current !== page.path) main.current?.focus({ preventScroll: true });
    shown.current = page.path;
  }, [page]);
  return html`
    <a class="skip" href="#main" onClick=${(event) => (event.preventDefault(), main.current.focus())}>To the page</a>
    <header class="top">
      <span class="brand">Ringmaster</span>
      <nav aria-label="Pages">
        ${PAGES.filter((one) => one.title && may(one.role)).map(
          (one) => html`<a href=${address([one.path])} aria-current=${one === page ? "page" : undefined}>
            ${one.title}${one.path === "live" && going.value.length > 0 && html` <span class="count">${going.value.length}<span class="hidden"> in progress</span></span>`}
          </a>`,
        )}
      </nav>
      <${Person} />
    </header>
    ${outdated.value && html`<p class="notice" role="status">
      The server has a newer version of these pages. <button onClick=${() => location.reload()}>Load it</button>
    </p>`}
    <${SupervisionBar} />
    <main id="main" ref=${main} tabindex="-1"><${page.show} rest=${place.value.path.slice(1)} query=${place.value.query} /></main>
  `;
}

function Person() {
  const { name, roles, lines } = who.value;
  const role = roles.at(-1) ?? "no role";
  return html`<div class="person">
    <span title=${lines ? `Lines: ${lines.join(", ")}` : "All lines"}>${name} <small>${role}</small></span>
    <button class="plain" onClick=${signOut}>Sign out</button>
  </div>`;
}
