"""More than a hundred ways to break a store. Each is refused with file and line, and says what would be right."""

import os
from pathlib import Path

import pytest

from backend.agents.files import read_files
from backend.agents.store import build_store, load_store
from backend.domain.tool import ToolNames
from backend.errors import StoreError

TOOLS = ToolNames(
    {name: frozenset({name}) for name in ("end_call", "transfer_to_person", "look_up", "verify", "open_file")}
    | {"book": frozenset({"book", "cancel"})},
    requires={"open_file": "verified_caller", "cancel": "verified_caller"},
    grants={"verify": "verified_caller"},
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
timezone: America/Chicago
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
    "a key of what stands inside": (one(ONE + "idle_seconds: 9\n"), f"{A}:7", "it belongs inside 'turns'"),
    "unknown key in turns": (one(ONE + "turns:\n  interuptible: no\n"), f"{A}:8", "did you mean 'interruptible'?"),
    "unknown key in a hand-off": (one(ONE.replace("when:", "wen:")), f"{A}:6", "did you mean 'when'?"),
    "duplicate key": (one(ONE + "name: one\n"), f"{A}:7", "written twice"),
    "duplicate nested key": (one(ONE + "voice:\n  style: a\n  style: b\n"), f"{A}:9", "written twice"),
    "tab": (one(ONE + "voice:\n\tstyle: a\n"), f"{A}:8", "tab"),
    "not yaml": (one("name: [one\n"), A, "is not YAML"),
    "unclosed quote": (one('name: "one\n'), A, "opens a quote"),
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
    "announcement variable": (one(ONE.replace("else}", "else, announcement: '{{ caler.name }}'}")), f"{A}:6", "did you mean 'caller'?"),
    "opening tool": (one(ONE + "opening_tool: end_cal\n"), f"{A}:7", "not among this agent's tools"),
    "hand-off style": (one(ONE.replace("else}", "else, style: loud}")), f"{A}:6", "'announced' or 'silent'"),
    "temperature": (one(ONE + "model: {temperature: 3}\n"), f"{A}:7", "at most 2"),
    "temperature is a word": (one(ONE + "model: {temperature: hot}\n"), f"{A}:7", "got 'hot'"),
    "max_tokens": (one(ONE + "model: {max_tokens: 0}\n"), f"{A}:7", "at least 16"),
    "rate": (one(ONE + "voice: {rate: fast}\n"), f"{A}:7", "'+5%'"),
    "voice of another language": (one(ONE + "voice: {name: de-DE-KatjaNeural}\n"), f"{A}:7", "speaks de-DE, not en-US"),
    "endpointing": (one(ONE + "turns: {endpointing: clever}\n"), f"{A}:7", "'service', 'local' or 'smart'"),
    "interruptible is a word": (one(ONE + "turns: {interruptible: maybe}\n"), f"{A}:7", "true or false"),
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
    "no numbers": (line(LINE.replace('["+18005550100"]', "[]")), f"{L}:2", "at least 1 of them, got none"),
    "no person": (line(LINE.replace('person: {number: "+18005550199"}\n', "")), L, "'person' is missing"),
    "entry is not on the line": (line(LINE.replace("[one, two]", "[two]")), f"{L}:3", "not among the line's agents"),
    "agent of the line": (line(LINE.replace("[one, two]", "[one, two, thre]")), f"{L}:4", "unknown agent 'thre'"),
    "number of two lines": (store(**{"lines__other_dot_yaml": LINE.replace("name: main", "name: other")}), "agent_store/lines/other.yaml:2", "also belongs to main"),
    "time zone": (line(LINE.replace("America/Chicago", "Mars/Base")), f"{L}:6", "unknown time zone"),
    "no time zone": (line(LINE.replace("timezone: America/Chicago\n", "")), f"{L}:1", "timezone is missing"),
    "empty time zone": (line(LINE.replace("America/Chicago", '""')), f"{L}:6", "such as America/Chicago"),
    "hours of no zone": (line(LINE + 'hours: {open: "08:00"}\n'), f"{L}:7", "in which these hours are meant"),
    "recording kept for no time": (line(LINE + "recording: {enabled: true, keep_days: 0}\n"), f"{L}:7", "keep_days"),
    "recording half asked for": (line(LINE + "recording: {enabled: true, consent: maybe}\n"), f"{L}:7", "consent"),
    "redirect to nowhere": (line(LINE + "overflow: {action: redirect}\n"), f"{L}:7", "needs a number"),
    "unreachable": (one(AGENT.format(name="one")), f"{L}:4", "no hand-off leads from one to two"),
    "hand-off leaves the line": (line(LINE.replace("[one, two]", "[one]")), f"{A}:6", "not on the line main"),
    "agent of no line": (store(**{"agents__three_dot_yaml": AGENT.format(name="three"), "prompts__three_dot_jinja": PROMPT}), "agent_store/agents/three.yaml:1", "no line uses"),
    "circle without a way out": (
        store(**{"agents__one_dot_yaml": ONE.replace("[end_call]", "[look_up]"), "agents__two_dot_yaml": TWO.replace("[end_call]", "[]") + "handoffs:\n  - {to: one, when: anything}\n"}),
        f"{A}:4", "nobody can end the call",
    ),
    "no agents": (store(**{"agents__one_dot_yaml": None, "agents__two_dot_yaml": None}), "agent_store/lines/main.yaml", "unknown agent"),
    "number without quotes": (line(LINE.replace('"+18005550199"', "+18005550199")), f"{L}:5", "put it in quotes"),
    "variable without quotes": (one(ONE + "variables: {deductible: 500}\n"), f"{A}:7", "put it in quotes"),
    "yes in quotes": (one(ONE + 'turns: {interruptible: "yes"}\n'), f"{A}:7", "true or false"),
    "language without a region": (one(ONE + "speech: {languages: [english]}\n"), f"{A}:7", "such as en-US"),
    "no language": (one(ONE + "speech: {languages: []}\n"), f"{A}:7", "at least 1 of them, got none"),
    "two regions of one language": (one(ONE + "speech: {languages: [en-US, en-GB]}\n"), f"{A}:7", "one language to the service"),
    "speaks what it does not understand": (one(ONE + "voice: {name: de-DE-KatjaNeural, language: de-DE}\n"), f"{A}:7", "understands only en-US"),
    "line of another language": (line(LINE + "languages: [en-US, es-MX]\n"), f"{L}:7", "one does not understand es-MX"),
    "speaking style": (one(ONE + "voice: {style: emphatic}\n"), f"{A}:7", "did you mean 'empathetic'?"),
    "style degree": (one(ONE + "voice: {style: chat, style_degree: 3}\n"), f"{A}:7", "at most 2"),
    "reasoning effort": (one(ONE + "model: {reasoning_effort: hard}\n"), f"{A}:7", "'low', 'medium' or 'high'"),
    "falls back on itself": (one(ONE + "model: {deployment: gpt-4o, fallback: [gpt-4o]}\n"), f"{A}:7", "first choice already"),
    "silences the wrong way round": (one(ONE + "turns: {local_silence_ms: 900, unfinished_silence_ms: 500}\n"), f"{A}:7", "at least local_silence_ms (900)"),
    "same tool twice": (one(ONE.replace("[end_call]", "[end_call, end_call]")), f"{A}:4", "is there twice"),
    "same hand-off twice": (one(ONE + "  - {to: two, when: another thing}\n"), f"{A}:7", "two is there twice"),
    "template in a plain line": (one(ONE + 'turns: {apology: "Sorry {{ caller.first_name }}."}\n'), f"{A}:7", "said as it stands"),
    "template in the line's words": (line(LINE.replace('199"}', '199", announcement: "Hi {{ x }}"}')), f"{L}:5", "said as it stands"),
    "variable of the agent": (prompt("a\n{{ vars.tone }}\n"), f"{A}:3", "one.jinja:2 uses vars.tone"),
    "variable of the agent, spelt wrong": (one(ONE + 'variables: {tone: kind}\ngreeting: "{{ vars.tome }}"\n'), f"{A}:8", "did you mean 'tone'?"),
    "variable of the agent in a partial": (store(prompts__one_dot_jinja="{% include 'p.jinja' %}", prompts__p_dot_jinja="{{ vars.tone }}"), f"{A}:3", "p.jinja:1 uses vars.tone"),
    "variable of the line": (store(prompts__two_dot_jinja="{{ line.vars.city }}", lines__main_dot_yaml=LINE + "variables: {town: Rome}\n"), f"{L}:7", "two: two.jinja:1 uses line.vars.city"),
    "fact that may not be there": (prompt("{{ facts.claim }}\n"), f"{P}:1", "facts.claim | default('')"),
    "partial that comes back": (store(prompts__one_dot_jinja="{% include 'p.jinja' %}", prompts__p_dot_jinja="a\n{% include 'one.jinja' %}"), "prompt_store/p.jinja:2", "for ever"),
    "partial of itself": (prompt("{% include 'one.jinja' %}\n"), f"{P}:1", "for ever"),
    "number twice": (line(LINE.replace('["+18005550100"]', '["+18005550100", "+18005550100"]')), f"{L}:2", "is there twice"),
    "agent twice": (line(LINE.replace("[one, two]", "[one, two, two]")), f"{L}:4", "two is there twice"),
    "person at the line's own number": (line(LINE.replace("0199", "0100")), f"{L}:5", "this line's own number"),
    "redirect to itself": (line(LINE + 'overflow: {action: redirect, number: "+18005550100"}\n'), f"{L}:7", "this line's own number"),
    "number that nobody is sent to": (line(LINE + 'overflow: {number: "+18005550177"}\n'), f"{L}:7", "say 'action: redirect'"),
    "recording that ACS cannot do": (line(LINE + "recording: {enabled: true, by: acs}\nplacing: {via: livekit}\n"), f"{L}:7", "does not hear"),
    "recording by somebody else": (line(LINE + "recording: {enabled: true, by: azure}\n"), f"{L}:7", "'server' or 'acs'"),
    "recording that nobody is told of": (line(LINE + 'recording: {enabled: true, announcement: ""}\n'), f"{L}:7", "must be told"),
    "never open": (line(LINE + 'hours: {open: "08:00", close: "08:00"}\n'), f"{L}:7", "so never"),
    "hour": (line(LINE + 'hours: {open: "8am"}\n'), f"{L}:7", "'08:30', in quotes"),
    "hour without quotes": (line(LINE + "hours: {open: 18:30}\n"), f"{L}:7", "put it in quotes"),
    "hours of a weekday": (line(LINE + "hours: {week: {mon: [8-17]}}\n"), f"{L}:7", "'08:30-17:00'"),
    "weekday in full": (line(LINE + "hours: {week: {monday: [08:00-12:00]}}\n"), f"{L}:7", "mon"),
    "day of no month": (line(LINE + 'hours: {yearly: ["13-25"]}\n'), f"{L}:7", "'12-25'"),
    "hours that overlap": (line(LINE + "hours: {timezone: UTC, week: {mon: [08:00-12:00, 11:00-17:00]}}\n"), f"{L}:7", "overlap"),
    "call back without a limit": (line(LINE + "overflow: {action: call_back}\n"), f"{L}:7", "give it max_calls"),
    "no such hour": (line(LINE + 'hours: {open: "25:00"}\n'), f"{L}:7", "'08:30'"),
    "weekday": (line(LINE + "hours: {days: [monday]}\n"), f"{L}:7", "'mon', 'tue'"),
    "holiday": (line(LINE + "hours: {holidays: [christmas]}\n"), f"{L}:7", "date"),
    "zone of the hours": (line(LINE + "hours: {timezone: Chicago}\n"), f"{L}:7", "unknown time zone"),
    "file of another kind": (store(**{"agents__one_dot_txt": "x"}), "agent_store/agents/one.txt", "must end in .yaml"),
    "folder in a folder": (store(**{"agents__more__x_dot_yaml": TWO}), "agent_store/agents/more", "directly into"),
    "tool that nobody can get to": (one(ONE.replace("[end_call]", "[end_call, open_file]")), f"{A}:4", "give verify to somebody"),
    "function that nobody can get to": (store(agents__two_dot_yaml=TWO.replace("[end_call]", "[end_call, book]")), "agent_store/agents/two.yaml:4", "cancel needs a verified caller"),
    "verified only afterwards": (store(agents__one_dot_yaml=ONE.replace("[end_call]", "[end_call, open_file]"), agents__two_dot_yaml=TWO.replace("[end_call]", "[end_call, verify]")), f"{A}:4", "nobody here can make one"),
    "draft on a line": (store(agents__two_dot_yaml=TWO + "draft: true\n"), f"{L}:4", "two is a draft"),
    "hand-off to a draft": (store(agents__two_dot_yaml=TWO + "draft: true\n"), f"{A}:6", "two is a draft"),
    "draft that is wrong": (store(agents__three_dot_yaml=AGENT.format(name="three") + "draft: true\n"), "agent_store/agents/three.yaml:3", "is not in prompt_store"),
    "tab in a value's place": (one(ONE + "voice:\n  style: a\n\trate: b\n"), f"{A}:9", "tab"),
    "ten thousand lists": (one(ONE + "variables: " + "[" * 50_000 + "]" * 50_000), f"{A}:7", "levels deep"),
    "a key that is a list": (one(ONE + "[a, b]: c\n"), f"{A}:7", "no word"),
    "nothing where words belong": (one(ONE.replace("Helps callers.", "")), f"{A}:2", "expected text, got nothing"),
    "nothing where settings belong": (one(ONE + "variables:\n"), f"{A}:7", "expected settings such as 'name: ...', got nothing"),
    "too large a prompt": (prompt("word " * 20_000), P, "characters long"),
    "a number without end": (prompt("Hello\n{{ " + "9" * 10_000 + " }}"), P, "2: is not a template: a number has too many digits"),
    "nested without end": (prompt("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"), P, "nested too deeply"),
    "prompt that never ends": (prompt("a\n" + "{% for a in range(2000) %}" * 3 + "{% endfor %}" * 3), f"{P}:2", "more than 10000 steps"),
    "greeting that never ends": (one(ONE + 'greeting: "' + "{% for a in range(2000) %}" * 3 + "{% endfor %}" * 3 + '"\n'), f"{A}:7", "more than 10000 steps"),
    "prompt that doubles itself": (prompt("{% set a = today ~ today %}" + "{% set a = a ~ a %}" * 40), f"{P}:1", "grows beyond"),
    "macro without end": (prompt("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}"), P, "round in circles"),
    "arguments of a filter": (prompt("{{ today | truncate('a', 'b', 'c') }}"), f"{P}:1", "fails when it is rendered"),
    "division by zero": (prompt("a\n{{ 1 // 0 }}\n"), f"{P}:2", "zero"),
    "filter named in a filter": (prompt("{{ agents | map('uperr') | list }}"), f"{P}:1", "uperr"),
    "key of a text": (prompt("{{ today.year }}"), f"{P}:1", "year"),
    "key in brackets": (prompt("{{ caller['firstname'] }}"), f"{P}:1", "firstname"),
    "fails for verified callers only": (prompt("{% if caller.known %}\n{{ 1 // 0 }}{% endif %}"), f"{P}:2", "zero"),
    "partial that only a call can name": (prompt("a\n{% include agent.name %}"), f"{P}:2", "in quotes"),
    "partials of a list": (prompt("{% include ['x.jinja', 'two.jinja'] %}"), f"{P}:1", "'x.jinja' is not there"),
    "base that is not there": (prompt("{% extends 'base.jinja' %}"), f"{P}:1", "'base.jinja' is not there"),
    "import that is not there": (prompt("{% import 'macros.jinja' as m %}{{ m.x() }}"), f"{P}:1", "'macros.jinja' is not there"),
    "imports that come back": (store(prompts__one_dot_jinja="{% import 'p.jinja' as p %}", prompts__p_dot_jinja="a\n{% import 'one.jinja' as o %}"), "prompt_store/p.jinja:2", "for ever"),
    "HTML in spoken words": (prompt("{{ caller.full_name | e }}"), f"{P}:1", "unknown filter 'e'"),
    "prompt that is not read": (store(prompts__x_dot_j2="x"), "prompt_store/x.j2", "must end in .jinja"),
    "folder of a name like another": (store(agent__x_dot_yaml=TWO), "agent_store/agent", "did you mean 'agents'?"),
    "knowledge of no line": (store(knowledge__house_dot_md="x"), "agent_store/knowledge/house.md", "line's folder"),
    "knowledge that is not Markdown": (store(knowledge__main__house_dot_txt="x"), "agent_store/knowledge/main/house.txt", "must end in .md"),
    "knowledge too deep": (store(knowledge__main__more__house_dot_md="x"), "agent_store/knowledge/main/more", "directly into"),
    "same agent in two files": (store(agents__one_dot_yml=ONE), "agent_store/agents/one.yml:1", "in agent_store/agents/one.yaml"),
    "voice spelt wrong": (one(ONE + "voice: {name: en-US-AvaMultilingualNeurl}\n"), f"{A}:7", "ends in Neural"),
    "number with spaces": (line(LINE.replace("+18005550100", "+1 800 555 0100")), f"{L}:2", "+18005550100"),
    "no lines": (store(**{"lines__main_dot_yaml": None}), "agent_store/lines", "there is no line"),
}  # fmt: skip


def write(root: Path, files: dict[str, str | bytes]) -> tuple[Path, Path]:
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (root / folder).mkdir(parents=True)
    for name, text in files.items():
        path = root / (
            f"prompt_store/{name.removeprefix('prompts/')}" if name.startswith("prompts/") else f"agent_store/{name}"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root / "agent_store", root / "prompt_store"


def test_there_are_a_hundred() -> None:
    assert len(BROKEN) >= 100


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


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    places = write(tmp_path, store())
    os.mkfifo(places[0] / "agents/three.yaml")
    with pytest.raises(StoreError, match=r"agents/three\.yaml: is no file"):
        load_store(*places, TOOLS)


def test_a_file_that_is_not_read_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, one(ONE + "# " + "x" * 2_000_000)), TOOLS)
    assert len(refused.value.problems) == 1
    assert "at most 1048576 are read" in refused.value.problems[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("name", ["agent_store/agents", "agent_store/agents/one.yaml", "prompt_store"])
def test_what_may_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    places = write(tmp_path, store())
    (tmp_path / name).chmod(0)
    try:
        with pytest.raises(StoreError, match=f"{name}: cannot be read: Permission denied"):
            load_store(*places, TOOLS)
    finally:
        (tmp_path / name).chmod(0o700)


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


SOUND = {
    "a draft": store(
        agents__three_dot_yaml=AGENT.format(name="three") + "draft: true\n", prompts__three_dot_jinja=PROMPT
    ),
    "a fact with a default": prompt("{{ facts.claim | default('none') }}"),
    "a fact that is asked for": prompt("{% if facts.claim is defined %}{{ facts.claim }}{% endif %}"),
    "facts.get": prompt("{{ facts.get('claim') }}"),
    "variables": store(
        agents__one_dot_yaml=ONE + "variables: {tone: kind}\n",
        prompts__one_dot_jinja="{{ vars.tone }} {{ line.vars.town }}",
        lines__main_dot_yaml=LINE + "variables: {town: Rome}\n",
    ),
    "a tool behind verification": store(
        agents__one_dot_yaml=ONE.replace("[end_call]", "[end_call, verify]"),
        agents__two_dot_yaml=TWO.replace("[end_call]", "[end_call, open_file, book]"),
    ),
    "what needs verification, switched off": store(
        agents__two_dot_yaml=TWO.replace("[end_call]", "[end_call, {name: book, disabled: [cancel]}]")
    ),
    "hours over midnight with holidays": line(
        LINE + 'hours: {timezone: UTC, open: "18:00", close: "06:00", days: [mon], holidays: [2026-12-25]}\n'
    ),
    "a second language": store(
        agents__one_dot_yaml=ONE + "speech: {languages: [en-US, es-MX]}\n",
        agents__two_dot_yaml=TWO + "speech: {languages: [es-MX, en-GB]}\n",
        lines__main_dot_yaml=LINE + "languages: [en-US, es-US]\n",
    ),
    "editors' copies": store(**{"agents/.one.yaml.swp": "x", "agents/one.yaml~": "x", "agents/one.yaml.bak": "x"}),
    "words that only look like anchors": one(
        ONE + "owner: Smith & Sons * 3\nvariables:\n  a: |\n    &hello\n    \t*world\n"
    ),
    "a macro": prompt("{% macro hi(name) %}Hi {{ name }}{% endmacro %}{{ hi(caller.first_name) }}"),
    "a macro of a partial": store(
        prompts__one_dot_jinja="{% import 'p.jinja' as p %}{% from 'p.jinja' import hi %}{{ p.hi('x') }}{{ hi('y') }}",
        prompts__p_dot_jinja="{% macro hi(name) %}Hi {{ name }}{% endmacro %}",
    ),
    "a base": store(
        prompts__one_dot_jinja="{% extends 'p.jinja' %}{% block who %}{{ super() }}Ann{% endblock %}",
        prompts__p_dot_jinja="You are {% block who %}{% endblock %}",
    ),
    "texts put together": prompt("{% for a in agents %}{{ loop.length ~ ' ' ~ loop.last ~ ' ' ~ a.name }}{% endfor %}"),
    "windows line ends in a prompt": prompt("You help\r\n{% if caller.known %}\r\nhim\r\n{% endif %}"),
    "windows line ends": one(ONE.replace("\n", "\r\n")),
    "a byte order mark": one("\ufeff" + ONE),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound(name: str, tmp_path: Path) -> None:
    load_store(*write(tmp_path, SOUND[name]), TOOLS)


def test_one_fault_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, one(ONE + "greting: hi\n")), TOOLS)
    assert len(refused.value.problems) == 1
