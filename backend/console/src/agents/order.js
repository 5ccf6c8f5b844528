// A list that is put in order by dragging, or by keyboard: the buttons beside each entry move it, and keep the focus.
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { html } from "../html.js";

/** @param entries [{key, title, more}]. @param move (from, to). */
export function Order({ entries, move }) {
  const dragged = useSignal(-1);
  const over = useSignal(-1);
  const list = useRef(null);
  const focus = useRef(null);
  const told = useSignal("");
  // Before the page is painted: an effect that waits for its frame would take the focus of who presses within it.
  useLayoutEffect(() => {
    if (!focus.current) return;
    const wanted = [...list.current.querySelectorAll(`[data-key="${CSS.escape(focus.current.key)}"] button`)];
    (wanted.find((one) => one.dataset.way === focus.current.way && !one.disabled) ?? wanted.find((one) => !one.disabled))?.focus();
    focus.current = null;
  }, [entries.map((one) => one.key).join()]);
  const shift = (from, to, way) => {
    if (to < 0 || to >= entries.length || from === to) return;
    if (way) focus.current = { key: entries[from].key, way };
    told.value = `${entries[from].title} is number ${to + 1} of ${entries.length} now`;
    move(from, to);
  };
  const drop = (event, at) => {
    event.preventDefault();
    if (dragged.value >= 0) shift(dragged.value, at);
    dragged.value = over.value = -1;
  };
  return html`<ol class="order" ref=${list}>${entries.map(({ key, title, more }, at) => html`<li key=${key} data-key=${key} draggable="true" class=${over.value === at && dragged.value !== at ? "over" : ""}
      onDragStart=${(event) => ((dragged.value = at), event.dataTransfer.setData("text/plain", title))}
      onDragOver=${(event) => dragged.value >= 0 && (event.preventDefault(), (over.value = at))}
      onDrop=${(event) => drop(event, at)} onDragEnd=${() => (dragged.value = over.value = -1)}>
      <span class="grip" aria-hidden="true">⠿</span><span class="grow">${title} <small>${more}</small></span>
      <button type="button" data-way="up" disabled=${at === 0} onClick=${() => shift(at, at - 1, "up")} aria-label=${`Move ${title} up`}>↑</button>
      <button type="button" data-way="down" disabled=${at === entries.length - 1} onClick=${() => shift(at, at + 1, "down")} aria-label=${`Move ${title} down`}>↓</button>
    </li>`)}</ol><p class="hidden" role="status">${told.value}</p>`;
}
