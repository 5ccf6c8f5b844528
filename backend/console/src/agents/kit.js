// The editor's own bundle (editor/editor.module.js), which only this page loads: once, and when it is needed.
import { signal } from "@preact/signals";

const build = document.querySelector('meta[name="build"]').content;

/** {editor, compare, merge, readYaml, edited, moved}; null until it has come. */
export const kit = signal(null);
/** Why it has not come, in a sentence. */
export const kitTrouble = signal("");

export async function loadKit() {
  if (kit.value) return;
  try {
    kit.value = await import(`/console/editor.module.js?${build}`);
    kitTrouble.value = "";
  } catch {
    kitTrouble.value = "The editor could not be loaded from the server.";
  }
}

/** The nonce with which this page's policy lets the editor's styles in. */
export const nonce = () => document.querySelector("script[nonce]").nonce;
