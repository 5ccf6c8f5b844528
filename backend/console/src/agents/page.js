// The page on which agents are changed: the store's files, what was changed, what was live, and how it goes live.
import { useEffect } from "preact/hooks";

import { html } from "../html.js";
import { Trouble, Waiting } from "../parts/states.js";
import { several } from "../parts/words.js";
import { address } from "../router.js";
import { may } from "../session.js";
import { Changes } from "./changes.js";
import { Files } from "./files.js";
import { Graph } from "./graph.js";
import { History } from "./history.js";
import { kit, kitTrouble, loadKit } from "./kit.js";
import { Rehearse } from "./rehearse.js";
import { Replay } from "./replay.js";
import { Merge } from "./merge.js";
import { Try } from "./try_it.js";
import * as work from "./workspace.js";

const TABS = [
  { path: "files", title: "Files", role: "viewer", show: Files },
  { path: "graph", title: "Graph", role: "viewer", show: Graph },
  { path: "changes", title: "Changes", role: "editor", show: Changes },
  { path: "try", title: "Try", role: "editor", show: Try },
  { path: "rehearse", title: "Rehearse", role: "viewer", show: Rehearse },
  { path: "replay", title: "Replay", role: "editor", show: Replay },
  { path: "history", title: "History", role: "viewer", show: History },
];

export function Agents({ rest, query }) {
  useEffect(() => {
    loadKit();
    work.open();
    return () => work.save();
  }, []);
  const tab = TABS.find((one) => one.path === rest[0] && may(one.role)) ?? TABS[0];
  const ready = work.base.value && kit.value;
  return html`<div class="between row"><h1>Agents</h1><${State} /></div>
    <nav class="tabs" aria-label="Parts of this page">
      ${TABS.filter((one) => may(one.role)).map((one) => html`<a href=${address(["agents", one.path])} aria-current=${one === tab ? "page" : undefined}>
        ${one.title}${one.path === "changes" && work.changes.value.size > 0 && html` <span class="count">${work.changes.value.size}</span>`}</a>`)}
    </nav>
    ${(work.trouble.value || kitTrouble.value) && html`<${Trouble} message=${work.trouble.value || kitTrouble.value} again=${() => (loadKit(), work.base.value ? work.save() : work.open())} />`}
    ${!ready ? !work.trouble.value && html`<${Waiting} />` : work.merging.value ? html`<${Merge} />` : html`<${tab.show} rest=${rest.slice(1)} query=${query} />`}`;
}

const KEPT = { kept: "kept at the server", changed: "not kept yet", keeping: "being kept", lost: "not kept: the server cannot be reached" };

/** How it stands with one's draft, in a line. */
function State() {
  if (!work.base.value) return null;
  if (!may("editor")) return html`<p class="quiet">You may look, and change nothing: that takes the role editor.</p>`;
  const count = work.changes.value.size;
  const wrong = work.check.value?.problems.length ?? 0;
  return html`<p class="row" role="status">
    ${count === 0 ? html`<span class="quiet">As it is live</span>` : html`<span>${several(count, "file")} changed, <span class="quiet">${KEPT[work.kept.value]}</span></span>`}
    ${wrong > 0 && html`<span class="state down">${several(wrong, "fault")}</span>`}
    ${work.overtaken.value && count > 0 && !work.merging.value && html`<span class="state degraded">Another version went live meanwhile.</span> <button onClick=${work.catchUp}>Bring mine up to it</button>`}
  </p>`;
}
