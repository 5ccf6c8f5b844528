"""The ladder: other words, keys or choices, left open or a person; never the same words twice running."""

import pytest
from asking import Asking
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.question import Question
from backend.domain.tool import EndCall, TransferToPerson
from backend.tool_store.repair import failures, left_open, put, repair, understood

ZIP = Question(
    "zip_code", "digits", "What is your zip code?", "Please say its five digits, like six oh six oh one.",
    why="It helps me to find you.", digits=5,
)  # fmt: skip
PURPOSE = Question("purpose", "text", "What was the trip for?", "Was it for work, say?", may_stay_open=True)


def test_the_rungs_in_their_order() -> None:
    call = Asking()
    assert put(call.caller("hello"), ZIP).ask == ZIP.ask
    assert repair(call.caller("green"), ZIP, "no digits").ask == ZIP.again
    assert (
        repair(call.caller("green"), ZIP, "no digits").ask == "Please key in the 5 digits on your telephone, "
        "one after the other."
    )
    last = repair(call.caller("green"), ZIP, "no digits")
    assert isinstance(last.directive, TransferToPerson) and last.say


@pytest.mark.parametrize("words", ["goodbye", "okay thank you, bye", "no, bye now", "all right then goodbye thanks"])
def test_a_goodbye_is_no_failure_and_ends_the_call(words: str) -> None:
    call = Asking()
    put(call.caller("hello"), ZIP)
    leaving = repair(call.caller(words), ZIP, "no digits")
    assert isinstance(leaving.directive, EndCall)
    assert "Goodbye" in (leaving.say or "")
    assert failures(call.same_turn(words), "zip_code") == 0


@pytest.mark.parametrize("words", ["the goodbye inn", "by the lake", "i said goodbye to her at five"])
def test_what_only_holds_a_goodbye_is_an_answer_like_others(words: str) -> None:
    call = Asking()
    assert repair(call.caller(words), ZIP, "no digits").ask == ZIP.again


def test_who_is_not_understood_five_times_running_comes_to_a_person_whatever_was_asked() -> None:
    call = Asking()
    for question in (ZIP, ZIP, PURPOSE, PURPOSE):
        assert repair(call.caller("visual bin"), question, "no").directive is None
    assert isinstance(repair(call.caller("visual bin"), ZIP, "no").directive, TransferToPerson)


def test_a_turn_that_was_understood_begins_that_count_anew_and_who_cannot_say_is_understood() -> None:
    call = Asking()
    for question in (ZIP, ZIP, PURPOSE, PURPOSE):
        repair(call.caller("visual bin"), question, "no")
    understood(call.caller("six oh six oh one"), "zip_code")
    assert repair(call.caller("visual bin"), ZIP, "no").directive is None
    call = Asking()
    for question in (ZIP, ZIP, PURPOSE, PURPOSE):
        repair(call.caller("visual bin"), question, "no")
    assert repair(call.caller("i don't know"), PURPOSE, "no").directive is None


def test_one_turn_is_one_failure() -> None:
    call = Asking()
    repair(call.caller("green"), ZIP, "no digits")
    repair(call.same_turn("green"), ZIP, "no digits")
    assert failures(call.same_turn("green"), "zip_code") == 1


def test_what_was_understood_begins_anew() -> None:
    call = Asking()
    repair(call.caller("green"), ZIP, "no digits")
    understood(call.same_turn("60601"), "zip_code")
    assert repair(call.caller("green"), ZIP, "no digits").ask == ZIP.again


def test_what_may_stay_open_is_left_open_the_third_time() -> None:
    call = Asking()
    repair(call.caller("green"), PURPOSE, "no purpose")
    repair(call.caller("green"), PURPOSE, "no purpose")
    last = repair(call.caller("green"), PURPOSE, "no purpose")
    assert left_open(last) == "purpose" and last.directive is None and last.say


@pytest.mark.parametrize("text", ["I don't know", "um no idea really", "I can't remember that right now", "not sure"])
def test_who_does_not_know_is_not_asked_again_where_it_may_stay_open(text: str) -> None:
    assert left_open(repair(Asking().caller(text), PURPOSE, "unknown")) == "purpose"


def test_who_does_not_know_is_told_why_where_it_is_needed() -> None:
    outcome = repair(Asking().caller("i don't know"), ZIP, "unknown")
    assert (outcome.say, outcome.ask) == (ZIP.why, ZIP.again)


@pytest.mark.parametrize("text", ["i'd rather not say", "I said I'd rather not say", "none of your business"])
def test_who_will_not_tell_is_not_asked_again_where_it_may_stay_open(text: str) -> None:
    call = Asking()
    put(call.caller("hello"), PURPOSE)
    outcome = repair(call.caller(text), PURPOSE, "no purpose")
    assert left_open(outcome) == "purpose" and outcome.directive is None and outcome.say


def test_who_will_not_tell_what_is_needed_hears_why_once_and_that_there_are_persons_and_then_comes_to_one() -> None:
    call = Asking()
    put(call.caller("hello"), ZIP)
    told = repair(call.caller("i'd rather not say"), ZIP, "no digits")
    assert told.say == "It helps me to find you. You can also talk to a person; just say so."
    assert (told.ask, told.directive) == (ZIP.again, None)
    repair(call.same_turn("i'd rather not say"), ZIP, "no digits")
    assert isinstance(repair(call.caller("that's private"), ZIP, "no digits").directive, TransferToPerson)


def test_who_was_not_understood_first_and_then_will_not_tell_hears_why_too() -> None:
    call = Asking()
    repair(call.caller("green"), ZIP, "no digits")
    told = repair(call.caller("i'd rather not give you that"), ZIP, "no digits")
    assert (told.directive, (told.say or "").startswith(ZIP.why)) == (None, True)


@pytest.mark.parametrize("text", ["I don't know, about five", "not sure, maybe work", "i know it"])
def test_who_says_something_has_not_said_nothing(text: str) -> None:
    assert left_open(repair(Asking().caller(text), PURPOSE, "unclear")) is None


@given(st.lists(st.sampled_from(["put", "repair", "other"]), max_size=12))
def test_nobody_hears_the_same_words_twice_running(steps: list[str]) -> None:
    call, before = Asking(), ""
    for step in steps:
        ctx = call.caller("green")
        if step == "other":
            outcome = put(ctx, PURPOSE)
        else:
            outcome = put(ctx, ZIP) if step == "put" else repair(ctx, ZIP, "no digits")
        assert outcome.ask is None or outcome.ask != before
        before = outcome.ask or ""
