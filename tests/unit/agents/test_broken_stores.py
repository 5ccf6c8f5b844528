"""Sixty ways to break a store. Each is refused with file and line, and says what would be right."""

from pathlib import Path

import pytest

from backend.agents.files import read_files
from backend.agents.store import build_store, load_store
from backend.domain.tool import ToolNames
from backend.errors import StoreError

TOOLS = ToolNames(
    {name: frozenset({name}) for name in ("end_call", "transfer_to_person", "look_up")}
    | {"book": frozenset({"book", "cancel"})}
)

AGENT = """\
name: {name}
description: Helps callers.
prompt: {name}.jinja
tools: [end_call]
"""
LINE = """\
name: main
numbers: ["+18005550100"]
entry: one
agents: [one, two]
person: {number: "+18005550199"}
"""
ONE = AGENT.format(name="one") + "handoffs:\n  - {to: two, when: something else}\n"
TWO = AGENT.format(name="two")
PROMPT = "You help {{ caller.first_name }}.\n"


def store(**files: str | bytes | None) -> dict[str, str | bytes]:
    """A sound store with some files changed; ``None`` takes one away."""
    sound: dict[str, str | bytes] = {
        "agents/one.yaml": ONE, "agents/two.yaml": TWO, "lines/main.yaml": LINE,
        "prompts/one.jinja": PROMPT, "prompts/two.jinja": PROMPT,
    }  # fmt: skip
    changed = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    return {name: text for name, text in (sound | changed).items() if text is not None}


def one(text: str) -> dict[str, str | bytes]:
    return store(**{"agents__one_dot_yaml": text})


def line(text: str) -> dict[str, str | bytes]:
    return store(**{"lines__main_dot_yaml": text})


def prompt(text: str | bytes) -> dict[str, str | bytes]:
    return store(**{"prompts__one_dot_jinja": text})


A, P = "agent_store/agents/one.yaml", "prompt_store/one.jinja"
L = "agent_store/lines/main.yaml"

BROKEN = {
    "unknown key": (one(ONE + "greting: hi\n"), f"{A}:7", "did you mean 'greeting'?"),
    "unknown nested key": (one(ONE + "voice: {nam: x}\n"), f"{A}:7", "did you mean 'name'?"),
    "unknown key in turns": (one(ONE + "turns:\n  interuptible: no\n"), f"{A}:8", "did you mean 'interruptible'?"),
    "unknown key in a hand-off": (one(ONE.replace("when:", "wen:")), f"{A}:6", "did you mean 'when'?"),
    "duplicate key": (one(ONE + "name: one\n"), f"{A}:7", "written twice"),
    "duplicate nested key": (one(ONE + "voice:\n  style: a\n  style: b\n"), f"{A}:9", "written twice"),
    "tab": (one(ONE + "voice:\n\tstyle: a\n"), f"{A}:8", "tab"),
    "not yaml": (one("name: [one\n"), A, "is not YAML"),
    "unclosed quote": (one('name: "one\n'), A, "is not YAML"),
    "empty": (one(""), A, "is empty"),
    "only a comment": (one("# nothing\n"), A, "is empty"),
    "a list": (one("- one\n"), f"{A}:1", "expected settings"),
    "a sentence": (one("hello\n"), f"{A}:1", "expected settings"),
    "two documents": (one(ONE + "---\nname: x\n"), A, "more than one document"),
    "alias": (one("a: &x [1]\nb: *x\n" + ONE), f"{A}:1", "anchor or alias"),
    "bomb": (one("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n" + ONE), f"{A}:1", "anchor or alias"),
    "tag": (one(ONE + "greeting: !!python/object:os.system x\n"), f"{A}:7", "tag"),
    "own tag": (one(ONE + "greeting: !secret x\n"), f"{A}:7", "tag"),
    "too large": (one(ONE + "# " + "x" * 300_000), A, "at most"),
    "too deep": (one(ONE + "variables: " + "{a: " * 30 + "1" + "}" * 30 + "\n"), f"{A}:7", "levels deep"),
    "not utf-8": (one(b"name: \xff\xfe\n"), f"{A}:1", "not UTF-8"),
    "no name": (one(ONE.replace("name: one\n", "")), A, "'name' is missing"),
    "no description": (one(ONE.replace("description: Helps callers.\n", "")), A, "'description' is missing"),
    "no prompt": (one(ONE.replace("prompt: one.jinja\n", "")), A, "'prompt' is missing"),
    "name with capitals": (one(ONE.replace("name: one", "name: One")), f"{A}:1", "lower case"),
    "name is not the file's": (one(ONE.replace("name: one", "name: uno")), f"{A}:1", "make them one"),
    "prompt is not there": (one(ONE.replace("one.jinja", "oen.jinja")), f"{A}:3", "did you mean 'one.jinja'?"),
    "prompt outside": (one(ONE.replace("one.jinja", "../../etc/passwd")), f"{A}:3", ".jinja"),
    "unknown tool": (one(ONE.replace("[end_call]", "[end_cal]")), f"{A}:4", "did you mean 'end_call'?"),
    "unknown function": (one(ONE.replace("[end_call]", "[end_call, {name: book, disabled: [cancle]}]")), f"{A}:4", "did you mean 'cancel'?"),
    "tools is a word": (one(ONE.replace("[end_call]", "end_call")), f"{A}:4", "expected"),
    "hand-off to nobody": (one(ONE.replace("to: two", "to: tow")), f"{A}:6", "did you mean 'two'?"),
    "hand-off to itself": (one(ONE.replace("to: two", "to: one")), f"{A}:6", "to itself"),
    "hand-off without when": (one(ONE.replace(", when: something else", "")), f"{A}:6", "missing"),
    "hand-off style": (one(ONE.replace("else}", "else, style: loud}")), f"{A}:6", "'announced' or 'silent'"),
    "temperature": (one(ONE + "model: {temperature: 3}\n"), f"{A}:7", "less than or equal to 2"),
    "temperature is a word": (one(ONE + "model: {temperature: hot}\n"), f"{A}:7", "got 'hot'"),
    "max_tokens": (one(ONE + "model: {max_tokens: 0}\n"), f"{A}:7", "greater than or equal to 16"),
    "rate": (one(ONE + "voice: {rate: fast}\n"), f"{A}:7", "'+5%'"),
    "voice of another language": (one(ONE + "voice: {name: de-DE-KatjaNeural}\n"), f"{A}:7", "speaks de-DE, not en-US"),
    "endpointing": (one(ONE + "turns: {endpointing: clever}\n"), f"{A}:7", "'service', 'local' or 'smart'"),
    "interruptible is a word": (one(ONE + "turns: {interruptible: maybe}\n"), f"{A}:7", "boolean"),
    "greeting variable": (one(ONE + 'greeting: "Hi {{ caler.first_name }}"\n'), f"{A}:7", "did you mean 'caller'?"),
    "greeting syntax": (one(ONE + 'greeting: "Hi {{ caller.first_name }"\n'), f"{A}:7", "is not a template"),
    "prompt syntax": (prompt("line\n{% if x %}\n"), P, "is not a template"),
    "prompt variable": (prompt("a\n{{ custmer }}\n"), f"{P}:2", "unknown variable 'custmer'"),
    "prompt attribute": (prompt("{{ caller.firstname }}\n"), f"{P}:1", "did you mean 'first_name'?"),
    "prompt filter": (prompt("{{ today | uper }}\n"), f"{P}:1", "did you mean 'upper'?"),
    "prompt test": (prompt("{% if today is definde %}x{% endif %}\n"), P, "did you mean 'defined'?"),
    "prompt partial": (prompt("{% include 'shared/x.jinja' %}\n"), f"{P}:1", "is not there"),
    "prompt underscore": (prompt("{{ today.__class__ }}\n"), f"{P}:1", "not for prompts"),
    "prompt empty": (prompt("\n"), P, "is empty"),
    "prompt not utf-8": (prompt(b"\xff\xfe"), f"{P}:1", "not UTF-8"),
    "number": (line(LINE.replace("+18005550100", "0800")), f"{L}:2", "+18005550100"),
    "no numbers": (line(LINE.replace('["+18005550100"]', "[]")), f"{L}:2", "at least 1"),
    "no person": (line(LINE.replace('person: {number: "+18005550199"}\n', "")), L, "'person' is missing"),
    "entry is not on the line": (line(LINE.replace("[one, two]", "[two]")), f"{L}:3", "not among the line's agents"),
    "agent of the line": (line(LINE.replace("[one, two]", "[one, two, thre]")), f"{L}:4", "unknown agent 'thre'"),
    "number of two lines": (store(**{"lines__other_dot_yaml": LINE.replace("name: main", "name: other")}), "agent_store/lines/other.yaml:2", "also belongs to main"),
    "time zone": (line(LINE + "timezone: Mars/Base\n"), f"{L}:6", "unknown time zone"),
    "redirect to nowhere": (line(LINE + "overflow: {action: redirect}\n"), f"{L}:6", "needs a number"),
    "unreachable": (one(AGENT.format(name="one")), f"{L}:4", "no hand-off leads from one to two"),
    "hand-off leaves the line": (line(LINE.replace("[one, two]", "[one]")), f"{A}:6", "not on the line main"),
    "agent of no line": (store(**{"agents__three_dot_yaml": AGENT.format(name="three"), "prompts__three_dot_jinja": PROMPT}), "agent_store/agents/three.yaml:1", "no line uses"),
    "circle without a way out": (
        store(**{"agents__one_dot_yaml": ONE.replace("[end_call]", "[look_up]"), "agents__two_dot_yaml": TWO.replace("[end_call]", "[]") + "handoffs:\n  - {to: one, when: anything}\n"}),
        f"{A}:4", "nobody can end the call",
    ),
    "no agents": (store(**{"agents__one_dot_yaml": None, "agents__two_dot_yaml": None}), "agent_store/lines/main.yaml", "unknown agent"),
    "no lines": (store(**{"lines__main_dot_yaml": None}), "lines", "there is no line"),
}  # fmt: skip


def write(root: Path, files: dict[str, str | bytes]) -> tuple[Path, Path]:
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (root / folder).mkdir(parents=True)
    for name, text in files.items():
        path = root / (
            f"prompt_store/{name.removeprefix('prompts/')}" if name.startswith("prompts/") else f"agent_store/{name}"
        )
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root / "agent_store", root / "prompt_store"


def test_there_are_sixty() -> None:
    assert len(BROKEN) >= 60


def test_a_sound_store_is_taken(tmp_path: Path) -> None:
    loaded = load_store(*write(tmp_path, store()), TOOLS)
    assert set(loaded.agents) == {"one", "two"}
    assert loaded.line_for_number("+18005550100") is loaded.lines["main"]
    assert loaded.line_for_number("+1") is None


@pytest.mark.parametrize("name", BROKEN)
def test_broken(name: str, tmp_path: Path) -> None:
    files, place, said = BROKEN[name]
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, files), TOOLS)
    fitting = [problem for problem in refused.value.problems if problem.startswith(f"{place}:") and said in problem]
    assert fitting, refused.value.problems


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    files = one(ONE + "greting: hi\nvoice: {rate: fast}\n") | {"prompts/two.jinja": "{{ nonsense }}"}
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, files), TOOLS)
    assert len(refused.value.problems) >= 3


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    places = write(tmp_path, store())
    files = read_files(*places)
    before = build_store(files, TOOLS).version
    assert build_store(read_files(*places), TOOLS).version == before
    (places[1] / "two.jinja").write_text("You are quick.")
    assert build_store(read_files(*places), TOOLS).version != before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="expected a folder"):
        load_store(tmp_path / "none", tmp_path / "none2", TOOLS)
