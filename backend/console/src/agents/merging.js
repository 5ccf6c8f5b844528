// Two people's changes of one store, merged file by file. Where both changed the same place, or one took away what the
// other changed, somebody has to choose; both texts are kept until then.

/** {files: the whole store as far as it is clear, open: [{name, pieces}], joined: names that were merged by themselves}. */
export function merged(kit, shared, mine, theirs) {
  const [files, open, joined] = [{}, [], []];
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, ours, other] = [shared[name] ?? null, mine[name] ?? null, theirs[name] ?? null];
    if (ours === other || other === was) put(files, name, ours);
    else if (ours === was) put(files, name, other);
    else {
      const pieces = ours === null || other === null ? [{ mine: ours, theirs: other, base: was }] : kit.merge(was ?? "", ours, other);
      const clear = pieces.every((piece) => "ok" in piece);
      if (clear) {
        put(files, name, chosen(pieces, []));
        joined.push(name);
      } else open.push({ name, pieces });
    }
  }
  return { files, open, joined };
}

function put(files, name, text) {
  if (text !== null) files[name] = text;
}

/** A file's text once somebody has chosen: "mine" | "theirs" | "both" for each piece that was open. */
export function chosen(pieces, choices) {
  let at = 0;
  let gone = false;
  const text = pieces.map((piece) => {
    if ("ok" in piece) return piece.ok;
    const choice = choices[at++] ?? "mine";
    if (choice === "both") return (piece.theirs ?? "") + (piece.mine ?? "");
    gone ||= piece[choice] === null;
    return piece[choice] ?? "";
  }).join("");
  return gone ? null : text;
}
