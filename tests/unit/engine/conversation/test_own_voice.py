"""How many words of an utterance are the agent's own, come back."""

import pytest

from backend.engine.conversation.own_voice import _echoed  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("said", "spoken", "echoed"),
    [
        ("can you tell me what my policy covers", "that down for you please tell me what else you know", 0),
        ("tell me what else", "that down for you please tell me what else you know", 4),
        ("welcome to the clay mine of meridian", "hello welcome to the claims line of meridian", 7),
        ("how can i help you i had an accident", "how can i help you today", 5),
        ("i had an accident", "how can i help you today", 1),
        ("nothing in common", "how can i help you today", 0),
    ],
)
def test_echoed(said: str, spoken: str, echoed: int) -> None:
    assert _echoed(said.split(), spoken.split()) == echoed
