"""How late a client plays is known from what it tells."""

import pytest

from backend.adapters.softphone.loudspeaker import Loudspeaker


def talk(speaker: Loudspeaker, seconds: float, late_ms: float, *, begins: float = 0.0, before: float = 0.0) -> None:
    """A voice of so long, 100 ms of it ahead, played so late and told of every 200 ms."""
    for _ in range(5):
        speaker.sent(begins)
    for frame in range(round(seconds * 50) - 5):
        now = begins + (frame + 1) * 0.02
        speaker.sent(now)
        if frame % 10 == 9:
            speaker.played(now, before + max(0.0, (now - begins) * 1000 - late_ms))


@pytest.mark.parametrize("late_ms", [0.0, 120.0, 400.0])
def test_it_is_as_late_as_it_tells(late_ms: float) -> None:
    speaker = Loudspeaker(20)
    talk(speaker, 5.0, late_ms)
    assert speaker.delay_ms == pytest.approx(late_ms, abs=15)


def test_what_was_thrown_away_makes_it_no_later() -> None:
    speaker = Loudspeaker(20)
    talk(speaker, 5.0, 100.0)
    speaker.cleared(4.95)
    speaker.played(5.0, 5000)
    speaker.played(5.1, 4900)  # on its way before it was cleared
    talk(speaker, 5.0, 100.0, begins=20.0, before=5000)
    assert speaker.delay_ms == pytest.approx(100, abs=15)


def test_nobody_is_believed_to_be_later_than_a_second_or_early() -> None:
    speaker = Loudspeaker(20)
    talk(speaker, 20.0, 1e9)
    assert speaker.delay_ms <= 1000
    speaker = Loudspeaker(20)
    for _ in range(50):
        speaker.sent(0.0)
        speaker.played(0.01, 1e9)
    assert speaker.delay_ms == 0
