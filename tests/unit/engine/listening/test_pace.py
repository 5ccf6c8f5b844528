"""How patient the pauses of a caller make us."""

from hypothesis import given
from hypothesis import strategies as st

from backend.engine.listening.pace import Pace


def test_nothing_is_known_at_first() -> None:
    assert Pace().patience_ms == 0


def test_a_pause_that_was_taken_for_the_end_counts_at_once_and_twice_in_full() -> None:
    pace = Pace()
    pace.went_on(1800, mistaken=True)
    assert pace.patience_ms == 1200
    pace.went_on(1800, mistaken=True)
    assert pace.patience_ms == 2160


def test_who_speaks_after_a_long_silence_has_not_paused() -> None:
    pace = Pace()
    for _ in range(3):
        pace.went_on(2500, mistaken=True)
    assert pace.patience_ms == 0


def test_one_long_thought_does_not_make_the_call_slow_two_do() -> None:
    pace = Pace()
    pace.went_on(1100, mistaken=False)
    assert pace.patience_ms == 0
    pace.new_turn()
    pace.went_on(1050, mistaken=False)
    assert pace.patience_ms == 1260


def test_what_was_long_ago_is_forgotten() -> None:
    pace = Pace()
    pace.went_on(2000, mistaken=True)
    for _ in range(6):
        pace.new_turn()
    assert pace.patience_ms == 0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.booleans(), st.booleans())))
def test_it_is_bounded(pauses: list[tuple[float, bool, bool]]) -> None:
    pace = Pace()
    for pause_ms, mistaken, new in pauses:
        pace.went_on(pause_ms, mistaken=mistaken)
        if new:
            pace.new_turn()
        assert 0 <= pace.patience_ms <= 2520


def test_the_pauses_that_everybody_makes_slow_nobody_down() -> None:
    pace = Pace()
    for _ in range(5):
        pace.went_on(900, mistaken=True)
    assert pace.patience_ms == 0
