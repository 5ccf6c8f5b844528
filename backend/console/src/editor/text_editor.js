// The text editor: CodeMirror with YAML or Jinja, what the check says at its lines, and completion from the schema.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { jinja2 } from "@codemirror/legacy-modes/mode/jinja2";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { completions } from "./completion.js";

const LANGUAGES = { yaml: () => yaml(), jinja: () => StreamLanguage.define(jinja2), text: () => [] };
const given = Annotation.define(); // a change that did not come from who types

const COLORS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.keyword, tags.tagName], color: "var(--accent)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.comment, tags.lineComment, tags.meta], color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--good)" },
  { tag: [tags.variableName, tags.special(tags.variableName), tags.operator], color: "var(--warn)" },
]);

const LOOKS = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "4px", background: "var(--paper)", color: "var(--ink)", fontSize: "0.93rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-content": { caretColor: "var(--ink)", fontFamily: "ui-monospace, monospace" },
  ".cm-scroller": { minHeight: "20rem", maxHeight: "calc(100vh - 17rem)", overflow: "auto" },
  ".cm-gutters": { background: "var(--raised)", color: "var(--quiet)", border: "none" },
  ".cm-activeLine": { background: "color-mix(in srgb, var(--raised) 60%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--accent) 25%, transparent) !important" },
  ".cm-tooltip, .cm-panels": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8" },
  ".cm-completionInfo": { maxWidth: "24rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--warn)" },
});

/**
 * Put an editor into an element.
 * @param parent the element.
 * @param text what it begins with. @param language "yaml" | "jinja" | "text". @param label what it is called.
 * @param readOnly may it only be looked at? @param nonce of the page's policy, for its styles.
 * @param changed told of the new text whenever somebody has typed.
 * @param schema () => the JSON Schema of the file, or undefined. @param names () => {key: [name, ...]} of the store.
 * @returns {{set, show, go, close}}
 */
export function editor(parent, { text, language, label, readOnly, nonce, changed, schema, names }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce), LOOKS, TYPES_OVER, syntaxHighlighting(COLORS), LANGUAGES[language](),
        lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(),
        closeBrackets(), highlightActiveLine(), highlightSelectionMatches(), search({ top: true }),
        autocompletion({ override: language === "yaml" ? [completions(schema, names)] : [] }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
        EditorView.lineWrapping, EditorState.readOnly.of(readOnly), EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          const typed = update.docChanged && !update.transactions.some((one) => one.annotation(given));
          if (typed) changed(view.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    /** Give it another text, as after a form or a merge; the caret stays where it is as far as that goes. */
    set(wanted) {
      const now = view.state.doc.toString();
      if (wanted === now) return;
      const { from, to, insert } = difference(now, wanted);
      view.dispatch({ changes: { from, to, insert }, annotations: given.of(true) });
    },
    /** Mark what is wrong: [{line, message, severity}]. */
    show(faults) {
      view.dispatch(setDiagnostics(view.state, faults.map((fault) => marked(view.state.doc, fault))));
    },
    /** Set the caret at a line, and show it. */
    go(line) {
      const at = lineOf(view.state.doc, line).from;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

// What is typed over a selection is put in by the editor itself: left to it, a browser keeps the looks of the text before
// in a style attribute, which the page's policy does not allow.
const TYPES_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || event.data == null || main.empty || view.composing || view.state.readOnly) return false;
    event.preventDefault();
    const typed = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const taken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data, typed));
    if (!taken) view.dispatch(typed());
    return true;
  },
});

const lineOf = (doc, line) => doc.line(Math.min(Math.max(line, 1), doc.lines));

function marked(doc, { line, message, severity }) {
  const found = lineOf(doc, line);
  const inner = found.text.search(/\S/);
  return { from: found.from + Math.max(inner, 0), to: found.to, message, severity };
}

function difference(before, after) {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let [one, other] = [before.length, after.length];
  while (one > from && other > from && before[one - 1] === after[other - 1]) {
    one--;
    other--;
  }
  return { from, to: one, insert: after.slice(from, other) };
}
