// What may stand at the caret of a YAML file, by its JSON Schema and by what the store has. Where the caret is is told by
// indentation alone, so that it works in a file that is not sound yet.

/** A source of completions for CodeMirror. */
export function completions(schema, names) {
  return ({ state, pos, explicit }) => suggested(state.doc, pos, explicit, schema(), names());
}

/** What may stand at a place of a text: {from, options, validFor}, or null. */
export function suggested(doc, pos, explicit, schema, names) {
  const line = doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  if (/(^|\s)#/.test(before)) return null;
  const path = pathAt(doc, line.number, before);
  const word = /[\w@:.-]*$/.exec(before)[0];
  const entry = /^\s*-\s+[^:]*$/.test(before); // it may be a value, or the first key of a group
  const value = entry || /^\s*(?:- )*(?:"?[\w-]+"?:)\s+/.test(before);
  const options = [...(value ? valuesAt(schema, path, names) : []), ...(entry || !value ? keysAt(schema, path) : [])];
  if (options.length === 0 || (!explicit && word === "" && !value)) return null;
  return { from: pos - word.length, options, validFor: /^[\w@:.-]*$/ };
}

/** The keys above the caret, "[]" for an entry of a list: ["handoffs", "[]", "to"]. */
export function pathAt(doc, number, before) {
  const path = [];
  const key = /^(\s*)((?:- )*)(?:"?([\w-]+)"?:)?/.exec(before);
  let indent = key[1].length + key[2].length;
  if (key[3] && /:\s/.test(`${before} `)) path.unshift(key[3]);
  if (key[2]) {
    path.unshift("[]");
    indent = key[1].length;
  } else if (before.trim() === "" || key[3]) {
    indent = key[1].length;
  }
  for (let at = number - 1; at > 0 && (indent > 0 || path[0] === "[]"); at--) {
    const found = /^(\s*)((?:- )*)(?:"?([\w-]+)"?:)?/.exec(doc.line(at).text);
    if (doc.line(at).text.trim() === "" || doc.line(at).text.trim().startsWith("#")) continue;
    const [outer, dashes, name] = [found[1].length, found[2], found[3]];
    const own = outer + dashes.length;
    const opens = name && own < indent;
    const lists = name && path[0] === "[]" && !dashes && own <= indent; // a list may stand as far left as its key
    if (opens || lists) {
      path.unshift(name);
      indent = own;
    }
    if (dashes && outer < indent + 1 && own >= indent && path[0] !== "[]") {
      path.unshift("[]");
      indent = outer;
    }
  }
  return path;
}

function keysAt(schema, path) {
  return [...found(schema, path)].flatMap((one) =>
    Object.entries(one.properties ?? {}).map(([name, spec]) => ({
      label: name,
      apply: `${name}: `,
      type: "property",
      detail: (one.required ?? []).includes(name) ? "must be there" : "",
      info: spec.description ?? resolved(schema, spec)[0]?.description,
    })),
  );
}

function valuesAt(schema, path, names) {
  const last = path.filter((part) => part !== "[]").at(-1);
  const ofStore = names[`${path.filter((part) => part !== "[]").slice(-2).join(".")}`] ?? names[last] ?? [];
  const ofSchema = [...found(schema, path)].flatMap((one) => [
    ...(one.enum ?? []), ...(one.const === undefined ? [] : [one.const]), ...(one.type === "boolean" ? ["true", "false"] : []),
  ]);
  return [...new Set([...ofStore, ...ofSchema].map(String))].map((label) => ({ label, type: "constant" }));
}

/** Every schema that holds at a path. */
function found(root, path) {
  if (!root) return [];
  let now = resolved(root, root);
  for (const part of path) {
    now = now.flatMap((one) => {
      const next = part === "[]" ? one.items : one.properties?.[part] ?? anyKey(one);
      return next ? resolved(root, next) : part === "[]" ? [one] : [];
    });
  }
  // In a list that is written on one line the caret is at an entry of it.
  return now.flatMap((one) => (one.type === "array" && one.items ? [one, ...resolved(root, one.items)] : [one]));
}

const anyKey = ({ additionalProperties: any, patternProperties: shaped }) => (typeof any === "object" ? any : Object.values(shaped ?? {})[0]);

function resolved(root, spec, deep = 0) {
  if (!spec || deep > 8) return [];
  if (spec.$ref) return resolved(root, spec.$ref.replace("#/", "").split("/").reduce((at, key) => at?.[key], root), deep + 1);
  const more = [...(spec.anyOf ?? []), ...(spec.oneOf ?? []), ...(spec.allOf ?? [])];
  return [...(more.length ? [] : [spec]), ...more.flatMap((one) => resolved(root, one, deep + 1))];
}
