"""Words on something that was done are said again where the caller spoke over them before any were heard."""

from datetime import UTC, datetime

import pytest

from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.owed import Owed
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FILED = ToolOutcome(True, "Filed.", say="Your claim is filed. The number is twelve.")


def turn(index: int, *, kept: bool = True) -> Turn:
    one = Turn(index, "intake", Taken("yes"), certain=True, at=NOON)
    one.kept = kept
    return one


def owed(heard: str, outcome: ToolOutcome = FILED, *, kept: bool = True, session: CallSession | None = None) -> Owed:
    session = session or CallSession(call_id="c1", line="insurance", active_agent="intake")
    session.history.append(AgentSaid("intake", heard, 4, interrupted=True))
    found = Owed(session)
    found.note(turn(4, kept=kept), [outcome], "Anything else?")
    return found


@pytest.mark.parametrize("heard", ["", "I'm filing that for you now."])
async def test_what_was_not_heard_is_owed_until_it_is(heard: str) -> None:
    """A turn that was thought out early and dropped takes nothing of it away."""
    session = CallSession(call_id="c1", line="insurance", active_agent="intake")
    one = owed(heard, session=session)
    assert one.words(turn(4)) == ""
    for _ in range(2):
        assert one.words(turn(5)) == "Your claim is filed. The number is twelve. Anything else?"
    session.history.append(AgentSaid("intake", "Your claim is filed. The", 5, interrupted=True))
    assert one.words(turn(6)) == ""


async def test_nobody_is_told_of_it_when_the_call_has_long_gone_on() -> None:
    one = owed("")
    assert one.words(turn(8))
    assert one.words(turn(9)) == ""


async def test_what_was_heard_is_not() -> None:
    assert owed("Your claim is filed. The").words(turn(5)) == ""


async def test_only_what_was_done_is() -> None:
    assert owed("", kept=False).words(turn(5)) == ""
    assert owed("", ToolOutcome(True, "Asked.", say="Your claim is open.", lasting=False)).words(turn(5)) == ""
    assert owed("", ToolOutcome(False, "No.", say="Your claim is not filed.")).words(turn(5)) == ""
