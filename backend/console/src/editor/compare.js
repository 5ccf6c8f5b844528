// Two texts compared, and three merged, line by line.
import { diff3Merge, diffComm } from "node-diff3";

const AROUND = 3;
const lines = (text) => (text ? text.replace(/\n$/, "").split("\n") : []);

/** What differs: [{sign: " " | "+" | "-" | "…", text}], with a few lines around each place. */
export function compare(before, after) {
  const all = diffComm(lines(before), lines(after)).flatMap((piece) =>
    piece.common
      ? piece.common.map((text) => ({ sign: " ", text }))
      : [...piece.buffer1.map((text) => ({ sign: "-", text })), ...piece.buffer2.map((text) => ({ sign: "+", text }))],
  );
  const near = new Set();
  all.forEach(({ sign }, at) => {
    if (sign !== " ") for (let one = at - AROUND; one <= at + AROUND; one++) near.add(one);
  });
  const shown = [];
  all.forEach((line, at) => {
    if (near.has(at)) shown.push(line);
    else if (shown.length > 0 && shown.at(-1).sign !== "…") shown.push({ sign: "…", text: "" });
  });
  return shown.at(-1)?.sign === "…" ? shown.slice(0, -1) : shown;
}

/** What two people made of one text: [{ok: text} | {mine, theirs, base}], the second where both changed the same place. */
export function merge(base, mine, theirs) {
  const joined = (part) => part.map((line) => `${line}\n`).join("");
  return diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true }).map((piece) =>
    piece.ok
      ? { ok: joined(piece.ok) }
      : { mine: joined(piece.conflict.a), base: joined(piece.conflict.o), theirs: joined(piece.conflict.b) },
  );
}
