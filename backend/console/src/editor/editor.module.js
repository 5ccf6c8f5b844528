// What only who edits agents needs, loaded then and there: the text editor, YAML that keeps comments, and the comparison
// of texts. It knows nothing of the pages, so that it is a bundle of its own.
export { editor } from "./text_editor.js";
export { suggested } from "./completion.js";
export { compare, merge } from "./compare.js";
export { edited, moved, readYaml } from "./yaml_text.js";
