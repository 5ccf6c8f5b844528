"""What a model writes, as a voice can say it."""

import pytest

from backend.engine.turn.speakable import speakable


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("**Sure**, I can *help*.", "Sure, I can help."),
        ("# Your claim", "Your claim"),
        ("- one\n- two", "one two"),
        ("See [our site](https://example.com).", "See our site."),
        ("Thanks! \U0001f600", "Thanks!"),
        ("`POL-A10001`", "POL-A10001"),
        ("snake_case stays, 2 * 3 too", "snake_case stays, 2 * 3 too"),
        ("O'Brien & Sons <ok>", "O'Brien & Sons <ok>"),
        ("***", ""),
        ("", ""),
    ],
)
def test_speakable(written: str, spoken: str) -> None:
    assert speakable(written) == spoken
