"""Who asks for another language: gone on with in it, or told that the line has not, and nothing counts as misheard."""

from datetime import datetime
from pathlib import Path

import pytest
from shipped_store import shipped_store

from backend.domain.model import ModelRequest
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.context import ToolServices
from backend.tool_store.repair import OPEN_QUESTION

ROOT = Path(__file__).resolve().parents[4]
NOON = datetime(2026, 11, 28, 12, 0)
ANNA = Subject("40512766", "Rosa Vega", identity="account", grants=("account",))


async def no_audit(*_: object) -> None: ...


class Line:
    """A line whose model only passes the caller's words on to what was asked."""

    def __init__(self, example: str, line: str, record: str, file: str) -> None:
        self._names = record, file
        store = shipped_store(memory_tools().names, ROOT / "examples" / example)
        self.room = RehearsedCall(
            RehearsalParts(store, ScriptedModel(self._reply), MemoryBooks(())), store.lines[line], NOON
        )
        self.session = self.room.session
        self.session.subject = ANNA
        self.room.open()

    def _reply(self, request: ModelRequest) -> Reply:
        record, file = self._names
        last, asked = request.messages[-1], self.session.expects
        if last.role == "tool":
            return Reply(calls={file: {}}) if '"confirmed": true' in last.content else Reply("Yes.")
        return Reply(calls={record: {asked: last.content} if asked and asked != "confirmation" else {}})

    async def says(self, *texts: str) -> str:
        """What is said to the last of them."""
        since = 0
        for text in texts:
            since = len(self.room.history)
            await self.room.say(text)
        return " ".join(self.room.said(since))

    @property
    def asks(self) -> str:
        return self.session.facts[OPEN_QUESTION]["name"]


def power() -> Line:
    return Line("utility", "power", "record_outage", "file_outage")


async def test_the_open_question_comes_again_in_the_language_that_is_asked_for() -> None:
    line = power()
    await line.says("my power is out", "no nothing like that")
    assert line.asks == "extent"
    assert (
        await line.says("can we do this in Spanish please") == "Claro que sí. ¿Es solo su casa, o también los vecinos?"
    )
    assert line.session.language == "es-US"
    assert "_failed" not in line.session.facts or not line.session.facts["_failed"]
    assert "¿Qué día" in await line.says("toda la cuadra")
    assert "On which day" in await line.says("¿habla inglés?")


async def test_however_often_it_is_asked_for_nobody_gives_up() -> None:
    line = power()
    await line.says("my power is out")
    for text in ("in spanish", "english please", "en español", "¿puede ser en inglés?", "spanish", "english"):
        assert await line.says(text)
        assert line.asks == "line_down" and line.room.ending is None
    assert not line.session.facts.get("_failed")


async def test_a_read_back_comes_again_in_it_and_is_agreed_to_in_it() -> None:
    line = power()
    english = await line.says("my power is out", "no nothing like that", "the whole street", "today", "312 555 0142")
    assert "your neighbors are without power too" in english
    assert "sus vecinos también están sin luz" in await line.says("in Spanish please")
    await line.says("sí", "sí")
    assert len(line.room.cases.filed) == 1


@pytest.mark.parametrize("text", ["do you speak French", "can we do this in Polish"])
async def test_a_language_that_the_line_does_not_have_is_told_so_and_the_question_comes_again(text: str) -> None:
    line = power()
    await line.says("my power is out")
    told = await line.says(text)
    assert "can't speak that language" in told and told.endswith("Is a power line down, or does anything spark?")
    assert not line.session.facts.get("_failed") and line.session.language in ("", "en-US")


async def test_a_line_of_one_language_says_so_too() -> None:
    line = Line("bank", "cards", "record_card_loss", "file_card_loss")
    await line.says("i lost my card")
    assert "can't speak that language" in await line.says("can we do this in Spanish")
    assert line.room.ending is None


def test_on_the_telephone_words_that_ask_for_a_language_are_no_wish_to_go_on_in_their_own() -> None:
    store = shipped_store(memory_tools().names, ROOT / "examples/utility")
    session = CallSession(call_id="c1", line="power", active_agent="outage_desk")
    services = ToolServices(MemoryCases(), MemoryBooks(()), no_audit, clock=lambda zone: NOON.replace(tzinfo=zone))
    thinking = Thinking(StandInModel(), memory_tools(), services)
    stage = Stage(Orchestrator(session, store.lines["power"], store, thinking, now=lambda: NOON))
    stage.caller.says("my power is out", at=8.0, language="en-US")
    stage.caller.says("can we do this in Spanish please", at=16.0, language="en-US")
    run_virtual(stage.play(24.0))
    assert stage.dialogue[-2:] == ["outage_desk: Claro que sí.", "outage_desk: ¿Cuál es su número de cuenta?"]
    assert stage.voice.voices[-1].language == session.language == "es-US"


async def test_at_the_greeting_it_is_asked_how_to_help() -> None:
    line = power()
    assert await line.says("hi, do you speak Spanish?") == "Claro que sí. ¿En qué le puedo ayudar?"
