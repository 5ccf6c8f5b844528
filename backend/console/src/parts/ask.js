// A question before something that cannot be taken back. The dialog is the browser's own: Escape closes it, the focus
// stays in it and comes back afterwards.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { html } from "../html.js";
import { Trouble } from "./states.js";

/** @param held may it not be done now, so that there is only the way back? @param act async; what it throws is shown, and the dialog stays. */
export function Ask({ title, action, danger = false, held = false, act, close, children }) {
  const dialog = useRef(null);
  const wrong = useSignal("");
  const doing = useSignal(false);
  useEffect(() => dialog.current.showModal(), []);
  const submit = async (event) => {
    event.preventDefault();
    doing.value = true;
    wrong.value = "";
    try {
      await act(new FormData(event.target));
      dialog.current?.close();
    } catch (error) {
      wrong.value = error.message;
      doing.value = false;
    }
  };
  return html`<dialog ref=${dialog} onClose=${close} aria-labelledby="ask-title">
    <form onSubmit=${submit}>
      <h2 id="ask-title">${title}</h2>
      ${children}
      ${wrong.value && html`<${Trouble} message=${wrong.value} />`}
      <div class="row">
        ${!held && html`<button class=${danger ? "danger" : "main"} disabled=${doing}>${action}</button>`}
        <button type="button" onClick=${() => dialog.current.close()}>Leave it</button>
      </div>
    </form>
  </dialog>`;
}
