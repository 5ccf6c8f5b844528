"""A question that was asked in vain is noticed, whatever was said before in the call."""

import pytest

from backend.domain.session import AgentSaid, CallerSaid, HistoryItem, ToolAnswered
from backend.engine.thinking import loop_guard
from backend.engine.thinking.loop_guard import question_in_vain, same_words

QUESTION = "What is your zip code?"


def call(*turns: tuple[str, str]) -> list[HistoryItem]:
    """A call of such turns: what the caller said, and the answer to it."""
    return [
        item
        for turn, (said, answer) in enumerate(turns, 1)
        for item in (CallerSaid(said, turn), AgentSaid("auth", answer, turn))
    ]


def test_three_turns_that_end_in_the_same_question_have_come_to_nothing() -> None:
    history = call(("hello", "Good morning."), *[("blue", f"I see. {QUESTION}")] * 3)
    assert question_in_vain(history, "en-US") == "what is your zip code"
    assert question_in_vain(history[:-2], "en-US") == ""


def test_what_was_asked_between_is_no_circle() -> None:
    history = call(("blue", QUESTION), ("red", "And your name?"), ("green", QUESTION), ("green", QUESTION))
    assert question_in_vain(history, "en-US") == ""


def test_a_turn_in_which_a_tool_has_done_its_work_is_none_in_vain() -> None:
    history = call(*[("blue", QUESTION)] * 3)
    worked = [*history[:3], ToolAnswered("1", "record", '{"ok": true}', 2), *history[3:]]
    assert question_in_vain(worked, "en-US") == ""


def test_who_asks_to_hear_it_again_has_not_answered() -> None:
    again = ("say that again please", QUESTION)
    assert question_in_vain(call(("blue", QUESTION), again, again, ("red", QUESTION)), "en-US") == ""
    assert question_in_vain(call(("blue", QUESTION), again, ("red", QUESTION), ("green", QUESTION)), "en-US")


def test_words_end_in_the_question_or_do_not() -> None:
    assert same_words(f"Well. {QUESTION} ", "what is your zip code")
    assert not same_words("What is your zip code. Thank you.", "what is your zip code")
    assert not same_words("x" * 100_000, "what is your zip code")


@pytest.mark.parametrize(
    "answer",
    ["Which part should I change? For example the date.", "Sorry, what is it? Say it, or press a key."],
)
def test_a_question_with_words_of_help_behind_it_is_one(answer: str) -> None:
    history = call(*[("blue", answer)] * 3)
    assert same_words(answer, question_in_vain(history, "en-US"))
    assert question_in_vain(call(*[("blue", f"Is it {n}? I would say so.") for n in range(3)]), "en-US") == ""


def test_no_more_is_read_of_what_the_caller_said_than_decides() -> None:
    """It is asked before every answer, and the words of a caller take longest to read."""
    read: list[str] = []

    class Talk:
        def beside(self, text: str) -> None:
            read.append(text)

    class Language:
        talk = Talk()

    history = call(*[(f"blue {turn}", QUESTION) for turn in range(5)], ("red", "And your name?"), ("green", "Noted."))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop_guard, "language_named", lambda _tag: Language())
        assert question_in_vain(history, "en-US") == ""
        assert read == ["green"]
        assert question_in_vain(history[:-2], "en-US") == ""
        assert read == ["green", "red", "blue 4"]
