"""When a recognizer's partials are answered, and when its finals are waited for."""

import pytest

from backend.engine.listening.partial_trust import PartialTrust


@pytest.mark.parametrize(
    ("finals", "deserved"),
    [
        ("", True),
        ("y", True),
        ("n", False),
        ("yn", False),
        ("yyn", False),
        ("yyyn", True),
        ("yyyyyn", True),
        ("yyyynn", False),
        ("nyyy", True),
        ("nnnnnn", False),
        ("nnnnnnyyyyy", True),
        ("nnnnnnyyyy", False),
    ],
)
def test_it_is_lost_quickly_and_won_back(finals: str, deserved: bool) -> None:
    trust = PartialTrust()
    for final in finals:
        trust.compared(agrees=final == "y")
    assert trust.deserved is deserved
