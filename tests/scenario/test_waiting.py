"""What the caller hears while he waits, and that he is never told to wait for what he has heard already."""

import pytest
from answering import Answers

from backend.domain.tool import EndCall
from backend.engine.turn.turn import Turn
from backend.errors import TimedOut
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice

BYE = "Thank you for calling. Goodbye."
FILING = "I'm filing that for you now."


def filing(turn: Turn) -> None:
    turn.filler = FILING


def test_a_slow_tools_own_line_is_what_the_caller_hears_first() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is filed.", tool_s=3, on_respond=filing))
        stage.caller.says("file my claim please", at=2)
        await stage.play(12)
        assert stage.heard == f"Hello there. {FILING} It is filed."

    run_virtual(story())


def test_a_tools_own_line_is_said_once_and_the_agents_come_after_it() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is filed.", tool_s=6.5, on_respond=filing))
        stage.caller.says("file my claim please", at=2)
        await stage.play(16)
        assert stage.heard == f"Hello there. {FILING} Thanks for holding, I'm still on it. It is filed."

    run_virtual(story())


@pytest.mark.parametrize("first_token_s", [0.1, 3.5, 4.9, 5.5, 6.0, 6.5, 7.0])
@pytest.mark.parametrize("late_s", [0.5, 3.0, 30.0])
def test_once_all_was_heard_nobody_is_told_to_wait(first_token_s: float, late_s: float) -> None:
    """The last clause's synthesis ends late, as on a machine with too much to do."""

    async def story() -> None:
        stage = Stage(Answers((BYE, EndCall("done")), first_token_s=first_token_s))
        stage.voice.endings["Goodbye."] = stage.voice.endings[BYE] = late_s
        stage.caller.says("that is all", at=2)
        await stage.play(60)
        assert stage.heard.endswith(BYE)
        assert stage.turns[-1].heard.endswith(BYE)
        assert stage.ending is not None
        assert stage.ending.outcome == "completed"

    run_virtual(story())


def test_a_voice_that_does_not_end_after_its_last_word_is_not_heard_twice() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny. Take a hat."))
        stage.voice.endings["It is sunny."] = TimedOut("speech", "synthesis stalled")
        stage.caller.says("how is the weather", at=2)
        await stage.play(10)
        assert stage.heard == "Hello there. It is sunny. Take a hat."
        assert stage.turns[-1].heard == "It is sunny. Take a hat."

    run_virtual(story())


@pytest.mark.parametrize("first_audio_s", [0.1, 0.25, 0.4, 0.8])
@pytest.mark.parametrize("first_token_s", [1.2, 1.35, 1.45, 1.6, 4.7, 4.95])
@pytest.mark.parametrize("token_s", [0.0, 0.03, 0.2])
def test_a_filler_is_never_in_or_behind_an_answer(first_token_s: float, token_s: float, first_audio_s: float) -> None:
    answer = "Your deductible is five hundred dollars. It applies to each claim that you file."

    async def story() -> None:
        responder = Answers(answer, first_token_s=first_token_s, token_s=token_s)
        stage = Stage(responder, voice=ScriptedVoice(first_audio_s=first_audio_s))
        stage.caller.says("what is my deductible please", at=2)
        await stage.play(25)
        assert stage.heard.endswith(f" {answer}")

    run_virtual(story())
