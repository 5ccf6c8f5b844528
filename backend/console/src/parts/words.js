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

export const DIRECTIONS = { inbound: "Inbound", outbound: "Placed", browser: "Browser", chat: "Chat" };
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
