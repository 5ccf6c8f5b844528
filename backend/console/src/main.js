// Begins the console.
import { render } from "preact";

import { App } from "./app.js";
import { html } from "./html.js";
import { begin } from "./session.js";

render(html`<${App} />`, document.getElementById("console"));
begin();
