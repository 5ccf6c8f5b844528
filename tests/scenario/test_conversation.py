"""Whole conversations as timelines on virtual time. Words last 300 ms, partials are 150 ms behind."""

import asyncio

import pytest
from answering import Answers

from backend.domain.tool import EndCall, TransferToPerson
from backend.errors import ProviderRejected, Unavailable
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual

STORY = "Once upon a time there was a car that stood at a red light and waited for a very long time."


def play(stage: Stage, seconds: float = 30, **kwargs: str) -> None:
    run_virtual(stage.play(seconds, **kwargs))


def test_greeting_question_answer() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny today."))
        stage.caller.says("how is the weather", at=2)
        await stage.play(6)
        assert stage.dialogue == ["helper: Hello there.", "caller: how is the weather", "helper: It is sunny today."]
        assert stage.heard == "Hello there. It is sunny today."
        assert [turn.caller_text for turn in stage.turns] == ["", "how is the weather"]

    run_virtual(story())


def test_what_was_heard_before_an_interruption_is_all_that_enters_the_history() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, "Sure."))
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait stop please", at=end + 3.5)
        await stage.play(12)
        told = stage.dialogue[2]
        assert told.endswith(" —")
        said = told.removeprefix("helper: ").removesuffix(" —")
        assert STORY.startswith(said)
        assert 4 <= len(said.split()) <= 12
        assert stage.heard.startswith(f"Hello there. {said}")
        assert stage.dialogue[3:] == ["caller: wait stop please", "helper: Sure."]
        assert len(stage.link.stops) == 1
        assert stage.turns[1].interrupted

    run_virtual(story())


def test_nothing_of_the_old_answer_is_sent_after_stop_audio() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, "Sure."), hears_voice=False)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("stop", at=end + 3)
        await stage.play(12)
        (stop,) = stage.link.stops
        after = [pcm for at, pcm in stage.link.sent if at > stop]
        assert stage.voice.words_in(after) == ["Sure."]

    run_virtual(story())


def test_a_cough_holds_the_voice_and_no_word_is_lost_or_repeated() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY))
        end = stage.caller.says("tell me a story", at=2)
        for at in (1.5, 3.1, 5.0):
            stage.caller.coughs(at=end + at)
        await stage.play(20)
        assert stage.heard == f"Hello there. {STORY}"
        assert stage.dialogue[-1] == f"helper: {STORY}"
        assert not any(turn.interrupted for turn in stage.turns)
        assert len(stage.link.stops) == 3

    run_virtual(story())


def pause_s(stage: Stage) -> float:
    """From the one StopAudio to the next frame of the agent."""
    (stop,) = stage.link.stops
    return next(at for at, _ in stage.link.sent if at > stop) - stop


@pytest.mark.parametrize(("lasts", "pause"), [(0.1, 0.45), (0.2, 0.55), (0.3, 0.65), (0.6, 0.8)])
def test_a_short_noise_is_a_short_pause(lasts: float, pause: float) -> None:
    """350 ms after the noise there would be a transcript; the longer ones wait for as long as they did before."""

    async def story() -> None:
        stage = Stage(Answers(STORY))
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.coughs(at=end + 3.1, lasts=lasts)
        await stage.play(20)
        assert stage.heard == f"Hello there. {STORY}"
        assert pause_s(stage) <= pause

    run_virtual(story())


@pytest.mark.parametrize("late_s", [0.15, 0.3, 0.45, 0.6])
def test_one_short_word_interrupts_however_late_its_transcript_is(late_s: float) -> None:
    """The voice may have gone on by then; it falls silent again and the word is answered."""

    async def story() -> None:
        responder = Answers(STORY, "Sure.")
        stage = Stage(responder)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("stop", at=end + 3.1, word_s=0.2, partial_s=late_s)
        await stage.play(12)
        assert responder.asked == ["tell me a story", "stop"]
        assert stage.dialogue[-2:] == ["caller: stop", "helper: Sure."]
        assert len(stage.link.stops) == (1 if late_s < 0.35 else 2)

    run_virtual(story())


def test_uh_huh_does_not_stop_the_agent_and_is_not_answered() -> None:
    async def story() -> None:
        responder = Answers(STORY)
        stage = Stage(responder)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("uh-huh", at=end + 2)
        stage.caller.says("okay", at=end + 4)
        await stage.play(20)
        assert stage.heard == f"Hello there. {STORY}"
        assert responder.asked == ["tell me a story"]
        assert stage.dialogue[-2:] == ["caller: uh-huh", "caller: okay"]

    run_virtual(story())


def test_okay_on_the_last_word_of_a_question_is_an_answer() -> None:
    async def story() -> None:
        responder = Answers("Shall I file the claim now?", "Filed.")
        stage = Stage(responder)
        end = stage.caller.says("i had a crash", at=2)
        stage.caller.says("okay", at=end + 2.4)
        await stage.play(12)
        assert responder.asked == ["i had a crash", "okay"]
        assert stage.dialogue[-1] == "helper: Filed."

    run_virtual(story())


def test_an_agent_that_is_not_interruptible_finishes_and_then_answers() -> None:
    async def story() -> None:
        spec = agent_spec(greeting="Hello there.", turns={"interruptible": False})
        responder = Answers(STORY, "Sure.", agent=spec)
        stage = Stage(responder)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait stop please", at=end + 2)
        await stage.play(20)
        assert stage.link.stops == []
        assert stage.heard == f"Hello there. {STORY} Sure."

    run_virtual(story())


def test_the_notice_cannot_be_interrupted() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        stage.caller.says("hello hello", at=0.2)
        await stage.play(15, notice="This call may be recorded for quality.")
        assert stage.heard == "This call may be recorded for quality. Hello there. Understood."
        assert stage.link.stops == []

    run_virtual(story())


def test_half_an_utterance_is_never_answered_alone() -> None:
    async def story() -> None:
        responder = Answers("First answer is this one here.", "Whole answer.", every_ask=True)
        stage = Stage(responder)
        end = stage.caller.says("i want to report a crash", at=2)
        # He takes a breath of 900 ms, long enough for the agent to begin, and goes on.
        stage.caller.says("that happened this morning", at=end + 0.9)
        await stage.play(15)
        assert responder.asked[-1] == "i want to report a crash that happened this morning"
        assert stage.dialogue[-2:] == [
            "caller: i want to report a crash that happened this morning",
            "helper: Whole answer.",
        ]
        assert [t.caller_text for t in stage.turns if t.caller_text] == [
            "i want to report a crash that happened this morning"
        ]

    run_virtual(story())


def test_a_number_that_is_not_complete_is_waited_for() -> None:
    async def story() -> None:
        responder = Answers("Thank you.")
        responder.session.expects = "zip_code:5"
        stage = Stage(responder)
        end = stage.caller.says("six zero six", at=2)
        stage.caller.says("zero one", at=end + 1.4)
        await stage.play(12)
        assert responder.asked[-1] == "six zero six zero one"
        assert stage.heard == "Hello there. Thank you."

    run_virtual(story())


def test_a_trailing_and_is_waited_for() -> None:
    async def story() -> None:
        responder = Answers("Thank you.")
        stage = Stage(responder)
        end = stage.caller.says("i stopped at a light and", at=2)
        stage.caller.says("somebody hit me", at=end + 1.2)
        await stage.play(12)
        assert responder.asked[-1] == "i stopped at a light and somebody hit me"
        assert stage.heard == "Hello there. Thank you."

    run_virtual(story())


def test_early_thinking_is_quicker_than_the_service() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny today.", first_token_s=0.35))
        stage.caller.says("how is the weather", at=2)
        await stage.play(8)
        turn = stage.turns[-1]
        assert turn.early
        assert turn.latencies.first_frame_ms is not None
        assert turn.latencies.first_frame_ms < 800  # the service alone: 500 + 150 + 350

    run_virtual(story())


def test_an_early_answer_is_dropped_without_trace_when_the_caller_goes_on() -> None:
    async def story() -> None:
        responder = Answers("Wrong.", "Right.", first_token_s=0.1, every_ask=True)
        stage = Stage(responder)
        end = stage.caller.says("i had a crash", at=2)
        stage.caller.says("yesterday evening", at=end + 0.3)
        await stage.play(10)
        assert responder.asked == ["i had a crash", "i had a crash yesterday evening"]
        assert stage.dialogue[1:] == ["caller: i had a crash yesterday evening", "helper: Right."]
        assert "Wrong." not in stage.heard

    run_virtual(story())


def test_the_call_ends_only_after_the_goodbye_was_heard() -> None:
    async def story() -> None:
        stage = Stage(Answers(("Thank you for calling, goodbye.", EndCall("done"))))
        stage.caller.says("that is all", at=2)
        await stage.play(20)
        assert stage.heard.endswith("goodbye.")
        assert stage.ending is not None
        assert (stage.ending.outcome, stage.ending.detail) == ("completed", "done")

    run_virtual(story())


def test_a_failed_transfer_leaves_the_caller_with_the_agent() -> None:
    async def story() -> None:
        responder = Answers(("Of course.", TransferToPerson("asked")), "I can help.")
        stage = Stage(responder, transfer=False)
        stage.caller.says("a person please", at=2)
        stage.caller.says("then you help me", at=9)
        await stage.play(20)
        assert [t.reason for t in stage.transfers] == ["asked"]
        assert "Nobody is free." in stage.heard
        assert stage.heard.endswith("I can help.")

    run_virtual(story())


def test_zero_asks_for_a_person() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        playing = asyncio.create_task(stage.play(30))
        await asyncio.sleep(3)
        stage.conversation.on_tone("0")
        await playing
        assert stage.ending is not None
        assert stage.ending.outcome == "transferred"

    run_virtual(story())


def test_keys_are_words_too() -> None:
    async def story() -> None:
        responder = Answers("Thank you.")
        stage = Stage(responder)
        playing = asyncio.create_task(stage.play(15))
        await asyncio.sleep(3)
        for key in "60601#":
            stage.conversation.on_tone(key)
        await playing
        assert responder.asked == ["60601"]
        assert stage.dialogue[1] == "caller: 60601"

    run_virtual(story())


def test_a_tool_with_an_effect_finishes_although_the_caller_interrupts() -> None:
    async def story() -> None:
        responder = Answers("Your claim is filed.", "Sure.", tool_s=2)
        stage = Stage(responder)
        end = stage.caller.says("file my claim please", at=2)
        stage.caller.says("wait stop", at=end + 1.2)
        await stage.play(15)
        assert responder.tools_run == 2
        assert responder.most_running == 1
        assert stage.dialogue[1:3] == ["caller: file my claim please", "caller: wait stop"]

    run_virtual(story())


def test_who_spoke_over_a_tool_and_is_connected_hears_first_what_was_done() -> None:
    async def story() -> None:
        person = TransferToPerson("left a report", say="Your number is twelve.")
        stage = Stage(Answers(("Filed.", person), tool_s=2))
        end = stage.caller.says("file my claim please", at=2)
        stage.caller.says("that is right", at=end + 1.2)
        await stage.play(20)
        assert stage.heard.count("Your number is twelve.") == 1
        assert [t.reason for t in stage.transfers] == ["left a report"]

    run_virtual(story())


def test_what_is_kept_is_what_the_final_says() -> None:
    async def story() -> None:
        responder = Answers("Wrong.", "Thank you.", tool_s=0.2, every_ask=True)
        stage = Stage(responder)
        stage.caller.says("it was on a street in houston texas", at=2, final="it was on oak street in houston texas")
        await stage.play(10)
        assert responder.asked == ["it was on a street in houston texas", "it was on oak street in houston texas"]
        assert responder.tools_run == 1
        assert stage.dialogue[1:] == ["caller: it was on oak street in houston texas", "helper: Thank you."]

    run_virtual(story())


def test_a_draft_of_a_wrong_reading_is_made_again() -> None:
    async def story() -> None:
        responder = Answers(
            "And what happened then?", "And what happened?", tool_s=0.02, tool_lasts=False, every_ask=True
        )
        stage = Stage(responder)
        stage.caller.says("it was on a street in houston texas", at=2, final="it was on oak street in houston texas")
        await stage.play(10)
        assert responder.tools_run == 2
        assert stage.dialogue[-2:] == ["caller: it was on oak street in houston texas", "helper: And what happened?"]

    run_virtual(story())


def test_a_draft_of_words_that_the_final_only_spells_otherwise_stands() -> None:
    async def story() -> None:
        responder = Answers("And what happened then?", tool_s=0.02, tool_lasts=False, every_ask=True)
        stage = Stage(responder)
        stage.caller.says("it was at five thirty", at=2, final="It was at 5 30.")
        await stage.play(10)
        assert responder.tools_run == 1
        assert stage.dialogue[-2:] == ["caller: It was at 5 30.", "helper: And what happened then?"]

    run_virtual(story())


def test_a_final_that_comes_while_the_answer_is_heard_is_what_is_remembered() -> None:
    async def story() -> None:
        helper = agent_spec(greeting="Hello there.", turns={"heard_silence_ms": 0, "story_silence_ms": 0})
        responder = Answers("Thank you very much for telling me that.", agent=helper)
        stage = Stage(responder)
        stage.caller.says("it was on a street in houston texas", at=2, final="it was on oak street in houston texas")
        await stage.play(10)
        assert responder.asked == ["it was on a street in houston texas"]
        assert stage.dialogue[1:] == [
            "caller: it was on oak street in houston texas",
            "helper: Thank you very much for telling me that.",
        ]

    run_virtual(story())


def test_a_final_that_never_comes_does_not_keep_a_tool_waiting_for_ever() -> None:
    async def story() -> None:
        responder = Answers("Thank you.", tool_s=0.2)
        stage = Stage(responder)
        stage.caller.says("it was on oak street in houston texas", at=2, final="")
        await stage.play(10)
        assert responder.tools_run == 1
        assert stage.dialogue[1:] == ["caller: it was on oak street in houston texas", "helper: Thank you."]

    run_virtual(story())


def test_a_broken_recognizer_is_replaced_and_the_call_goes_on() -> None:
    async def story() -> None:
        responder = Answers("It is sunny.")
        stage = Stage(responder)
        stage.caller.says("how is the weather", at=4)

        async def break_ear() -> None:
            await asyncio.sleep(2)
            stage.stt.break_down(Unavailable("speech", "closed"))

        breaking = asyncio.create_task(break_ear())
        await stage.play(10)
        await breaking
        assert len(stage.stt.options) == 2
        assert responder.asked == ["how is the weather"]

    run_virtual(story())


def test_a_caller_who_cannot_be_heard_is_told_so() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        stage.stt.failures = [ProviderRejected("speech", "401")] * 4
        await stage.play(15)
        assert "I can't hear you properly" in stage.heard

    run_virtual(story())


@pytest.mark.parametrize("endpointing", ["service", "local", "smart"])
def test_every_endpointing_answers_once(endpointing: str) -> None:
    async def story() -> None:
        spec = agent_spec(greeting="Hello there.", turns={"endpointing": endpointing})
        responder = Answers("It is sunny.", agent=spec)
        stage = Stage(responder)
        stage.caller.says("how is the weather", at=2)
        await stage.play(10)
        assert stage.heard == "Hello there. It is sunny."

    run_virtual(story())


@pytest.mark.parametrize("interruptible", [True, False])
def test_a_greeting_that_the_law_wants_heard_is_not_talked_over(*, interruptible: bool) -> None:
    greeting = "Hello, this call is from Meridian and your rights are explained on our web site."

    async def story() -> None:
        helper = agent_spec(greeting=greeting, greeting_interruptible=interruptible)
        responder = Answers("Yes?", "A long answer that goes on for a while, as answers do.", "Sure.", agent=helper)
        stage = Stage(responder)
        stage.caller.says("wait a second please", at=1)
        stage.caller.says("tell me more", at=9)
        stage.caller.says("stop that now", at=12.5)
        await stage.play(20)
        assert stage.heard.startswith(greeting) is not interruptible
        assert responder.asked[0] == "wait a second please"  # what was said meanwhile is answered
        assert any(turn.interrupted for turn in stage.turns[1:])  # only the greeting was kept from it

    run_virtual(story())
