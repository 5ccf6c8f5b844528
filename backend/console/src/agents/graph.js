// Who hands to whom, as a picture: lines on the left, then the agents that answer, then those that they hand over to.
// Each is a link, so that the picture can be walked by keyboard and read aloud.
import { html } from "../html.js";
import { Nothing } from "../parts/states.js";
import { address } from "../router.js";
import { read } from "./names.js";
import * as work from "./workspace.js";

const [WIDE, HIGH, APART, BELOW] = [190, 54, 90, 34];

export function Graph() {
  const { nodes, edges, width, height } = laid(known());
  if (nodes.length === 0) return html`<${Nothing}>There is no line and no agent that can be read.<//>`;
  return html`<p class="quiet">Lines on the left, agents to the right; an arrow is a hand-off.</p>
    <div class="graph" tabindex="0" role="region" aria-label="Who hands to whom">
    <svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label="Lines and agents">
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="head" /></marker></defs>
      ${edges.map(({ from, to }) => html`<path key=${`${from.key}>${to.key}`} class="edge" d=${curve(from, to)} marker-end="url(#arrow)" aria-hidden="true" />`)}
      ${nodes.map((node) => html`<${Node} key=${node.key} node=${node} />`)}
    </svg></div>`;
}

function Node({ node }) {
  const wrong = work.faultsOf(node.file).some((one) => one.severity === "error");
  const leads = node.to.length > 0 ? `${node.kind === "line" ? "answered by" : "hands over to"} ${node.to.join(", ")}` : "hands over to nobody";
  return html`<a href=${address(["agents", "files", node.file])} class=${`node ${node.kind} ${wrong ? "wrong" : ""}`}>
    <rect x=${node.x} y=${node.y} width=${WIDE} height=${HIGH} rx="5" />
    <text x=${node.x + 12} y=${node.y + 23} class="name">${`${short(node.name)} `}</text>
    <text x=${node.x + 12} y=${node.y + 42}>${short(node.note || node.kind, 28)}</text>
    <text x=${node.x + 12} y=${node.y + 42} class="unseen">${`, ${leads}${wrong ? ", with faults" : ""}`}</text>
  </a>`;
}

const short = (text, most = 22) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Lines and agents with what they lead to, as far as the files can be read. */
function known() {
  const place = (folder, name) => [".yaml", ".yml"].map((end) => `${folder}/${name}${end}`).find((one) => work.textOf(one) != null);
  const listed = (value) => (Array.isArray(value) ? value : []);
  return [
    ...read("lines").map(([name, spec]) => ({ kind: "line", name, file: place("lines", name), to: spec.entry ? [spec.entry] : [], note: listed(spec.numbers)[0] ?? "" })),
    ...read("agents").map(([name, spec]) => ({ kind: "agent", name, file: place("agents", name), to: listed(spec.handoffs).map((one) => one?.to).filter(Boolean), note: spec.draft ? "draft" : "" })),
  ].map((node) => ({ ...node, key: `${node.kind} ${node.name}` }));
}

/** Columns by how many steps an agent is from a line; who is reached by nobody stands in the last. */
function laid(found) {
  const agents = new Map(found.filter((one) => one.kind === "agent").map((one) => [one.name, one]));
  const column = new Map(found.filter((one) => one.kind === "line").map((one) => [one.key, 0]));
  const queue = found.filter((one) => one.kind === "line");
  while (queue.length > 0) {
    const from = queue.shift();
    for (const name of from.to) {
      const to = agents.get(name);
      if (!to || column.has(to.key)) continue;
      column.set(to.key, column.get(from.key) + 1);
      queue.push(to);
    }
  }
  const last = Math.max(0, ...column.values()) + 1;
  const rows = [];
  const nodes = found.map((one) => {
    const at = column.get(one.key) ?? last;
    rows[at] = (rows[at] ?? -1) + 1;
    return { ...one, x: 2 + at * (WIDE + APART), y: 2 + rows[at] * (HIGH + BELOW) };
  });
  const edges = nodes.flatMap((from) => from.to.flatMap((name) => nodes.filter((to) => to.kind === "agent" && to.name === name).map((to) => ({ from, to }))));
  return { nodes, edges, width: Math.max(0, ...nodes.map((one) => one.x)) + WIDE + 60, height: Math.max(0, ...nodes.map((one) => one.y)) + HIGH + 30 };
}

function curve(from, to) {
  const [x1, y1, y2] = [from.x + WIDE, from.y + HIGH / 2, to.y + HIGH / 2];
  if (to.x > from.x) return `M${x1} ${y1} C${x1 + APART / 2} ${y1} ${to.x - APART / 2} ${y2} ${to.x} ${y2}`;
  const x2 = to.x + WIDE; // back, or within a column: around the right
  return `M${x1} ${y1 + 8} C${x1 + 50} ${y1 + 8} ${x2 + 50} ${y2 - 8} ${x2} ${y2 - 8}`;
}
