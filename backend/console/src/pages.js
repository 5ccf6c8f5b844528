// The pages, in the order of the menu. A page is a row here and a component that gets {rest, query}: what stands in the
// address behind its path. `role` is the least that its first request asks for.
import { Agents } from "./agents/page.js";
import { Calls } from "./pages/calls.js";
import { Cases } from "./pages/cases.js";
import { Health } from "./pages/health.js";
import { Live } from "./pages/live.js";
import { Speak } from "./softphone/speak.js";

export const PAGES = [
  { path: "live", title: "Live", role: "viewer", show: Live },
  { path: "calls", title: "Calls", role: "viewer", show: Calls },
  { path: "cases", title: "Cases", role: "viewer", show: Cases },
  { path: "agents", title: "Agents", role: "viewer", show: Agents },
  { path: "speak", title: "Speak", role: "operator", show: Speak },
  { path: "health", title: "Health", role: "viewer", show: Health },
];

export function pageAt([first]) {
  return PAGES.find((page) => page.path === first) ?? PAGES[0];
}
