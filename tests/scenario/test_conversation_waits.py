"""Slow and failing services, and callers who say nothing, as timelines on virtual time."""

import asyncio

from answering import Answers

from backend.errors import Unavailable
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual

STORY = "Once upon a time there was a car that stood at a red light and waited for a very long time."


def play(stage: Stage, seconds: float = 30, **kwargs: str) -> None:
    run_virtual(stage.play(seconds, **kwargs))


def test_a_slow_answer_gets_a_filler_then_a_second_one() -> None:
    async def story() -> None:
        stage = Stage(Answers("Here it is.", first_token_s=7))
        stage.caller.says("look it up please", at=2)
        await stage.play(20)
        assert stage.heard == ("Hello there. One moment please. Thanks for holding, I'm still on it. Here it is.")
        assert stage.turns[-1].latencies.filler_ms is not None
        assert stage.turns[-1].latencies.first_frame_ms > stage.turns[-1].latencies.filler_ms

    run_virtual(story())


def test_an_answer_that_never_comes_ends_in_a_way_out() -> None:
    async def story() -> None:
        stage = Stage(Answers("Never.", first_token_s=60))
        stage.caller.says("look it up please", at=2)
        await stage.play(30)
        assert "this is taking longer than it should" in stage.heard
        assert "Press zero" in stage.heard
        assert "Never." not in stage.heard

    run_virtual(story())


def test_a_failing_model_has_a_voice_and_the_second_time_a_person() -> None:
    async def story() -> None:
        responder = Answers(Unavailable("model", "down"), Unavailable("model", "down"))
        stage = Stage(responder)
        end = stage.caller.says("i had a crash", at=2)
        stage.caller.says("i had a crash", at=end + 8)
        await stage.play(40)
        assert "I'm having trouble on my side." in stage.heard
        assert stage.heard.endswith("I'll connect you now.")
        assert stage.ending is not None
        assert stage.ending.outcome == "transferred"

    run_virtual(story())


def test_a_voice_that_breaks_says_the_clause_again_once() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny."))
        stage.caller.says("how is the weather", at=2)

        async def break_voice() -> None:
            await asyncio.sleep(1.5)
            stage.voice.failures = [Unavailable("speech", "aborted")]

        breaking = asyncio.create_task(break_voice())
        await stage.play(8)
        await breaking
        assert stage.heard == "Hello there. It is sunny."

    run_virtual(story())


def test_silence_is_asked_about_and_then_ends_the_call() -> None:
    async def story() -> None:
        stage = Stage(Answers(agent=agent_spec(greeting="Hello there.", turns={"idle_seconds": 8})))
        await stage.play(60)
        assert "Are you still there?" in stage.heard
        assert stage.heard.endswith("Goodbye.")
        assert stage.ending is not None
        assert stage.ending.outcome == "idle"

    run_virtual(story())


def test_a_cough_does_not_end_the_watch_over_silence() -> None:
    async def story() -> None:
        agent = agent_spec(
            greeting="Hello there.",
            turns={"idle_seconds": 5, "idle_prompts": ["Are you there?"], "idle_goodbye": "Goodbye."},
        )
        stage = Stage(Answers(agent=agent))
        stage.caller.coughs(at=4)
        await stage.play(30)
        assert stage.heard == "Hello there. Are you there? Goodbye."
        assert stage.ending is not None
        assert stage.ending.outcome == "idle"

    run_virtual(story())


def test_a_caller_who_still_speaks_is_not_asked_whether_he_is_there() -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"idle_seconds": 5, "idle_prompts": ["Are you there?"]})
        stage = Stage(Answers(agent=agent))
        stage.caller.coughs(at=4, lasts=8)
        stage.caller.says("so that is my story", at=12)
        await stage.play(16)
        assert "Are you there?" not in stage.heard
        assert stage.dialogue[1] == "caller: so that is my story"

    run_virtual(story())


def test_noise_that_never_ends_is_no_caller() -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"idle_seconds": 5, "idle_prompts": ["Are you there?"]})
        stage = Stage(Answers(agent=agent))
        stage.caller.coughs(at=2, lasts=60)
        await stage.play(25)
        assert "Are you there?" in stage.heard

    run_virtual(story())


def test_words_whose_final_never_comes_are_answered_at_last() -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"idle_seconds": 5, "endpointing": "service"})
        stage = Stage(Answers("Noted.", agent=agent))
        stage.caller.says("somebody hit my car", at=2, final="")
        await stage.play(15)
        assert stage.dialogue[1:3] == ["caller: somebody hit my car", "helper: Noted."]

    run_virtual(story())


def test_speaking_resets_the_idle_ladder() -> None:
    async def story() -> None:
        stage = Stage(Answers("I see.", agent=agent_spec(greeting="Hello there.", turns={"idle_seconds": 8})))
        stage.caller.says("i am here", at=10)
        await stage.play(23)
        assert stage.heard.count("Are you still there?") == 2
        assert "I can't hear you" not in stage.heard

    run_virtual(story())
