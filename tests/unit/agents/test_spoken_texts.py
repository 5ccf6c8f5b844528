"""Texts by language: said in the one that is spoken, and missed by the check where a line's language has none."""

from pathlib import Path

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.spoken_texts import unspoken
from backend.domain.spec import text_in, texts_of
from backend.domain.tool import ToolNames
from backend.testing.stage import agent_spec, line_spec

BOTH = ["en-US", "es-MX"]


def faults(line: dict[str, object], **agent: object) -> list[tuple[str, str, bool]]:
    desk = agent_spec(name="desk", **agent)
    other = agent_spec(name="other", **agent)
    spec = line_spec("desk", **({"languages": BOTH, "agents": ["desk", "other"]} | line))
    found = unspoken(spec, {"desk": desk, "other": other})
    return [(one.owner, ".".join(map(str, one.place)), one.certain) for one in found]


def test_a_line_of_one_language_needs_one_text() -> None:
    assert faults({"languages": ["en-US"], "next_steps": {"filed": "We call."}}, greeting="Hello.") == []


def test_a_text_by_language_lacks_none_of_the_line() -> None:
    assert faults({}, greeting={"en": "Hello."}) == [
        ("agent:desk", "greeting", True),
        ("agent:other", "greeting", True),
    ]
    assert faults({}, greeting={"en": "Hello.", "es": "Hola."}) == []
    assert faults({}, greeting={"en": "Hello.", "es-MX": "Hola."}) == []


def test_one_text_may_be_meant_for_all_but_is_remarked_on() -> None:
    opens_and_returns = faults({}, greeting="Hello.", return_greeting="Back again.")
    assert opens_and_returns == [
        ("agent:desk", "return_greeting", False),  # the greeting of who opens the call is heard before any caller
        ("agent:other", "greeting", False),
        ("agent:other", "return_greeting", False),
    ]
    assert faults({"next_steps": {"filed": "We call."}}) == [
        ("line:" + line_spec("desk").name, "next_steps.filed", False)
    ]


def test_what_hand_offs_and_machines_hear_counts() -> None:
    handoff = {"to": "other", "when": "they want another", "announcement": {"en": "One moment."}}
    assert ("agent:desk", "handoffs.0.announcement", True) in faults({}, handoffs=[handoff])
    message = {"action": "leave", "message": {"es": "Llame."}}
    assert [place for _, place, certain in faults({"voicemail": message}) if certain] == ["voicemail.message"]


def test_the_text_of_a_language() -> None:
    by_language: dict[str, str] = {"en": "Hello.", "es": "Hola."}
    assert text_in(by_language, "es-US") == "Hola."
    assert text_in(by_language, "fr-FR") is None
    assert text_in("Hello.", "es-US") == "Hello."
    assert list(texts_of("Hello.")) == [((), "Hello.")]
    assert list(texts_of(by_language)) == [(("en",), "Hello."), (("es",), "Hola.")]


def test_where_it_is_told(tmp_path: Path) -> None:
    files = {
        "agent_store/agents/desk.yaml": (
            "name: desk\ndescription: takes calls\nprompt: desk.jinja\ntools: [end_call]\n"
            "greeting:\n  en: Hello.\nreturn_greeting: Back again.\n"
            "speech: {languages: [en-US, es-MX]}\n"
        ),
        "agent_store/lines/main.yaml": (
            'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk]\nlanguages: [en-US, es-MX]\n'
            'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
        ),
        "prompt_store/desk.jinja": "You are the desk.",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    checked = check_store(
        read_files(tmp_path / "agent_store", tmp_path / "prompt_store"),
        ToolNames({"end_call": frozenset({"end_call"})}),
    )
    assert [str(problem) for problem in checked.problems] == [
        "agent_store/agents/desk.yaml:5: greeting lacks es-MX, which the line main answers in"
    ]
    assert [problem.line for problem in checked.warnings] == [7]
