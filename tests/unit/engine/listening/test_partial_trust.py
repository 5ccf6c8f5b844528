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
        trust.compared(lambda agrees=final == "y": agrees)
    assert trust.deserved is deserved


def test_finals_are_compared_when_it_is_asked_for_and_once_and_those_without_a_partial_do_not_count() -> None:
    compared: list[str] = []

    def final(name: str, agrees: bool | None) -> None:
        trust.compared(lambda: compared.append(name) or agrees)

    trust = PartialTrust()
    final("one", False)
    final("two", None)
    assert compared == []
    assert not trust.deserved and not trust.deserved
    assert compared == ["one", "two"]
    for _ in range(8):
        final("none", None)
    assert not trust.deserved
