"""What a caller hears of a model that answers nothing, is refused, thinks aloud or goes round in circles."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from intake import intake_stage

from backend.domain.model import ModelDone, ModelEvent, ModelRequest, ModelToolCall, TextDelta
from backend.domain.session import CallerSaid
from backend.errors import ProviderError, RateLimited, TimedOut, Unavailable
from backend.ports import ChatModel
from backend.testing.model import Reply, ScriptedModel
from backend.testing.virtual_time import run_virtual

WHAT = "my car was hit in the parking lot"


def played(model: ChatModel, *said: str, until: float = 60.0, deployments: tuple[str, ...] = ()) -> Any:
    async def story() -> Any:
        stage = intake_stage(model, fallback=deployments)
        end = 6.0
        for words in said:
            end = stage.caller.says(words, at=end) + 9
        await stage.play(until)
        return stage

    return run_virtual(story())


@pytest.mark.parametrize(
    "nothing",
    [
        Reply(""),
        Reply("", reason="length"),
        Reply(" \n "),
        Reply("<think>What to say?</think>"),
        Reply('<tool_call>{"name": "end_call"}</tool_call>'),
        Reply("\U0001f600"),
    ],
)
def test_an_empty_answer_is_asked_for_again(nothing: Reply) -> None:
    model = ScriptedModel([nothing, "When was that?"])
    stage = played(model, WHAT, until=14)
    assert stage.dialogue[-1] == "fnol_intake: When was that?"
    assert len(model.requests) == 2


def test_the_next_deployment_is_asked_after_two_empty_answers() -> None:
    model = ScriptedModel(lambda request: "When was that?" if request.deployment == "spare" else Reply(""))
    stage = played(model, WHAT, until=14, deployments=("spare",))
    assert stage.dialogue[-1] == "fnol_intake: When was that?"
    assert [request.deployment for request in model.requests] == ["", "", "spare"]


def test_a_model_that_stays_empty_is_told_of_and_ends_with_a_person() -> None:
    stage = played(ScriptedModel(lambda _: Reply("")), WHAT)
    assert any("having trouble on my side" in line for line in stage.dialogue)
    assert stage.transfers


class Failing:
    """A model of which every answer fails in one way."""

    def __init__(self, error: ProviderError | None, *, words: str = "", after_s: float = 0.0, fails: int = 99) -> None:
        self._error, self._words, self._after_s, self._fails = error, words, after_s, fails
        self.asked = 0

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """What it has of an answer, then its fault."""
        self.asked += 1
        if self.asked > self._fails:
            yield TextDelta("When was that?")
            yield ModelDone("stop")
            return
        for word in self._words.split():
            yield TextDelta(f"{word} ")
            await asyncio.sleep(0.05)
        await asyncio.sleep(self._after_s)
        if self._error is not None:
            raise self._error
        yield ModelToolCall(f"call_{self.asked}", "open_case", '{"kind": "auto", ')
        yield ModelDone("tool_calls")


FAILURES: dict[str, Callable[[int], Failing]] = {
    "429": lambda fails: Failing(RateLimited("model", "busy", 30.0), fails=fails),
    "500": lambda fails: Failing(Unavailable("model", "500"), fails=fails),
    "slow": lambda fails: Failing(TimedOut("model", "no first token in time"), after_s=6.0, fails=fails),
    "cut off in mid-sentence": lambda fails: Failing(
        Unavailable("model", "the stream broke off"), words="I have written down. What is the color of", fails=fails
    ),
    "silent in mid-sentence": lambda fails: Failing(
        TimedOut("model", "the deadline"), words="I have written down. What is the", after_s=5.0, fails=fails
    ),
    "garbage for arguments": lambda fails: Failing(None, fails=fails),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_model_that_fails_is_apologized_for_once_an_answer_and_the_second_time_it_is_a_person(kind: str) -> None:
    stage = played(FAILURES[kind](99), WHAT, "it was yesterday at noon", until=70)
    spoken = [line for line in stage.dialogue if line.startswith("fnol_intake: ")]
    assert sum(line.count("having trouble on my side") for line in spoken) == 2, stage.dialogue
    assert len(stage.transfers) == 1
    assert not [line for line in spoken if line.count("written down") > 1]


@pytest.mark.parametrize("kind", FAILURES)
def test_a_model_that_fails_once_is_apologized_for_at_most_once_and_nothing_is_said_twice(kind: str) -> None:
    stage = played(FAILURES[kind](1), WHAT, "it was yesterday at noon", until=40)
    said = " ".join(line for line in stage.dialogue if line.startswith("fnol_intake: "))
    assert said.count("having trouble on my side") <= 1, stage.dialogue
    assert said.count("written down") <= 1, stage.dialogue
    assert "When was that?" in said
    assert not stage.transfers


def test_a_goodbye_that_the_model_does_not_find_is_said_all_the_same() -> None:
    stage = played(ScriptedModel([Reply(calls={"end_call": {}}), *[Reply("")] * 9]), "thank you goodbye", until=30)
    assert stage.dialogue[-1] == "fnol_intake: Goodbye."
    assert stage.ending.outcome == "completed"


def refusing(request: ModelRequest) -> str | Reply:
    if any("blood" in message.content for message in request.messages):
        return Reply("", reason="content_filter")
    return "When was that?"


def test_words_that_the_filter_refused_are_not_sent_again_but_stay_in_the_record() -> None:
    model = ScriptedModel(refusing)
    stage = played(model, "there was blood on the seat", "it was yesterday at noon", until=26)
    assert stage.dialogue[-1] == "fnol_intake: When was that?"
    assert "there was blood on the seat" in [i.text for i in stage.session.history if isinstance(i, CallerSaid)]
    assert not stage.transfers


def test_the_second_refusal_in_a_row_goes_to_a_person() -> None:
    stage = played(ScriptedModel(lambda _: Reply("", reason="content_filter")), "one thing", "and another", until=40)
    assert [transfer.reason for transfer in stage.transfers] == ["the content filter refused twice in a row"]


def test_two_refusals_with_an_answer_between_them_are_not_in_a_row() -> None:
    refused = Reply("", reason="content_filter")
    stage = played(ScriptedModel([refused, "I see.", refused, "Go on."]), "one", "two", "three", "four", until=50)
    assert not stage.transfers


def test_the_same_question_is_not_asked_a_fourth_time() -> None:
    model = ScriptedModel(lambda _: "Sorry, what is the color of the car?")
    stage = played(model, "first words", "second words", "third words", "fourth words", until=70)
    assert " ".join(stage.dialogue).count("what is the color of the car?") == 3
    assert [transfer.reason for transfer in stage.transfers] == [
        "the same question was asked three times and led to nothing"
    ]


def test_an_offer_of_more_help_may_follow_every_answer() -> None:
    answers = iter(range(99))
    model = ScriptedModel(lambda _: f"It is number {next(answers)}. Is there anything else I can help with?")
    stage = played(model, *(f"question {word}" for word in ("one", "two", "three", "four", "five")), until=75)
    assert " ".join(stage.dialogue).count("anything else") == 5
    assert not stage.transfers


def test_a_model_that_calls_tools_for_ever_is_told_of() -> None:
    numbers = iter(range(999))
    model = ScriptedModel(lambda _: Reply(calls={"launch_rocket": {"number": next(numbers)}}))
    stage = played(model, WHAT, until=12)
    assert "having trouble on my side" in stage.dialogue[-2]


def test_a_tool_that_is_called_again_for_the_same_answer_is_not_called_a_third_time() -> None:
    def asking(request: ModelRequest) -> Reply | str:
        return "I see." if request.forbid_tools else Reply(calls={"launch_rocket": {"to": "moon"}})

    model = ScriptedModel(asking)
    stage = played(model, WHAT, until=16)
    assert [request.forbid_tools for request in model.requests] == [False, False, True]
    assert stage.dialogue[-1] == "fnol_intake: I see."
