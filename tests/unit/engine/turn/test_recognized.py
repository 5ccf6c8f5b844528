"""Partials and finals of a turn are kept on the way: a few, each with its turn, and nothing of a secret."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from backend.adapters.redis.session_store import MemorySessionStore
from backend.domain.call import CallRecord
from backend.domain.session import CallSession
from backend.domain.speech import Final, Partial, RecognitionEvent
from backend.domain.turn_moment import TurnMoment
from backend.domain.veil import Veil
from backend.engine.call.call_memory import CallMemory
from backend.engine.turn.recognized import Recognized
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken


def events(*texts: str) -> list[RecognitionEvent]:
    """Partials, and a final at the end."""
    *partials, final = texts
    return [*(Partial(text, 0.0, 100.0) for text in partials), Final(final, 0.0, 100.0)]


def test_the_newest_are_kept_and_no_partial_twice_running() -> None:
    seen: list[RecognitionEvent] = []
    recognized = Recognized()
    hear = recognized.before(seen.append)
    for event in events("i", "i", "i had", "", "I had."):
        hear(event)
    found = recognized.until(datetime.now(UTC))
    assert [(one.text, one.final) for one in found] == [("i", False), ("i had", False), ("I had.", True)]
    assert len(seen) == 5
    assert recognized.until(datetime.now(UTC)) == []
    for number in range(1000):
        hear(Partial("x" * 1000 + str(number), 0.0, 1.0))
    kept = recognized.until(datetime.now(UTC))
    assert len(kept) <= 16
    assert max(len(one.text) for one in kept) <= 400
    assert "x" not in repr(kept)


def test_words_that_came_later_are_of_the_next_turn() -> None:
    recognized = Recognized()
    hear = recognized.before(lambda _: None)
    for event in events("yes", "Yes."):
        hear(event)
    long_ago = datetime.now(UTC) - timedelta(seconds=5)
    assert recognized.until(long_ago) == []
    assert len(recognized.until(datetime.now(UTC))) == 2


class Nothing:
    """Records, figures and watches that take everything."""

    def __getattr__(self, _: str) -> Any:
        async def take(*_: Any, **__: Any) -> None: ...

        return take

    def turn(self, *_: Any) -> Any:
        return _done()


async def _done() -> None: ...


class Figures:
    def turn(self, *_: Any) -> None: ...


def a_memory() -> CallMemory:
    environment = SimpleNamespace(
        watches=(), records=Nothing(), sessions=MemorySessionStore(), telemetry=Figures(), floor=Figures(),
        thinking=SimpleNamespace(services=SimpleNamespace(veil=Veil())),
    )  # fmt: skip
    record = CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=datetime.now(UTC))
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")

    async def mine() -> bool:
        return True

    return CallMemory(environment, record, session, mine)


async def told(memory: CallMemory, index: int, *texts: str) -> list[TurnMoment]:
    """One turn of these words; what is kept of how they were recognized."""
    hear = memory.recognized.before(lambda _: None)
    for event in events(*texts):
        hear(event)
    turn = Turn(index, "auth", Taken(texts[-1]), certain=True, at=datetime.now(UTC))
    memory._session.history += turn.settled()
    memory.note_turn(turn)
    return turn.record.moments


async def test_a_turn_has_what_led_to_its_words() -> None:
    memory = a_memory()
    moments = await told(memory, 1, "i want", "i want to rapport", "I want to report")
    assert [(one.kind, one.given) for one in moments] == [
        ("partial", "i want"), ("partial", "i want to rapport"), ("final", "I want to report"),
    ]  # fmt: skip
    assert all(one.at is not None for one in moments)
    assert "rapport" not in repr(moments)


async def test_nothing_of_a_secret_is_kept_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = a_memory()
    card = "four one one one one one one one one one one one one one one one"
    moments = await told(memory, 1, "my card", "my card is four one one one", f"my card is {card}")
    assert {one.given for one in moments} == {"[hidden]"}
    monkeypatch.setattr(memory._discretion, "_is_secret_asked", True)
    monkeypatch.setattr("backend.engine.call.discretion.asks_secret", lambda _: False)
    moments = await told(memory, 2, "for eight two one", "forty")
    assert {one.given for one in moments} == {"[hidden]"}
    moments = await told(memory, 3, "at nine", "at nine thirty")
    assert [one.given for one in moments] == ["at nine", "at nine thirty"]
