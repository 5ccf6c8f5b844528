"""A copy that is changed leaves what it was made of as it was."""

from decimal import Decimal
from typing import Any

from backend.domain.copied import copied


def test_a_copy_is_the_same_and_can_be_changed() -> None:
    facts: dict[str, Any] = {"form": {"saved": {"when": ["a", {"b": None}]}}, "asked": 2, "at": 1.5, "sure": True}
    other = copied(facts)
    assert other == facts
    other["form"]["saved"]["when"][1]["b"] = "changed"
    other["form"]["saved"]["more"] = 1
    assert facts == {"form": {"saved": {"when": ["a", {"b": None}]}}, "asked": 2, "at": 1.5, "sure": True}


def test_what_is_no_json_is_copied_too() -> None:
    facts: dict[str, Any] = {"told": ({"a": 1},), "names": {"b"}, "sum": Decimal(3)}
    other = copied(facts)
    assert other == facts
    other["told"][0]["a"] = 2
    other["names"].add("c")
    assert facts == {"told": ({"a": 1},), "names": {"b"}, "sum": Decimal(3)}
