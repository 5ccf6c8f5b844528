"""A yes to being recorded counts once the words are final, and goes back with its turn."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.domain.session import CallSession
from backend.engine.thinking.consent_door import ConsentDoor
from backend.engine.thinking.reception import Reception
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Recorded:
    """What the door tells of a recording."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.consent_is_asked, self.greets_later = True, False

    def decided(self, *, agreed: bool) -> None:
        self.told.append("on" if agreed else "refused")

    def taken_back(self) -> None:
        self.told.append("asked")


class Agents:
    """Agents that only greet."""

    def __init__(self) -> None:
        self.session = CallSession(call_id="c1", line="main", active_agent="desk")
        self.line = None
        self.agent = SimpleNamespace(name="desk", voice=SimpleNamespace(language="en-US"))
        self.phrases = SimpleNamespace(
            still_there=(),
            recording_consent="Is that all right with you?",
            recording_agreed="Thank you.",
            not_recorded="It is not.",
        )

    def greeting(self) -> str:
        return ""

    async def respond(self, turn: Turn, answer: AnswerSink) -> None: ...


class Told:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def phrase(self, _passage: object, text: str) -> None:
        self.texts.append(text)


@pytest.mark.parametrize(
    ("final", "state", "says"),
    [("yes", "on", "Thank you."), ("yes no please don't record", "refused", "It is not.")],
)
async def test_nothing_is_taken_from_words_that_may_go_on(final: str, state: str, says: str) -> None:
    recorded, told, agents = Recorded(), Told(), Agents()
    door = ConsentDoor(cast(Reception, cast(Any, agents)), recorded)
    turn = Turn(1, "desk", Taken("yes"), certain=False, at=NOON)
    answering = asyncio.create_task(door.respond(turn, cast(AnswerSink, told)))
    await asyncio.sleep(0)
    turn.certain.set()
    for _ in range(3):
        await asyncio.sleep(0)
    assert (recorded.told, told.texts) == ([], [])
    turn.retake(Taken(final))
    await answering
    assert (recorded.told, told.texts) == ([state], [says])


async def test_it_goes_back_with_its_turn() -> None:
    recorded, agents = Recorded(), Agents()
    door = ConsentDoor(cast(Reception, cast(Any, agents)), recorded)
    turn = Turn(1, "desk", Taken("yes"), certain=True, at=NOON)
    await door.respond(turn, cast(AnswerSink, Told()))
    turn.undo()
    assert recorded.told == ["on", "asked"]
