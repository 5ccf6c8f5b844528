"""A fault in YAML is told with the line where it is, not with the one where the reader stumbles over it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.agents import yaml_file
from backend.agents.yaml_file import YamlFault, parse_yaml

ROOT = Path(__file__).resolve().parents[3]
FAULTS: dict[str, tuple[str, int, str]] = {
    "quote": ('name: a\ndescription: b\ncompany: "Meridian\nentry: auth\nagents: [a]\n', 3, "noticed in line 5"),
    "quote that the next one closes": ('name: a\ncompany: "Meridian\nentry: "auth"\n', 2, "noticed in line 3"),
    "single quote": ("name: a\ncompany: 'Meridian\nentry: auth\n", 2, "opens a quote that is not closed"),
    "quote in the last line": ('name: a\nentry: "x\n', 2, "not closed"),
    "after an apostrophe": ("name: a\ngreeting: it's fine\nentry: 'x\nagents: [a]\n", 3, "not closed"),
    "bracket": ("name: a\nagents: [a, b\nentry: auth\nperson: x\n", 2, "noticed in line 3"),
    "brace": ('name: a\nperson: {number: "1"\nentry: auth\n', 2, "noticed in line 3"),
    "no colon": ("name: a\nentry auth\nagents: [a]\n", 2, "expected ':'; write a colon"),
    "two colons": ("name: a\ndescription: b: c\nentry: x\n", 2, "; put a text with a colon in it into quotes"),
    "indented": ("name: a\n  entry: x\n", 2, "indent keys of one place alike"),
    "list beside keys": ("name: a\n- b\n", 2, "; indent what belongs together alike"),
    "an at": ("name: a\nmail: @b\n", 2, "; put a text that begins with @"),
    "list behind its key": ("name: a\nagents: - b\n", 2, "; begin a list in a line of its own"),
    "backslash": ('name: a\npath: "\\q"\n', 2, "; write a backslash twice"),
    "brace too many": ("{name: a}}\n", 1, "a bracket too many"),
    "a list that is whole before it": ("name: a\nagents: [a,\n  b]\nentry: b: c\n", 4, "mapping values"),
    "a text with quotes before it": ('name: a\ntext: |\n  "quoted\n  more\nentry: a: b\n', 5, "mapping values"),
    "uneven list": ("name: a\nagents:\n  - a\n - b\n", 4, "is not YAML"),
    "a character that cannot be seen": ("name: a\nx: b\ny: c\x00\n", 3, "cannot be seen (U+0000)"),
    "another one": ('name: a\nperson:\n  number: "\x1b[2J"\n', 3, "cannot be seen (U+001B)"),
    "tab": ("name: a\nperson:\n\tnumber: x\n", 3, "a tab"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_line_with_the_fault_is_told(name: str) -> None:
    text, line, says = FAULTS[name]
    with pytest.raises(YamlFault) as fault:
        parse_yaml(text.encode())
    assert (fault.value.line, says in str(fault.value)) == (line, True), str(fault.value)


@pytest.mark.parametrize(
    "number", ["0x" + "f" * 5000, "1" * 41, "1:" + "59:" * 3000 + "1", "0b" + "1" * 64, "1." + "0" * 60]
)
def test_a_number_that_nobody_could_write_again_is_refused_with_its_line(number: str) -> None:
    with pytest.raises(YamlFault, match="a number of") as fault:
        parse_yaml(f"name: a\nkept: '{number}'\nretries: {number}\n".encode())
    assert fault.value.line == 3


@pytest.mark.parametrize("kind", ["int", "float", "bool", "null", "timestamp", "binary", "omap", "set", "merge", "x"])
@pytest.mark.parametrize("value", ['""', "x", '"_"', '"-"', "2020", "9999-99-99", "0001-01-01 00:00:00 +14:00", "é"])
def test_a_value_that_is_not_what_its_tag_says_is_read_or_refused_with_its_line(kind: str, value: str) -> None:
    try:
        parse_yaml(f"name: a\nkept: !!{kind} {value}\n".encode())
    except YamlFault as fault:
        assert fault.line == 2
    with pytest.raises(YamlFault, match="'2020' is no timestamp"):
        parse_yaml(b"kept: !!timestamp 2020\n")


def test_looking_for_the_line_is_bounded() -> None:
    text = 'name: "a\n' + "key: value\n" * 20_000
    with pytest.raises(YamlFault) as fault:
        parse_yaml(text.encode())
    assert fault.value.line >= 20_001 - 50


def test_what_is_read_is_the_reader_s_own() -> None:
    """Files are kept as they were read; nobody changes what the next one gets."""
    raw = b"name: one\nlist: [1, {a: b}]\nname: two\n"
    first = parse_yaml(raw)
    first.content["list"][1]["a"] = "changed"
    first.content["list"].append(2)
    first.duplicates.clear()
    second = parse_yaml(raw)
    assert second.content == {"name": "two", "list": [1, {"a": "b"}]}
    assert second.duplicates == [(3, "name")]
    assert second.line(("list", 1, "a")) == 2


def test_a_store_is_read_once_and_no_giant_is_kept() -> None:
    raw, giant = b"once: 1\n", b"giant: " + b"x" * 100_000 + b"\n"
    parse_yaml(raw)
    before = yaml_file._kept.cache_info()
    assert parse_yaml(raw).content == {"once": 1} and len(parse_yaml(giant).content["giant"]) == 100_000
    after = yaml_file._kept.cache_info()
    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)


EVERY = sorted(path for path in (ROOT / "agent_store").rglob("*.yaml")) + sorted((ROOT / "examples").rglob("*.yaml"))
ODD = [
    b"a: ! 12\nb: !!str 12\nc: !!int '12'\nd: 012\ne: 0x1F\nf: .inf\ng: ~\nh: yes\ni: 'yes'\nj: 1:30\nk: \"5\"\n",
    b"a: 2026-11-27\nb: 2026-11-27T10:00:00Z\nc:\nd: ''\ne: |\n  two\n  lines\nf: >-\n  folded\n  text\n",
    b"g: [[1, [2]], {x: {}}]\n",
    b"? a\n: b\n1: one\ntrue: two\n~: three\nlist:\n- x\n- - y\n  - z\n",
]


@pytest.mark.parametrize("raw", [*(path.read_bytes() for path in EVERY), *ODD])
def test_values_and_lines_are_those_of_yaml_s_own_nodes(raw: bytes) -> None:
    lines: dict[tuple[str | int, ...], int] = {}

    def value(node: Any, path: tuple[str | int, ...]) -> Any:
        lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, one in node.value:
                lines[(*path, key.value)] = key.start_mark.line + 1
                found[key.value] = value(one, (*path, key.value))
            return found
        if isinstance(node, yaml.SequenceNode):
            return [value(one, (*path, index)) for index, one in enumerate(node.value)]
        return yaml.CSafeLoader("").construct_object(node)

    read = parse_yaml(raw)
    assert read.content == value(yaml.compose(raw.decode(), Loader=yaml.CSafeLoader), ())
    assert read.lines == lines


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: !thing x\n", 2, "tags are not allowed"),
        ("a: 1\n? [x, y]\n: z\n", 2, "a key that is no word"),
        ("a: 1\n---\nb: 2\n", 3, "more than one document"),
        ("a: &x 1\nb: *x\n", 1, "an anchor or alias"),
        ("- a\n", 1, "expected settings"),
        ("# nothing\n", 0, "is empty"),
        ("a: 1\nb: 2026-13-45\n", 2, "cannot be read"),
        ("a: !t 1\nb: [\n", 2, "is not YAML"),  # what is no YAML at all is told before anything in it
    ],
)
def test_what_is_not_read_here_is_told_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(YamlFault) as fault:
        parse_yaml(text.encode())
    assert (fault.value.line, says in str(fault.value)) == (line, True), str(fault.value)


def test_a_text_is_gone_through_once_and_again_only_for_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    gone_through: list[str] = []

    def events(text: str) -> Any:
        gone_through.append(text)
        return original(text)

    original = yaml_file._events
    monkeypatch.setattr(yaml_file, "_events", events)
    monkeypatch.setattr(yaml, "compose_all", None)
    found = parse_yaml(b"read: only once\n")
    assert len(gone_through) == 1
    assert (found.line(("read",)), found.line(("nowhere",))) == (1, 1)
    assert len(gone_through) == 2
