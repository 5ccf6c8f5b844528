// The pages, in the order of the menu. A page is a row here and a component that gets {rest, query}: what stands in the
// address behind its path. `role` is the least that its first request asks for.
import { Health } from "./pages/health.js";
import { Speak } from "./softphone/speak.js";

export const PAGES = [
  { path: "health", title: "Health", role: "viewer", show: Health },
  { path: "speak", title: "Speak", role: "operator", show: Speak },
];

export function pageAt([first]) {
  return PAGES.find((page) => page.path === first) ?? PAGES[0];
}
