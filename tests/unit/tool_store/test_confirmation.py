"""The one guard: nothing stands that was not heard and plainly agreed to."""

import pytest
from asking import Asking

from backend.domain.tool import TransferToPerson
from backend.tool_store.confirmation import Part, ask_for_yes, forget, standing

CAR = Part("car", "honda", "It was your 2019 Honda Civic, on Friday, November 20.")
PLACE = Part("place", "main", "It happened on Main Street in Chicago.")
BOTH = (CAR, PLACE)


def test_each_part_needs_its_own_yes() -> None:
    call = Asking()
    first = ask_for_yes(call.caller("nothing more"), "claim", BOTH)
    assert first and first.say == CAR.say and first.expects == "confirmation"
    call.hears(first)
    second = ask_for_yes(call.caller("yes"), "claim", BOTH)
    assert second and second.say == PLACE.say
    assert standing(call.same_turn("yes"), "claim", BOTH) == {"car"}
    call.hears(second)
    assert ask_for_yes(call.caller("yes that's right"), "claim", BOTH) is None
    assert standing(call.same_turn("yes"), "claim", BOTH) == {"car", "place"}


def test_one_yes_does_not_count_for_two_parts() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", BOTH))
    ask_for_yes(call.caller("yes"), "claim", BOTH)
    again = ask_for_yes(call.same_turn("yes"), "claim", BOTH)
    assert again and not again.ok and again.say is None
    assert standing(call.same_turn("yes"), "claim", BOTH) == {"car"}


def test_a_yes_in_the_turn_of_the_reading_is_none() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("yes"), "claim", [CAR]))
    assert ask_for_yes(call.same_turn("yes"), "claim", [CAR]) is not None
    assert not standing(call.same_turn("yes"), "claim", [CAR])


@pytest.mark.parametrize("only", [1, 3, 6, 8])
def test_what_was_cut_off_before_its_last_value_is_read_again(only: int) -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]), only=only)
    outcome = ask_for_yes(call.caller("yes yes fine"), "claim", [CAR])
    assert outcome and outcome.say == CAR.say
    assert not standing(call.same_turn("yes"), "claim", [CAR])


def test_a_yes_into_the_question_behind_the_last_value_counts() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]), only=11)
    assert ask_for_yes(call.caller("yes"), "claim", [CAR]) is None


@pytest.mark.parametrize("words", ["will my premium go up if i do this", "does the other driver hear of this"])
def test_a_question_puts_nothing_right_and_agrees_to_nothing(words: str) -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]))
    outcome = ask_for_yes(call.caller(words), "claim", [CAR])
    assert outcome and outcome.expects == "confirmation"
    assert not standing(call.same_turn("yes"), "claim", [CAR])


def test_a_changed_part_is_confirmed_alone() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", BOTH))
    call.hears(ask_for_yes(call.caller("yes"), "claim", BOTH))
    changed = (Part("car", "ford", "It was your Ford."), PLACE)
    outcome = ask_for_yes(call.caller("yes but it was the ford"), "claim", changed)
    assert outcome and outcome.say == "It was your Ford."
    call.hears(outcome)
    left = ask_for_yes(call.caller("yes"), "claim", changed)
    assert left and left.say == PLACE.say


def test_a_no_without_a_change_asks_what_to_change() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", BOTH))
    outcome = ask_for_yes(call.caller("absolutely not"), "claim", BOTH)
    assert outcome and outcome.expects == "correction" and not outcome.ok


def test_a_yes_to_another_question_is_no_confirmation() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]))
    call.session.turn += 1
    call.hears_words("Are you still there?")
    outcome = ask_for_yes(call.caller("yes"), "claim", [CAR])
    assert outcome and outcome.say == CAR.say


def test_words_that_were_only_meant_were_not_heard() -> None:
    call = Asking()
    outcome = ask_for_yes(call.caller("go on"), "claim", [CAR])
    call.hears(outcome)
    said = call.session.history.pop()
    call.session.history.append(type(said)(said.agent, said.text, said.turn, True, True))  # type: ignore[union-attr]
    assert ask_for_yes(call.caller("yes"), "claim", [CAR]) is not None


def test_neither_yes_nor_no_goes_down_the_ladder_to_a_person() -> None:
    call = Asking()
    heard = [call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]))]
    for _ in range(2):
        heard.append(call.hears(ask_for_yes(call.caller("the weather is nice"), "claim", [CAR])))
    assert "press 1 for yes" in heard[-1]
    assert len(set(heard)) == 3
    last = ask_for_yes(call.caller("the weather is nice"), "claim", [CAR])
    assert last and isinstance(last.directive, TransferToPerson)


def test_a_pressed_key_is_a_yes_once_keys_were_offered() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]))
    call.hears(ask_for_yes(call.caller("hmm"), "claim", [CAR]))
    call.hears(ask_for_yes(call.caller("hello there"), "claim", [CAR]))
    assert ask_for_yes(call.caller("1"), "claim", [CAR]) is None


def test_what_was_done_needs_a_new_yes() -> None:
    call = Asking()
    call.hears(ask_for_yes(call.caller("go on"), "claim", [CAR]))
    assert ask_for_yes(call.caller("yes"), "claim", [CAR]) is None
    forget(call.same_turn("yes"))
    assert ask_for_yes(call.caller("yes"), "claim", [CAR]) is not None


def test_who_refuses_three_times_and_changes_nothing_comes_to_a_person() -> None:
    call = Asking()
    outcome = None
    for answer in ("go on", "no", "read it", "no", "read it", "no"):
        outcome = ask_for_yes(call.caller(answer), "claim", [CAR])
        if answer != "no" or outcome is None or not outcome.directive:
            call.hears(outcome)
    assert outcome and isinstance(outcome.directive, TransferToPerson)
