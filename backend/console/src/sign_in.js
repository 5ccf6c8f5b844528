// For whoever is not signed in: with Entra ID, or with a key, which is exchanged for a cookie and kept nowhere else.
import { useSignal } from "@preact/signals";

import { html } from "./html.js";
import { Trouble } from "./parts/states.js";
import { entra, leaveForEntra, signIn, why } from "./session.js";

export function SignIn() {
  const key = useSignal("");
  const refused = useSignal("");
  const asking = useSignal(false);
  const submit = async (event) => {
    event.preventDefault();
    asking.value = true;
    refused.value = "";
    try {
      await signIn(key.value.trim());
    } catch (error) {
      refused.value = error.status === 401 ? "The server does not know this key." : error.message;
    }
    asking.value = false;
  };
  return html`<main class="sign-in">
    <h1>Ringmaster</h1>
    ${why.value && html`<${Trouble} message=${why.value} />`}
    ${entra && html`<button class="main" onClick=${leaveForEntra}>Sign in with Microsoft</button>
    <p class="quiet">or with a key:</p>`}
    <form onSubmit=${submit}>
      <label for="key">Key</label>
      <input id="key" type="password" autocomplete="current-password" required value=${key}
        aria-describedby="about-key" onInput=${(event) => (key.value = event.currentTarget.value)} />
      <button class=${entra ? "" : "main"} disabled=${asking}>Sign in</button>
    </form>
    ${refused.value && html`<${Trouble} message=${refused.value} />`}
    <p id="about-key" class="quiet">
      <code>ringmaster keys add NAME --role operator</code> makes a key. On the machine of the server,
      ${" "}<code>ringmaster sign-in</code> prints an address that signs this browser in without one.
    </p>
  </main>`;
}
