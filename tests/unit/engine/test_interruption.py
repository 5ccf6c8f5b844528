"""What takes the floor from an agent."""

import pytest

from backend.domain.agent import TurnsSpec
from backend.engine.interruption import confirms


@pytest.mark.parametrize(
    ("text", "turns", "expected"),
    [
        ("wait", TurnsSpec(), True),
        ("uh-huh", TurnsSpec(), False),
        ("Uh huh.", TurnsSpec(), False),
        ("okay okay", TurnsSpec(), False),
        ("okay but wait", TurnsSpec(), True),
        ("wait", TurnsSpec(min_interrupt_words=2), False),
        ("wait please", TurnsSpec(min_interrupt_words=2), True),
        ("stop talking now", TurnsSpec(interruptible=False), False),
        ("", TurnsSpec(), False),
        ("right now please", TurnsSpec(), True),
    ],
)
def test_confirms(text: str, turns: TurnsSpec, expected: bool) -> None:
    assert confirms(text, turns) is expected
