"""What /stats tells of how callers and agents take turns."""

from datetime import UTC, datetime

from backend.domain.call import Latencies, TurnRecord
from backend.engine.conversation.floor_figures import FloorFigures


def turn(text: str, final_ms: float | None) -> TurnRecord:
    return TurnRecord(
        index=1, agent="a", caller_text=text, started_at=datetime.now(UTC), latencies=Latencies(final_ms=final_ms)
    )


def test_nothing_has_happened_yet() -> None:
    figures = FloorFigures().stats()
    assert figures["turns"] == figures["held"] == figures["early_waste"] == 0
    assert figures["end_of_turn"] == {"p50_ms": None, "p95_ms": None}


def test_waste_is_the_share_of_answers_begun_in_vain() -> None:
    figures = FloorFigures()
    for moment in ("early_used", "early_used", "early_used", "early_wasted", "held", "hold_unconfirmed"):
        figures.note(moment)
    stats = figures.stats()
    assert stats["early_waste"] == 0.25
    assert (stats["held"], stats["hold_unconfirmed"], stats["taken_back"]) == (1, 1, 0)


def test_only_callers_words_count_as_turns() -> None:
    figures = FloorFigures()
    figures.turn(turn("", None))
    for ms in range(100, 1100, 100):
        figures.turn(turn("yes", float(ms)))
    stats = figures.stats()
    assert stats["turns"] == 10
    assert stats["end_of_turn"] == {"p50_ms": 500.0, "p95_ms": 1000.0}
