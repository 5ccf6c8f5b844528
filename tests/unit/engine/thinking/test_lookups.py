"""Lookups: made once for the same words, and kept from the call's memory until the turn stands."""

from collections.abc import Sequence
from datetime import UTC, datetime

from backend.domain.model import ModelToolCall
from backend.domain.session import CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.lookups import Lookups
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Looked:
    """Counts what is looked up, and writes it into the call's memory."""

    def __init__(self, **facts: object) -> None:
        self.session = CallSession(call_id="c1", line="main", active_agent="desk", facts=dict(facts))
        self.lookups = Lookups(self.session)
        self.times = 0

    async def up(self, turn: Turn, arguments: str = '{"stop": "mill", "day": 1}') -> Sequence[ToolOutcome]:
        async def run() -> Sequence[ToolOutcome]:
            self.times += 1
            facts = self.lookups.memory(turn).facts
            facts["looked"] = self.times
            facts.pop("gone", None)
            return [ToolOutcome(True, f"number {self.times}")]

        return await self.lookups.once(turn, [ModelToolCall("x", "next_bus", arguments)], run)


def turn(text: str = "mill lane", index: int = 1) -> Turn:
    return Turn(index, "desk", Taken(text), certain=False, at=NOON)


async def test_the_same_words_are_not_looked_up_twice_and_leave_the_same_behind() -> None:
    looked = Looked()
    first = await looked.up(turn())
    again = turn()
    assert await looked.up(again, '{"day": 1, "stop": "mill"}') == first
    looked.lookups.stand(again)
    assert (looked.times, looked.session.facts) == (1, {"looked": 1})


async def test_other_words_another_turn_and_another_memory_are_looked_up_anew() -> None:
    for other, changed in ((turn("mill lane please"), {}), (turn(index=2), {}), (turn(), {"known": True})):
        looked = Looked()
        await looked.up(turn())
        looked.session.facts |= changed
        await looked.up(other)
        assert looked.times == 2


async def test_the_call_remembers_nothing_of_a_turn_that_never_stood() -> None:
    looked = Looked(gone=1)
    dropped, other = turn(), turn("oak street")
    await looked.up(dropped)
    looked.lookups.later(lambda: looked.session.facts.update(told=True))
    looked.lookups.memory(other)
    looked.lookups.stand(dropped)
    assert looked.session.facts == {"gone": 1}
    looked.lookups.stand(other)
    assert looked.session.facts == {"gone": 1}


async def test_a_tool_that_looks_ahead_is_in_the_turn_that_is_being_answered() -> None:
    """The call counts a turn once it is certain: what is noted before is not noted as of the turn before."""
    looked = Looked()
    looked.session.turn = 3
    assert looked.lookups.memory(turn(index=4)).turn == 4
    assert looked.session.turn == 3


async def test_what_the_call_learnt_meanwhile_stays() -> None:
    looked, one = Looked(gone=1), turn()
    await looked.up(one)
    looked.session.facts["heard"] = "meanwhile"
    looked.lookups.stand(one)
    assert looked.session.facts == {"looked": 1, "heard": "meanwhile"}
