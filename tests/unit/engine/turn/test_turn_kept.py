"""What is kept of a turn before it has been heard is marked, so that nobody can confirm it."""

from datetime import UTC, datetime

from backend.domain.session import AgentSaid
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken


def test_words_on_their_way_are_only_meant() -> None:
    turn = Turn(3, "one", Taken("go on"), certain=True, at=datetime(2026, 11, 21, tzinfo=UTC))
    passage = turn.passage("one")
    passage.text = "It was your car."
    (said,) = [item for item in turn.settled(as_meant=True) if isinstance(item, AgentSaid)]
    assert said.meant
    passage.heard = "It was your car."
    (said,) = [item for item in turn.settled() if isinstance(item, AgentSaid)]
    assert not said.meant
