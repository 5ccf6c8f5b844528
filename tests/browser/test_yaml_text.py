"""What forms of the console write into YAML: one value changes and nothing else, in every file that we ship."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from chromium import ROOT
from node import NoNode, node

FILES = sorted(
    path
    for store in (ROOT / "agent_store", *ROOT.glob("examples/*/agent_store"))
    for folder in ("agents", "lines", "forms", "phrases", "identities")
    for path in store.glob(f"{folder}/*.yaml")
)
MODULE = ROOT / "backend/console/built/editor.module.js"
SCRIPT = """
import { createInterface } from "node:readline";
const kit = await import(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const { text, act, path, value, from, to } of JSON.parse(line)) {
    const [set, drop] = [() => kit.edited(text, path, value), () => kit.edited(text, path, undefined)];
    answers.push({ set, drop, move: () => kit.moved(text, path, from, to) }[act]());
  }
  console.log(JSON.stringify(answers));
}
"""
VALUES: tuple[Any, ...] = (
    "Plain words", "no", "12:30", "2026-12-25", "0123", "a: b # c", "it's", '"quoted"', "two\nlines", " space ",
    "ñ ¿", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Has the bundle's own functions do what is asked, one after the other; they are loaded and compiled once."""
    try:
        program = str(node())
    except NoNode as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("kit")
    (folder / "module.mjs").write_bytes(MODULE.read_bytes())
    (folder / "run.mjs").write_text(SCRIPT, "utf-8")
    command = [program, str(folder / "run.mjs"), str(folder / "module.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        asks, answers = process.stdin, process.stdout

        def run(asked: list[dict[str, Any]]) -> list[str]:
            print(json.dumps(asked), file=asks, flush=True)
            answer = answers.readline()
            assert answer, f"it ended with status {process.wait()}"
            return json.loads(answer)

        yield run
        asks.close()
        assert process.wait(60) == 0


@cache
def read(text: str) -> Any:
    """As the server reads it. Nobody changes what is given."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def comments(text: str) -> list[str]:
    return [
        line.rpartition(" #")[2] or line for line in text.splitlines() if line.lstrip().startswith("#") or " # " in line
    ]


def lines_lost(before: str, after: str) -> int:
    """How many lines of a text are not in another one any more."""
    return (Counter(before.splitlines()) - Counter(after.splitlines())).total()


def test_a_text_is_changed_and_everything_else_stays(kit: Any) -> None:
    asked = [
        {"text": text, "act": "set", "path": [key], "value": VALUES[at % len(VALUES)]}
        for path in FILES
        for text in [path.read_text("utf-8")]
        for at, (key, value) in enumerate(read(text).items())
        if isinstance(value, str)
    ]
    assert len(asked) > 100
    for one, after in zip(asked, kit(asked), strict=True):
        before = read(one["text"])
        (key,) = one["path"]
        assert read(after) == before | {key: one["value"]}, key
        assert set(comments(one["text"])) <= set(comments(after))
        assert lines_lost(one["text"], after) <= max(1, str(before[key]).count("\n") + len(str(before[key])) // 50 + 3)


def test_a_key_comes_and_goes_without_a_trace(kit: Any) -> None:
    texts = [path.read_text("utf-8") for path in FILES if path.parent.name in ("agents", "lines", "forms")]
    with_key = kit([{"text": text, "act": "set", "path": ["owner"], "value": "no"} for text in texts])
    for text, after in zip(texts, with_key, strict=True):
        assert read(after)["owner"] == "no"
        assert lines_lost(text, after) <= 1
    without = kit([{"text": text, "act": "drop", "path": ["owner"]} for text in with_key])
    for text, after in zip(texts, without, strict=True):
        assert read(after) == {key: value for key, value in read(text).items() if key != "owner"}
        assert lines_lost(text, after) <= 1


def test_fields_are_moved_with_their_comments(kit: Any) -> None:
    texts = [path.read_text("utf-8") for path in FILES if path.parent.name == "forms"]
    for text, after in zip(
        texts,
        kit([{"text": text, "act": "move", "path": ["fields"], "from": 0, "to": 2} for text in texts]),
        strict=True,
    ):
        before, now = read(text), read(after)
        first, second, third, *rest = before["fields"]
        assert now == before | {"fields": [second, third, first, *rest]}
        assert sorted(comments(after)) == sorted(comments(text))
        assert lines_lost(text, after) == 0


def test_what_cannot_be_read_stays_as_it_is(kit: Any) -> None:
    broken = ["name: [", "a: 1\na: 2\n---\nb: 3\n", "\tname: x: y"]
    assert kit([{"text": text, "act": "set", "path": ["name"], "value": "x"} for text in broken]) == broken
