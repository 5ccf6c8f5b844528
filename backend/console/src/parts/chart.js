// Columns over time, one for each slot, stacked by line. What they show stands in a table beside them, for who cannot see it.
import { html } from "../html.js";

const WIDTH = 600;
const HEIGHT = 120;
const SHADES = ["a", "b", "c", "d", "e", "f"];

/** The class of a line's color; lines keep theirs as long as their names are sorted the same. */
export const shade = (lines, line) => `shade-${SHADES[lines.indexOf(line) % SHADES.length]}`;

/**
 * @param slots [{at, parts: {line: value}}], the oldest first. @param lines all lines, in order.
 * @param tell (value) => text. @param when (at) => text.
 */
export function Columns({ title, slots, lines, tell, when }) {
  const total = ({ parts }) => Object.values(parts).reduce((sum, value) => sum + value, 0);
  const most = Math.max(...slots.map(total));
  if (!(most > 0)) return null;
  const wide = WIDTH / slots.length;
  return html`<figure class="chart"><figcaption>${title} <span class="quiet">most: ${tell(most)}</span></figcaption>
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`${title}; the most is ${tell(most)}`}>
      ${slots.map((slot, at) => {
        let below = 0;
        return html`<g key=${slot.at}><title>${`${when(slot.at)}: ${tell(total(slot))}`}</title>
          <rect class="ground" x=${at * wide} y="0" width=${wide} height=${HEIGHT} />
          ${lines.map((line) => {
            const high = ((slot.parts[line] ?? 0) / most) * (HEIGHT - 4);
            below += high;
            return high > 0 && html`<rect class=${shade(lines, line)} x=${at * wide + wide * 0.1} y=${HEIGHT - below} width=${wide * 0.8} height=${high} />`;
          })}</g>`;
      })}
    </svg>
    <div class="row between quiet"><span>${when(slots[0].at)}</span><span>${slots.length > 1 && when(slots.at(-1).at)}</span></div>
  </figure>`;
}

/** Values over time as lines, one for each line; where there is no value the line is broken. */
export function Lines({ title, slots, lines, tell, when }) {
  const values = slots.flatMap(({ parts }) => Object.values(parts)).filter((value) => value != null);
  const most = Math.max(...values);
  if (!(most > 0)) return null;
  const wide = WIDTH / slots.length;
  const y = (value) => HEIGHT - (value / most) * (HEIGHT - 4);
  const x = (at) => (at + 0.5) * wide;
  return html`<figure class="chart"><figcaption>${title} <span class="quiet">most: ${tell(most)}</span></figcaption>
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`${title}; the most is ${tell(most)}`}>
      ${lines.map((line) => html`<path key=${line} class=${`stroke ${shade(lines, line)}`} vector-effect="non-scaling-stroke" d=${slots.map(({ parts }, at) => {
        const here = parts[line];
        if (here == null) return "";
        const before = at > 0 ? slots[at - 1].parts[line] : null;
        return before == null ? `M${x(at) - 2} ${y(here)}H${x(at) + 2}M${x(at)} ${y(here)}` : `L${x(at)} ${y(here)}`;
      }).join("")} />`)}
      ${slots.map((slot, at) => html`<rect key=${slot.at} class="ground" x=${at * wide} y="0" width=${wide} height=${HEIGHT}>
        <title>${`${when(slot.at)}: ${lines.filter((line) => slot.parts[line] != null).map((line) => `${line} ${tell(slot.parts[line])}`).join(", ") || "nobody"}`}</title></rect>`)}
    </svg>
    <div class="row between quiet"><span>${when(slots[0].at)}</span><span>${slots.length > 1 && when(slots.at(-1).at)}</span></div>
  </figure>`;
}

/** Which color is which line. */
export const Key = ({ lines }) => html`<p class="key quiet">${lines.map((line) => html`<span key=${line}><i class=${shade(lines, line)} aria-hidden="true"></i> ${line}</span>`)}</p>`;
