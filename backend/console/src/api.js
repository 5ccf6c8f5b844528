// The server's API, as everybody else uses it. Whether somebody may is decided there and only there.
import { signOff } from "./session.js";

/** What the server, or the way to it, has against a request; its message is written for people. */
export class ApiError extends Error {
  constructor(status, code, message, problems = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems; // of a store that does not pass the check: [{file, line, message}]
  }
}

const LIMIT_MS = 15_000;

/** Ask; gives {data, headers}. An answer without a body has the data null, one that is no JSON its text. */
export async function ask(method, path, { query, body, signal, headers = {}, keepalive = false } = {}) {
  const search = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value !== "" && value != null));
  const limit = AbortSignal.timeout(LIMIT_MS);
  let answer;
  try {
    answer = await fetch(`${path}${search.size ? `?${search}` : ""}`, {
      method,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      keepalive,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "network", "The server does not answer. Is it running, and is this machine online?");
  }
  if (!answer.ok) throw await refused(answer);
  const json = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { data: answer.status === 204 ? null : await (json ? answer.json() : answer.text()), headers: answer.headers };
}

export const get = async (path, query, signal) => (await ask("GET", path, { query, signal })).data;
export const post = async (path, body = {}) => (await ask("POST", path, { body })).data;

async function refused(answer) {
  const fault = await answer.json().catch(() => ({}));
  if (answer.status === 401) signOff();
  const message = fault.error?.message?.replace(/(^|; )(body|query|path)\./g, "$1"); // where a field stands is for programs
  return new ApiError(answer.status, fault.error?.code ?? "", message ?? `The server answered ${answer.status}.`, fault.error?.problems);
}
