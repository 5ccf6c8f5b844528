"""Calls that we place: the reason is heard, machines are told from people, and left a message or nothing."""

import asyncio

import numpy as np
import pytest
from answering import Answers

from backend.testing.stage import Stage, agent_spec, line_spec
from backend.testing.virtual_time import run_virtual

OPENING = "Hello this is Meridian about your claim from last week. Is this a good time?"
MESSAGE = "This is Meridian. Please call us back."
LEAVE = {"action": "leave", "message": MESSAGE}


def beep(ms: int = 400) -> bytes:
    at = np.arange(16 * ms) / 16_000
    return np.asarray(np.sin(2 * np.pi * 1000 * at) * 8000, np.int16).tobytes()


def placed(*answers: str, voicemail: dict[str, str] | None = None) -> Stage:
    line = line_spec(voicemail=voicemail or {})
    return Stage(Answers(*answers, agent=agent_spec(greeting=OPENING), line=line))


async def run(stage: Stage, seconds: float) -> str:
    """Play it as a placed call; gives what was heard."""
    running = await stage.raise_curtain(placed=True)
    await asyncio.wait([running], timeout=seconds)
    await stage.drop_curtain(running)
    return stage.heard


def test_silence_is_spoken_into_after_two_seconds() -> None:
    async def story() -> None:
        stage = placed()
        assert await run(stage, 12) == OPENING
        first = min(at for at, _ in stage.link.sent)
        assert 2.0 <= first - stage.began < 2.5

    run_virtual(story())


def test_the_hello_is_waited_for_and_kept() -> None:
    async def story() -> None:
        stage = placed()
        end = stage.caller.says("hello anna speaking", at=1.2)
        assert await run(stage, 12) == OPENING
        assert min(at for at, _ in stage.link.sent) - stage.began > end + 0.5
        assert stage.dialogue == ["caller: hello anna speaking", f"helper: {OPENING}"]

    run_virtual(story())


@pytest.mark.parametrize("cuts_at", [2.3, 2.8, 3.4, 4.5])
def test_a_reason_that_was_cut_is_given_again_before_anything_else(cuts_at: float) -> None:
    async def story() -> None:
        stage = placed("We only want to know when.")
        stage.caller.says("i sent you the form already", at=cuts_at)
        heard = await run(stage, 25)
        assert heard.endswith(f"{OPENING} We only want to know when.")
        assert isinstance(stage.responder, Answers)
        assert stage.responder.asked == ["i sent you the form already"]

    run_virtual(story())


def test_a_late_hello_does_not_cost_the_reason() -> None:
    async def story() -> None:
        stage = placed()
        stage.caller.says("hello who is this", at=2.4)
        heard = await run(stage, 20)
        assert heard.endswith(OPENING)
        assert isinstance(stage.responder, Answers)
        assert stage.responder.asked == []

    run_virtual(story())


def test_a_reason_that_was_heard_is_not_given_again() -> None:
    async def story() -> None:
        stage = placed("Good.")
        stage.caller.says("hello", at=0.5)
        stage.caller.says("yes it is", at=8)
        assert await run(stage, 15) == f"{OPENING} Good."

    run_virtual(story())


GREETING = "you have reached anna please leave a message after the beep"


@pytest.mark.parametrize("voicemail", [None, {"action": "hang_up"}])
def test_a_machine_is_hung_up_on_without_a_word(voicemail: dict[str, str] | None) -> None:
    async def story() -> None:
        stage = placed(voicemail=voicemail)
        stage.caller.says(GREETING, at=0.5)
        assert await run(stage, 30) == ""
        assert stage.ending is not None
        assert stage.ending.outcome == "voicemail"

    run_virtual(story())


def test_a_message_is_left_behind_the_beep() -> None:
    async def story() -> None:
        stage = placed(voicemail=LEAVE)
        end = stage.caller.says(GREETING, at=0.5)
        stage.caller.sounds(beep(), at=end + 1.5)
        assert await run(stage, 40) == MESSAGE
        assert min(at for at, _ in stage.link.sent) - stage.began >= end + 1.6
        assert stage.ending is not None
        assert (stage.ending.outcome, stage.ending.detail) == ("voicemail", "a message was left")

    run_virtual(story())


def test_a_message_is_left_where_no_beep_comes() -> None:
    async def story() -> None:
        stage = placed(voicemail=LEAVE)
        end = stage.caller.says(GREETING, at=0.5)
        assert await run(stage, 40) == MESSAGE
        assert 2.4 < min(at for at, _ in stage.link.sent) - stage.began - end < 3.5

    run_virtual(story())


def test_a_machine_that_pauses_is_noticed_when_it_goes_on() -> None:
    async def story() -> None:
        stage = placed(voicemail=LEAVE)
        stage.caller.says("hi this is anna", at=0.3)
        stage.caller.says("i can't take your call leave a message after the tone", at=2.6)
        assert (await run(stage, 40)).endswith(MESSAGE)
        assert isinstance(stage.responder, Answers)
        assert stage.responder.asked == []
        assert stage.ending is not None
        assert stage.ending.outcome == "voicemail"

    run_virtual(story())


@pytest.mark.parametrize(
    "hello",
    [
        "hello",
        "hello this is anna kovacs",
        "good morning kovacs and sons this is anna how can i help you",
        "good afternoon thank you for calling the law office of miller and kovacs my name is anna how may i help you",
    ],
)
def test_a_person_who_says_a_long_hello_is_a_person(hello: str) -> None:
    async def story() -> None:
        stage = placed(voicemail=LEAVE)
        stage.caller.says(hello, at=0.4)
        assert await run(stage, 25) == OPENING
        assert stage.ending is not None
        assert stage.ending.outcome == "caller_hung_up"

    run_virtual(story())


def test_a_beep_in_a_conversation_is_no_machine() -> None:
    async def story() -> None:
        stage = placed("Good.", voicemail=LEAVE)
        stage.caller.says("hello", at=0.4)
        stage.caller.says("yes it is", at=8)
        stage.caller.sounds(beep(), at=58)
        await run(stage, 65)
        assert stage.ending is not None
        assert stage.ending.outcome != "voicemail"

    run_virtual(story())
