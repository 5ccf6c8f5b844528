"""Recognition and voice fail in every way; the caller hears something within 3 s all the same, and is not left."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from answering import Answers
from audible import silence_after

from backend.domain.audio import PCM_16K
from backend.engine.desk.phrase_warmer import emergency_phrases
from backend.errors import PoolExhausted, ProviderRejected, RateLimited, TimedOut, Unavailable
from backend.testing.stage import ENGLISH, Stage, agent_spec
from backend.testing.virtual_time import run_virtual

LIMIT_S = 3.0
TURNS = {"idle_seconds": 8, "idle_prompts": ["Are you there?", "Hello?"], "idle_goodbye": "Goodbye."}


def play(story: Callable[[Stage], Awaitable[None]], *answers: Any, **parts: Any) -> Stage:
    async def run() -> Stage:
        stage = Stage(Answers(*answers, agent=agent_spec(greeting="Hello there.", turns=TURNS)), **parts)
        await story(stage)
        return stage

    return run_virtual(run())


async def keep_phrases(stage: Stage) -> None:
    """As a server has them before the first call."""
    agent = stage.responder.agent
    says = stage.responder.phrases
    for phrase in set(emergency_phrases(says)) - {says.slow}:  # what is not kept is replaced by what is
        await stage.phrases.learn(phrase, agent.voice.voice(), PCM_16K)


# -- recognition ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["yes", "my car was hit in the parking lot"])
def test_a_caller_whom_recognition_does_not_hear_is_told_so_then_offered_a_key_then_a_person(words: str) -> None:
    async def story(stage: Stage) -> None:
        stage.stt.deaf = 99
        ends = [stage.caller.says(words, at=at, understood=False, word_s=0.4) for at in (2, 12, 24)]
        running = await stage.raise_curtain()
        await asyncio.wait([running], timeout=40)
        late = ENGLISH.hold_on
        told = f"{late} {ENGLISH.unheard} {late} {ENGLISH.deaf} {late}"
        assert stage.heard == f"Hello there. {told} I'll connect you now."
        assert all(silence_after(stage, end, until=40) < LIMIT_S for end in ends)
        await stage.drop_curtain(running)

    stage = play(story)
    assert [transfer.reason for transfer in stage.transfers] == ["the caller could not be heard"]
    assert stage.ending is not None
    assert stage.ending.outcome == "transferred"


def test_a_recognizer_that_hears_nothing_is_replaced_and_the_call_goes_on() -> None:
    async def story(stage: Stage) -> None:
        stage.stt.deaf = 1
        stage.caller.says("is it sunny", at=2)
        stage.caller.says("is it sunny", at=12)
        await stage.play(20)
        assert stage.heard == f"Hello there. {ENGLISH.hold_on} {ENGLISH.unheard} It is sunny."

    stage = play(story, "It is sunny.")
    assert len(stage.stt.options) == 2


def test_words_that_come_late_are_answered_and_need_not_be_said_again() -> None:
    async def story(stage: Stage) -> None:
        end = stage.caller.says("is it sunny", at=2, partials=False, final_in=3.2)
        await stage.play(14)
        assert stage.heard == f"Hello there. {ENGLISH.hold_on} It is sunny."
        assert silence_after(stage, end, until=10) < LIMIT_S

    stage = play(story, "It is sunny.")
    assert len(stage.stt.options) == 1


@pytest.mark.parametrize(
    "error",
    [
        ProviderRejected("speech", "401"),
        RateLimited("speech", "429"),
        Unavailable("speech", "refused"),
        PoolExhausted("none free"),
    ],
)
def test_a_caller_who_speaks_before_recognition_is_there_is_told_so_in_time(error: Any) -> None:
    async def story(stage: Stage) -> None:
        stage.stt.failures = [error] * 99
        ends = [stage.caller.says("is it sunny today", at=at, understood=False) for at in (2.0, 14.0)]
        running = await stage.raise_curtain()
        await asyncio.wait([running], timeout=40)
        assert all(silence_after(stage, end, until=40) < LIMIT_S for end in ends)
        assert ENGLISH.deaf in stage.heard
        await stage.drop_curtain(running)

    assert play(story).transfers


def test_recognition_that_comes_back_in_the_same_call_is_used_again() -> None:
    async def story(stage: Stage) -> None:
        stage.stt.failures = [Unavailable("speech", "refused")] * 5
        stage.caller.says("is it sunny today", at=25)
        await stage.play(34)
        assert stage.heard.endswith("It is sunny.")

    assert not play(story, "It is sunny.").transfers


def test_recognition_that_breaks_in_mid_utterance_for_good_is_told_of() -> None:
    async def story(stage: Stage) -> None:
        end = stage.caller.says("is it sunny today in the mountains or not", at=2, understood=False)
        running = await stage.raise_curtain()
        await stage.caller.until(3)
        stage.stt.failures = [Unavailable("speech", "refused")] * 99
        stage.stt.break_down(TimedOut("speech", "deaf"))
        await asyncio.wait([running], timeout=8)
        assert silence_after(stage, end, until=12) < LIMIT_S
        await stage.drop_curtain(running)

    play(story)


def test_words_whose_final_never_comes_are_answered_where_only_the_service_ends_turns() -> None:
    async def run() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"endpointing": "service", "idle_seconds": 20})
        stage = Stage(Answers("It is sunny.", agent=agent))
        end = stage.caller.says("is it sunny", at=2, final_in=30)
        await stage.play(12)
        assert stage.heard == "Hello there. It is sunny."
        assert silence_after(stage, end, until=12) < LIMIT_S

    run_virtual(run())


def test_a_caller_who_was_not_heard_and_says_nothing_more_goes_to_a_person_and_is_not_hung_up_on() -> None:
    async def story(stage: Stage) -> None:
        stage.stt.deaf = 99
        stage.caller.says("is it sunny today", at=2, understood=False)
        await stage.play(60)

    assert play(story).transfers


@pytest.mark.parametrize("lasts", [0.1, 0.25])
def test_a_cough_is_no_speech_that_was_not_heard(lasts: float) -> None:
    async def story(stage: Stage) -> None:
        stage.caller.coughs(at=3, lasts=lasts)
        await stage.play(9)
        assert stage.heard == "Hello there."

    play(story)


def test_a_noise_that_recognition_has_heard_as_nothing_is_no_speech_that_was_not_heard() -> None:
    async def story(stage: Stage) -> None:
        stage.caller.says("hm hm hm", at=3, final="", partials=False)
        await stage.play(9)
        assert stage.heard == "Hello there."

    play(story)


# -- the voice ------------------------------------------------------------------------------------


@pytest.mark.parametrize("hangs", [1, 2, 99])
def test_a_voice_that_does_not_begin_is_bridged_over_by_what_is_kept(hangs: int) -> None:
    async def story(stage: Stage) -> None:
        await keep_phrases(stage)
        end = stage.caller.says("is it sunny today", at=4)
        running = await stage.raise_curtain()
        await stage.caller.until(3)
        stage.voice.hangs = hangs
        await asyncio.wait([running], timeout=20)
        assert silence_after(stage, end, until=20) < LIMIT_S
        told = "It is sunny." if hangs == 1 else f"{ENGLISH.trouble} {ENGLISH.way_out}"
        assert "One moment please." in stage.heard
        assert told in stage.heard
        assert stage.heard.count("It is sunny.") == (hangs == 1)
        await stage.drop_curtain(running)

    play(story, "It is sunny.")


def test_a_voice_that_is_away_from_the_start_lets_kept_phrases_be_heard_and_puts_the_caller_through() -> None:
    async def story(stage: Stage) -> None:
        await keep_phrases(stage)
        stage.voice.hangs = 999
        end = stage.caller.says("is it sunny today", at=14)
        running = await stage.raise_curtain()
        await asyncio.wait([running], timeout=60)
        assert silence_after(stage, 0.0, until=60) < LIMIT_S
        assert silence_after(stage, end, until=60) < LIMIT_S
        assert stage.heard.endswith("I'll connect you now.")
        await stage.drop_curtain(running)

    assert play(story).transfers


@pytest.mark.parametrize("failing", ["hangs", "refuses"])
@pytest.mark.parametrize("at_start", [True, False])
def test_without_any_kept_phrase_the_caller_is_put_through_within_3_s(failing: str, at_start: bool) -> None:
    moments: list[float] = []

    async def story(stage: Stage) -> None:
        def fail() -> None:
            stage.voice.hangs = 999 if failing == "hangs" else 0
            stage.voice.failures = [Unavailable("speech", "503")] * 999

        if at_start:
            fail()
        end = 0.0 if at_start else stage.caller.says("is it sunny today", at=4)
        running = await stage.raise_curtain()
        if not at_start:
            await stage.caller.until(3)
            fail()
        while not stage.transfers:
            await asyncio.sleep(0.1)
            assert stage.caller.now < 20
        moments.append(stage.caller.now - end)
        await running
        await stage.drop_curtain(running)

    play(story, "It is sunny.")
    assert moments[0] < LIMIT_S


def test_who_can_neither_be_spoken_with_nor_put_through_is_hung_up_on_with_an_outcome() -> None:
    async def story(stage: Stage) -> None:
        stage.voice.hangs = 999
        await stage.play(30)

    stage = play(story, transfer=False)
    assert stage.ending is not None
    assert (stage.ending.outcome, len(stage.transfers)) == ("failed", 1)


def test_a_voice_that_fails_while_the_model_still_writes_is_not_waited_for() -> None:
    answer = " ".join(f"word{number}" for number in range(60))

    async def run() -> None:
        stage = Stage(Answers(answer, agent=agent_spec(greeting="Hello there."), token_s=0.4))
        await keep_phrases(stage)
        end = stage.caller.says("is it sunny today", at=4)
        running = await stage.raise_curtain()
        await stage.caller.until(3)
        stage.voice.hangs = 999
        await stage.caller.until(end + 12)
        assert ENGLISH.trouble in stage.heard
        await stage.drop_curtain(running)

    run_virtual(run())
