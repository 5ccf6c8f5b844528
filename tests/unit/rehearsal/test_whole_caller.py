"""Whole callers: one file of ways to answer becomes conversations."""

from typing import Any

import pytest

from backend.rehearsal.caller import WrittenCaller
from backend.rehearsal.matching import holds_any
from backend.rehearsal.whole_caller import WholeCallerSpec, conversations_of

CALLER: dict[str, Any] = {
    "name": "ada",
    "now": "2026-11-21T10:15",
    "opening": ["a report", "hello"],
    "answers": {"size": ["large", ["well", "it is large"], "big"], "anything_else": ["no"]},
    "must": {"filed": True, "policy": "P-1", "claim": {"size": "large", "people": "none", "color": ["red", "blue"]}},
    "never": {"claim": {"size": ["small"]}, "said": ["P-1"], "asked_more_than": {"size": 1}},
}


def test_every_way_is_used_at_least_once_and_a_list_is_said_turn_by_turn() -> None:
    played = conversations_of(WholeCallerSpec.model_validate(CALLER))
    assert list(played) == ["ada_1", "ada_2", "ada_3"]
    assert [one.says for one in played.values()] == [("a report",), ("hello",), ("a report",)]
    assert [one.answers["size"] for one in played.values()] == ["large", ["well", "it is large"], "big"]


def test_what_must_and_must_not_come_of_it_is_the_same_for_every_way() -> None:
    for one in conversations_of(WholeCallerSpec.model_validate(CALLER)).values():
        assert (one.must.filed, one.must.verified) == (True, "P-1")
        assert one.must.holds == {"size": ("large",), "people": ("none",), "color": ("red", "blue")}
        assert one.must_not.holds == {"size": ("small",)}
        assert one.must_not.asked_more_than == {"size": 1}


def test_a_caller_is_heard_in_their_language_where_the_line_has_it() -> None:
    caller = WholeCallerSpec.model_validate({**CALLER, "language": "es-US"})
    assert conversations_of(caller, ["en-US", "es-US"])["ada_1"].speaks == "es-US"
    assert conversations_of(caller, ["en-US"])["ada_1"].speaks == ""


def test_a_question_without_a_field_is_known_by_its_words() -> None:
    (conversation, *_) = conversations_of(WholeCallerSpec.model_validate(CALLER)).values()
    caller = WrittenCaller(conversation, {})
    caller.next("Hello.", None)
    answered = caller.next("Is there anything else I can do?", None)
    assert answered is not None and answered.say == "no"


def test_how_often_something_was_asked_is_counted_for_every_kind_of_answer() -> None:
    (conversation, *_) = conversations_of(WholeCallerSpec.model_validate(CALLER)).values()
    caller = WrittenCaller(conversation, {})
    for _ in range(3):
        caller.next("What size?", "size")
    assert caller.asked["size"] == 2  # the first turn was the opening
    assert caller.asked_too_often() == ["asked 2 times for size"]


def test_whoever_is_asked_what_to_change_says_their_objection_again() -> None:
    answers = {**CALLER["answers"], "confirmation": [["yes but it is small", "yes"], "yes"]}
    first, second, *_ = conversations_of(WholeCallerSpec.model_validate({**CALLER, "answers": answers})).values()
    assert first.answers["correction"] == "yes but it is small"
    assert "correction" not in second.answers


@pytest.mark.parametrize(
    ("value", "wanted", "held"),
    [
        ("Main Street 5", ("*main*",), True),
        ("Oak Street", ("*main*",), False),
        ([{"name": "Ben"}, {"name": "Ann"}], ("*ben*",), True),
        ([], ("none",), True),
        (None, ("none",), True),
        (["Ben"], ("none",), False),
        (2, (1, 2), True),
        (True, (1,), False),
    ],
)
def test_a_field_holds_any_of_the_values(value: Any, wanted: tuple[Any, ...], held: bool) -> None:
    assert holds_any(value, wanted) is held
