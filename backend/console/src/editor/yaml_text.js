// YAML that is read for forms and graphs, and changed without losing a comment or the way it was written.
import { isCollection, isScalar, isSeq, parseDocument as parse, visit } from "yaml";

import { merge } from "./compare.js";

// The server reads YAML 1.1, in which a bare `no` is false and a bare 12:30 a number.
const parseDocument = (text) => parse(text, { version: "1.1" });
const STYLE = { lineWidth: 0, flowCollectionPadding: false };

/** What a text says, as far as it can be read; {} where it cannot. */
export function readYaml(text) {
  const read = parseDocument(text ?? "");
  if (read.errors.length > 0) return {};
  let value;
  try {
    value = read.toJS();
  } catch {
    return {}; // aliases that multiply, which the server does not take either
  }
  return value && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/**
 * A text with one value changed; `undefined` takes the key away. A text that cannot be read stays as it is.
 * @param path such as ["voice", "rate"] or ["tools"].
 */
export function edited(text, path, value) {
  const read = parseDocument(text);
  if (read.errors.length > 0) return text;
  const place = read.getIn(path, true);
  if (isScalar(place) && place.range && typeof value === "string" && !/^BLOCK/.test(place.type)) {
    return text.slice(0, place.range[0]) + written(value, place.type) + text.slice(place.range[1]);
  }
  return changed(text, (doc) => (value === undefined ? doc.deleteIn(path) : doc.setIn(path, alike(doc, path, value))));
}

/** A text in which one entry of a list stands at another place, with its comments. */
export function moved(text, path, from, to) {
  const list = parseDocument(text).getIn(path, true);
  if (!isSeq(list) || from === to || !list.items[from] || !list.items[to]) return text;
  return changed(text, (doc) => {
    const { items } = doc.getIn(path, true);
    items.splice(to, 0, ...items.splice(from, 1));
  });
}

// YAML is written anew as a whole, in the library's way; what that changes besides what was meant is taken back line by
// line, so that everything else stays letter for letter.
function changed(text, change) {
  const doc = parseDocument(text);
  const before = doc.toString(STYLE);
  change(doc);
  const after = doc.toString(STYLE);
  const whole = merge(before, text, after).map((piece) => piece.ok ?? piece.theirs).join("");
  return same(whole, after) ? whole : after;
}

const same = (one, other) => JSON.stringify(readYaml(one)) === JSON.stringify(readYaml(other));

// A list that takes the place of one is written as that was, on one line or on several; a new one of plain values on one.
function alike(doc, path, value) {
  const before = doc.getIn(path, true);
  const node = doc.createNode(value);
  visit(node, { Seq: (_, list) => void (list.flow = list.items.every(isScalar)) });
  if (isCollection(before) && isCollection(node)) node.flow = before.flow ?? false;
  return node;
}

function written(value, type) {
  if (type === "QUOTE_SINGLE") return `'${value.replaceAll("'", "''")}'`;
  if (type === "PLAIN" && plain(value)) return value;
  return JSON.stringify(value);
}

// May it stand without quotes, and still be this very text?
function plain(value) {
  return parseDocument(value).errors.length === 0 && parseDocument(value).toJS() === value && !/[:#\n]/.test(value) && value.trim() === value;
}
