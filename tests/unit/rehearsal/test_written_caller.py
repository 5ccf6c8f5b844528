"""Who calls as it is written, and whether what happened is what was expected."""

import pytest

from backend.rehearsal.caller import WrittenCaller
from backend.rehearsal.matching import at_path, holds, looks_like
from backend.rehearsal.spec import ConversationSpec


def caller(**written: object) -> WrittenCaller:
    return WrittenCaller(ConversationSpec.model_validate({"title": "A call", **written}), {"full_name": "john smith"})


def said(caller: WrittenCaller, question: str, expects: str | None = None) -> str | None:
    line = caller.next(question, expects)
    return line.say if line else None


def test_written_lines_come_first_whatever_is_asked() -> None:
    one = caller(says=["hello", {"say": "i need help", "hears": ["sure"]}])
    assert [said(one, "What is your name?", "full_name") for _ in range(3)] == ["hello", "i need help", "john smith"]


def test_the_field_that_is_asked_for_goes_before_words_of_the_question() -> None:
    one = caller(answers={"name": "wrong", "full_name": "karen miller"})
    assert said(one, "What is your name?", "full_name") == "karen miller"
    assert said(one, "What is your name?") == "wrong"


def test_the_last_sentence_is_what_is_asked() -> None:
    one = caller(answers={"claim number": "thank you", "anything else": "no"})
    assert said(one, "Your claim number is 1. Is there anything else?") == "no"


def test_being_asked_again_takes_the_next_answer_and_then_the_last_for_good() -> None:
    one = caller(answers={"zip_code": ["one", "two"]})
    assert [said(one, "?", "zip_code") for _ in range(3)] == ["one", "two", "two"]


def test_an_empty_answer_hangs_up_and_is_not_being_stuck() -> None:
    one = caller(answers={"zip_code": None})
    assert said(one, "?", "zip_code") is None
    assert not one.stuck


def test_a_question_without_an_answer_leaves_the_caller_stuck_unless_he_has_something_to_say_to_anything() -> None:
    one, other = caller(), caller(otherwise="i do not know")
    assert said(one, "What color?") is None
    assert one.stuck
    assert said(other, "What color?") == "i do not know"


def test_a_second_call_has_lines_of_its_own_and_none_of_the_answers_of_the_first() -> None:
    written = ConversationSpec.model_validate({"title": "A call", "says": ["one"], "answers": {"zip": None}})
    assert WrittenCaller.again(written, {}) is None
    again = ConversationSpec.model_validate({**written.model_dump(), "calls_again": {"says": ["two"]}})
    second = WrittenCaller.again(again, {"zip": "six zero"})
    assert second is not None
    assert [said(second, "What is your zip?") for _ in range(2)] == ["two", "six zero"]


@pytest.mark.parametrize(
    ("value", "expected", "alike"),
    [
        ("Main Street", "main  street", True),
        ("Main Street, Chicago", "main street", False),
        ("Main Street, Chicago", "main*", True),
        ("O’Brien", "o'brien", True),
        (2, 2, True),
        (2, "2", True),
        (True, 1, False),
        (False, False, True),
        (None, None, True),
        (None, "x", False),
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ([1, 2], [1, 2], True),
        ([1, 2], [1], False),
        ("a.c", "a?c", False),
    ],
)
def test_values_look_like_what_is_expected(value: object, expected: object, alike: bool) -> None:
    assert looks_like(value, expected) is alike


def test_words_are_held_anywhere_and_stars_stand_for_any() -> None:
    assert holds("Your claim  number is C L A.", "CLAIM number * c l a")
    assert not holds("Your claim", "claims")


def test_a_dotted_path_reaches_into_a_field() -> None:
    assert at_path({"a": {"b": 1}}, "a.b") == 1
    assert at_path({"a": 1}, "a.b") is None
