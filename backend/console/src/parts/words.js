// The console's words for what the API has names for.
export const OUTCOMES = {
  completed: "Completed",
  transferred: "Transferred to a person",
  caller_hung_up: "Caller hung up",
  idle: "Nobody spoke",
  voicemail: "A machine answered",
  rejected: "Not answered",
  failed: "Failed",
};

/** Why a call ended so, in a sentence. */
export const ENDINGS = {
  completed: "The agent said goodbye: everything was done.",
  transferred: "A person took over.",
  caller_hung_up: "The caller hung up before the agent was done.",
  idle: "Nobody spoke, and the call was ended.",
  voicemail: "A machine answered the call that was placed.",
  rejected: "The call was never answered: busy, closed, or no such line.",
  failed: "Something broke on our side.",
};

/** Why it ended so, with what the record knows besides: who spoke last, what was filed, and what broke on the way. */
export function why(call) {
  const last = call.turns.at(-1);
  const faults = call.turns.flatMap((turn) => turn.moments.filter((one) => one.kind === "fault").map((one) => one.name));
  const cut = call.outcome === "caller_hung_up" && last?.interrupted ? " while the agent was speaking" : "";
  const parts = [`${ENDINGS[call.outcome].replace(/\.$/, "")}${cut}`];
  if (call.detail) parts.push(call.detail);
  if (last?.agent && call.outcome !== "rejected") parts.push(`${last.agent} spoke last`);
  parts.push(call.case_number ? `${call.case_number} was filed` : call.turns.length > 1 ? "nothing was filed" : "");
  if (faults.length > 0) parts.push(`on our side failed ${[...new Set(faults)].join(", ")}`);
  return `${parts.filter(Boolean).join("; ")}.`;
}

export const DIRECTIONS = { inbound: "Inbound", outbound: "Placed", browser: "Browser", chat: "Chat" };
/** What goes on in a live call at this moment. */
const DOING = {
  listening: "Listening",
  hearing: "The caller speaks",
  thinking: "Thinking",
  tool: "Waiting for",
  speaking: "Speaking",
  connecting: "Connecting or leaving",
  colleague: "Taken over by",
};

/** In words: what a live call does, and about what. */
export function doing({ doing: what, about, state }) {
  if (state === "moving" || !what) return STATES[state];
  if (what === "tool" || what === "colleague") return `${DOING[what]} ${about}`;
  return about ? `${DOING[what]}, ${plain(about.replace(/^.*\./, "")).toLowerCase()} was asked` : DOING[what];
}

export const STATES = { listening: "Listening", speaking: "Speaking", moving: "Moving to another worker", over: "Over" };

/** full_name → Full name */
export function plain(name) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The other side of a call, masked as the API has it. */
export function party(call) {
  const number = call.direction === "outbound" ? call.called : call.caller;
  return number.replace(/^•+/, "•••\u00a0") || (call.direction === "inbound" ? "withheld" : DIRECTIONS[call.direction] ?? call.direction);
}

export const several = (count, one, more = `${one}s`) => `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;
