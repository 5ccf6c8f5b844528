"""Who was held fast and is out: the rule for one language."""

import re

import pytest

from backend.language.shut_in import ShutIn

RULE = ShutIn(
    held=re.compile("stuck"),
    own=re.compile(r"\bi\b"),
    others=re.compile(r"\b(?:he|cat)\b"),
    own_out=re.compile("i got out"),
    others_out=re.compile("he got out"),
    lasts=re.compile("still"),
)
NEEDS = re.compile("stuck|bleeding")


@pytest.mark.parametrize(
    ("clause", "more", "over"),
    [
        ("i was stuck", "i got out", True),
        ("stuck for an hour", "he got out", True),
        ("the cat was stuck", "he got out", True),
        ("the cat was stuck", "i got out", False),
        ("i was stuck", "he got out", False),
        ("i and the cat were stuck", "i got out", False),
        ("i was stuck and bleeding", "i got out", False),
        ("i was stuck", "i got out but still", False),
        ("i was here", "i got out", False),
    ],
)
def test_who_was_held_must_be_who_is_out(clause: str, more: str, over: bool) -> None:
    assert RULE.is_over(clause, f"{clause} {more}", NEEDS) is over
