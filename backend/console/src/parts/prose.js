// Sentences of the server in which something to type, or a name, stands between backticks.
import { html } from "../html.js";

/** "see `code`" → see <code>code</code>; a backtick without another one stays as it is. */
export function Prose({ text }) {
  const pieces = (text ?? "").split(/`([^`]+)`/);
  return html`${pieces.map((piece, at) => (at % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}
