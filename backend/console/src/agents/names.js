// What the draft's files say, as far as they can be read: for completion, for the graph, and for forms.
import { computed } from "@preact/signals";

import { kit } from "./kit.js";
import * as work from "./workspace.js";

const KINDS = { agents: "agent", lines: "line", forms: "form", identities: "identity", books: "book", tools: "tools", phrases: "phrases" };

export const schemaOf = (name) => work.schemas.value[KINDS[name.split("/")[0]]];

const inside = (folder) => work.names.value.filter((name) => name.startsWith(`${folder}/`) && work.textOf(name) != null);
const bare = (name) => name.slice(name.indexOf("/") + 1).replace(/\.ya?ml$/, "");

/** Every file of a folder: [[its name, what it says], ...]. */
export const read = (folder) => inside(folder).map((name) => [bare(name), kit.value.readYaml(work.textOf(name))]);

const agents = computed(() => inside("agents").map(bare));

/** Names that may stand behind a key: {prompt: [...], "handoffs.to": [...]}. */
export function known() {
  const tools = work.tools.value.map((one) => one.name);
  return {
    prompt: inside("prompts").map((name) => name.slice("prompts/".length)),
    entry: agents.value, agents: agents.value, "handoffs.to": agents.value,
    tools, opening_tool: tools, "tools.name": tools,
    requires: inside("identities").flatMap((name) => kit.value.readYaml(work.textOf(name)).grants ?? []),
  };
}
