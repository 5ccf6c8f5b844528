"""What the console's editor completes: keys from the schema, names from the store, at the place of the caret."""

import json
import subprocess
from pathlib import Path

import pytest
from chromium import ROOT
from node import NoNode, node

MODULE = ROOT / "backend/console/built/editor.module.js"
SCRIPT = """
import { readFileSync } from "node:fs";
const kit = await import(process.argv[2]);
const names = { prompt: ["auth.jinja"], tools: ["check_safety"], "handoffs.to": ["fnol"], entry: ["auth"] };
class Text {
  constructor(text) { this.all = text.split("\\n"); }
  line(number) {
    const from = this.all.slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0);
    return { number, from, text: this.all[number - 1] };
  }
  lineAt(at) {
    const number = this.all.findIndex((_, one) => at <= this.line(one + 1).from + this.all[one].length) + 1;
    return this.line(number);
  }
}
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ schema, text }) => {
  const found = kit.suggested(new Text(text.replace("|", "")), text.indexOf("|"), false, schema, names);
  return found ? found.options.map((one) => one.label) : [];
});
console.log(JSON.stringify(answers));
"""
PLACES = (
    ("agent", "name: a\nhan|", "handoffs"),
    ("agent", "prompt: |", "auth.jinja"),
    ("agent", "tools: [che|", "check_safety"),
    ("agent", "tools:\n  - ch|", "check_safety"),
    ("agent", "handoffs:\n  - t|", "to"),
    ("agent", "handoffs:\n  - to: |", "fnol"),
    ("agent", "handoffs:\n- to: x\n  st|", "style"),
    ("agent", "handoffs:\n  - to: x\n    style: |", "announced"),
    ("agent", "speech:\n  phrases:\n    - one\n  si|", "silence_ms"),
    ("agent", "draft: |", "true"),
    ("line", "hours:\n  week:\n    mo|", "mon"),
    ("line", "hours:\n  action: |", "call_back"),
    ("line", "person:\n  number: x\nent|", "entry"),
    ("form", "fields:\n  - name: a\n    kind: |", "yes_no"),
    ("form", "fields:\n  - name: a\n    texts:\n      en:\n        ag|", "again"),
    ("agent", "# han|", ""),
)


def test_what_may_stand_at_the_caret_is_offered(tmp_path: Path) -> None:
    try:
        program = str(node())
    except NoNode as error:
        pytest.skip(str(error))
    (tmp_path / "module.mjs").write_bytes(MODULE.read_bytes())
    (tmp_path / "run.mjs").write_text(SCRIPT, "utf-8")
    schemas = {kind: json.loads((ROOT / f"agent_store/schema/{kind}.schema.json").read_text()) for kind, *_ in PLACES}
    asked = json.dumps([{"schema": schemas[kind], "text": text} for kind, text, _ in PLACES])
    command = [program, str(tmp_path / "run.mjs"), str(tmp_path / "module.mjs")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=60, check=True)
    for (_, text, wanted), offered in zip(PLACES, json.loads(done.stdout), strict=True):
        assert (wanted in offered) if wanted else not offered, (text, offered)
