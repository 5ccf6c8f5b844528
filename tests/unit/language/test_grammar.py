"""Patterns of words and what they mean."""

from typing import Any

import pytest

from backend.language.grammar import Found, Grammar, class_of
from backend.language.mention import Mention


def _pair(_context: Any, found: Found) -> Mention | None:
    return Mention(0, 0, (found["from"], found.get("to"))) if found["from"] != 9 else None


COUNTS = class_of({"one": 1, "one more": 2, "nine": 9})
GRAMMAR = Grammar(
    {"count": COUNTS},
    [
        ("the? day|night before", lambda context, _found: Mention(0, 0, (context,))),
        ("{from:count}\n{from:count} to? {to:count}", _pair),
        ("big? {count} hit", lambda _context, found: Mention(0, 0, ("hit", found["count"]))),
    ],
)


@pytest.mark.parametrize(
    ("said", "values", "places"),
    [
        ("it was the night before", [("now",)], [(2, 5)]),
        ("day before", [("now",)], [(0, 2)]),
        ("one to one more", [(1, 2)], [(0, 4)]),
        ("one one", [(1, 1)], [(0, 2)]),
        ("one and one", [(1, None), (1, None)], [(0, 1), (2, 3)]),
        ("big one hit", [("hit", 1)], [(0, 3)]),
        ("one hit", [("hit", 1)], [(0, 2)]),
        ("nine", [], []),
        ("", [], []),
    ],
)
def test_the_longest_pattern_that_means_something_is_found(
    said: str, values: list[tuple[Any, ...]], places: list[tuple[int, int]]
) -> None:
    found = GRAMMAR.find(said.split(), "now")
    assert [mention.values for mention in found] == values
    assert [(mention.start, mention.end) for mention in found] == places


def test_what_a_caller_said_is_not_in_the_repr_of_a_mention() -> None:
    assert "secret" not in repr(Mention(0, 1, ("secret",), ("secret",)))
