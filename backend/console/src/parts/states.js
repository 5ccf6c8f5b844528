// What stands where there is nothing to show yet, nothing at all, or something went wrong.
import { html } from "../html.js";
import { Prose } from "./prose.js";

export const Waiting = ({ what = "Loading" }) => html`<p class="quiet" role="status">${what} …</p>`;

export const Nothing = ({ children }) => html`<p class="nothing">${children}</p>`;

/** What is wrong, in the server's words, and a way to try again where there is one. */
export const Trouble = ({ message, again }) => html`<p class="trouble" role="alert">
  <${Prose} text=${message} /> ${again && html`<button onClick=${again}>Try again</button>`}
</p>`;
