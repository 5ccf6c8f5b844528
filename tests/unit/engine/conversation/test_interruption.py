"""What takes the floor from an agent."""

import pytest

from backend.domain.agent import TurnsSpec
from backend.engine.conversation.interruption import confirms


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
        ("Hmm.", TurnsSpec(), False),
        ("mm", TurnsSpec(), False),
        ("got it", TurnsSpec(), False),
        ("yes, sure, alright", TurnsSpec(), False),
        ("oh I see", TurnsSpec(), False),
        ("yes but no", TurnsSpec(), True),
        ("no", TurnsSpec(), True),
        ("sure thing is it was not me", TurnsSpec(), True),
    ],
)
def test_confirms(text: str, turns: TurnsSpec, expected: bool) -> None:
    assert confirms(text, turns) is expected


@pytest.mark.parametrize(("text", "expected"), [("got", False), ("oh I", False), ("I was", True), ("okay got", False)])
def test_a_partial_that_may_become_a_listening_noise_is_waited_for(text: str, expected: bool) -> None:
    assert confirms(text, TurnsSpec(), partial=True) is expected
    assert confirms(text, TurnsSpec()) is True
