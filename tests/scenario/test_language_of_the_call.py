"""A caller who is heard to speak another language of the line is gone on with in it: voice, phrases and prompt."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.agents.languages import check_languages, check_line_languages, spoken_in
from backend.agents.store import load_store
from backend.domain.session import CallSession
from backend.engine.thinking.heard_language import HeardLanguage
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.errors import Unavailable
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage, agent_spec, line_spec
from backend.testing.virtual_time import run_virtual
from backend.tool_store.context import ToolServices

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MULTI = "en-US-AvaMultilingualNeural"
TROUBLE = "Lo siento, tengo un problema de mi lado."


async def no_audit(*_: Any) -> None: ...


def stage(root: Path, *replies: Reply | str, languages: str, voice: str = f"name: {MULTI}") -> Stage:
    """A line with one agent, and a model that says what it is told to."""
    files = {
        "agent_store/agents/desk.yaml": (
            "name: desk\ndescription: takes calls\nprompt: desk.jinja\ngreeting: Hello there.\n"
            "tools: [end_call]\n"
            f"voice: {{{voice}}}\nspeech: {{languages: [en-US, es-MX]}}\n"
            "turns: {idle_seconds: 60, fillers: [Wait please.]}\n"
        ),
        "agent_store/lines/main.yaml": (
            f'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk]\nlanguages: {languages}\n'
            'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
        ),
        "prompt_store/desk.jinja": "You are the desk.",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    tools = memory_tools()
    store = load_store(root / "agent_store", root / "prompt_store", tools.names)
    session = CallSession(call_id="c1", line="main", active_agent="desk")
    services = ToolServices(MemoryCases(), MemoryBooks(()), no_audit, clock=lambda zone: NOON)
    thinking = Thinking(ScriptedModel(list(replies)), tools, services)
    return Stage(Orchestrator(session, store.lines["main"], store, thinking, now=lambda: NOON))


def test_voice_and_prompt_follow_what_was_heard(tmp_path: Path) -> None:
    scene = stage(tmp_path, "Claro que sí.", "Le escucho.", languages="[en-US, es-MX]")
    scene.caller.says("buenas tardes quiero reportar algo", at=2.0, language="es-US")
    scene.caller.says("tuve un problema con mi carro", at=8.0, language="es-US")
    run_virtual(scene.play(14.0))
    assert scene.session.language == "es-MX"
    assert scene.voice.voices[0].language == "en-US"
    assert scene.voice.voices[-1].language == "es-MX"
    assert scene.voice.voices[-1].name == MULTI
    model = scene.responder._thinking.model  # pyright: ignore[reportAttributeAccessIssue]
    assert "The caller speaks es-MX." in model.requests[-1].messages[0].content


def test_fixed_phrases_are_those_of_the_language(tmp_path: Path) -> None:
    scene = stage(
        tmp_path, "Claro que sí.", *[Reply(error=Unavailable("model", "away"))] * 9, languages="[en-US, es-MX]"
    )
    scene.caller.says("buenas tardes quiero reportar algo", at=2.0, language="es-MX")
    scene.caller.says("tuve un problema con mi carro", at=8.0, language="es-MX")
    run_virtual(scene.play(30.0))
    assert TROUBLE in scene.voice.said
    assert scene.responder.phrases.fillers[0] == "Un momento, por favor.", "not the agent's own, which are English"


@pytest.mark.parametrize(
    ("languages", "voice", "detected", "words"),
    [
        ("[en-US]", f"name: {MULTI}", "es-MX", "buenas tardes quiero reportar algo"),
        ("[en-US, es-MX]", f"name: {MULTI}", "es-MX", "no"),
        ("[en-US, es-MX]", f"name: {MULTI}", "fr-FR", "je voudrais parler maintenant"),
        ("[en-US, es-MX]", f"name: {MULTI}", "en-US", "good afternoon to you"),
    ],
)
def test_it_stays_as_it_was(tmp_path: Path, languages: str, voice: str, detected: str, words: str) -> None:
    scene = stage(tmp_path, "Yes.", "Yes.", languages=languages, voice=voice)
    scene.caller.says(words, at=2.0, language=detected)
    scene.caller.says("hello", at=8.0)
    run_virtual(scene.play(14.0))
    assert {voice.language for voice in scene.voice.voices} == {"en-US"}


def test_one_short_word_is_not_enough_and_two_are() -> None:
    heard = HeardLanguage(["en-US", "es-MX"])
    assert [heard.hear("es-US", "sí"), heard.hear("es-US", "sí")] == ["", "es-MX"]
    assert heard.hear("en-US", "i am back again") == "en-US"


def test_an_agent_speaks_another_language_in_a_voice_that_has_it() -> None:
    dalia = "es-MX-DaliaNeural"
    english = {"name": "en-US-JennyNeural", "style": "cheerful"}
    agent = agent_spec(voice=english, voices={"es-MX": dalia}, speech={"languages": ["en-US", "es-MX"]})
    spanish = spoken_in(agent, "es-US")
    assert spanish is not None
    assert (spanish.voice.name, spanish.voice.language, spanish.voice.style) == (dalia, "es-US", None)
    assert spoken_in(agent, "en-GB") is agent
    assert spoken_in(agent_spec(voice=english), "es-MX") is None


def test_check_says_which_voice_is_missing() -> None:
    agent = agent_spec(voice={"name": "en-US-JennyNeural"}, speech={"languages": ["en-US", "es-MX"]})
    assert check_line_languages(line_spec("helper", languages=["en-US", "es-MX"]), agent) == [
        (("languages", 1), "helper has no voice for es-MX; add one to its voices")
    ]
    odd = agent_spec(voices={"es-MX": "en-US-JennyNeural"}, speech={"languages": ["en-US", "es-MX"]})
    assert [where for where, _ in check_languages(odd)] == [("voices", "es-MX")]
