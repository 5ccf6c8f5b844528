// Markup in template strings, without a compiler: html`<p>${text}</p>`. Text is always text, never markup.
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
