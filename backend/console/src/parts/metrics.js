// Histograms of the server's own figures (/metrics, in the text format of Prometheus), and what of them says how long
// callers wait.

/** Buckets of one family, added up by one label: {value: [[bound, count so far], ...]}. */
export function histogram(text, family, label) {
  const found = {};
  const line = new RegExp(`^${family}_bucket\\{(.*)\\} ([0-9.e+]+)$`, "gm");
  for (const [, inside, count] of text.matchAll(line)) {
    const labels = Object.fromEntries([...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]));
    const buckets = (found[labels[label] ?? ""] ??= new Map());
    const bound = labels.le === "+Inf" ? Infinity : Number(labels.le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + Number(count));
  }
  return Object.fromEntries(Object.entries(found).map(([value, buckets]) => [value, [...buckets].sort(([one], [two]) => one - two)]));
}

/** Below what a share of all values lies, as near as the buckets tell; null where there are none. */
export function quantile(buckets, share) {
  const all = buckets.at(-1)?.[1] ?? 0;
  if (all === 0) return null;
  const at = buckets.findIndex(([, count]) => count >= share * all);
  const [bound, count] = buckets[at];
  const [below, before] = at > 0 ? buckets[at - 1] : [0, 0];
  if (bound === Infinity) return below;
  return below + (bound - below) * ((share * all - before) / (count - before));
}
