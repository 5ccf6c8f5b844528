"""Who asks for a moment gets one; there is a limit all the same."""

import pytest
from answering import Answers

from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual

TURNS = {"idle_seconds": 8, "hold_seconds": 45}


def _stage(*answers: str) -> Stage:
    return Stage(Answers(*answers, agent=agent_spec(greeting="Hello there.", turns=TURNS)))


@pytest.mark.parametrize("words", ["hang on i have to get my glasses", "one second please", "let me look that up"])
def test_nobody_is_asked_whether_they_are_there_at_once(words: str) -> None:
    async def story() -> None:
        stage = _stage("Take your time.")
        end = stage.caller.says(words, at=2)
        await stage.play(end + 60)
        assert stage.ending is not None
        assert stage.ending.outcome == "caller_hung_up"
        assert stage.heard == "Hello there. Take your time. I'm still here. Take your time."

    run_virtual(story())


def test_somebody_who_never_comes_back_is_let_go() -> None:
    async def story() -> None:
        stage = _stage("Take your time.")
        stage.caller.says("hold on a minute", at=2)
        await stage.play(200)
        assert stage.ending is not None
        assert stage.ending.outcome == "idle"
        assert "whenever you are ready. Are you still there?" in stage.heard

    run_virtual(story())


def test_the_patience_ends_with_the_next_words() -> None:
    async def story() -> None:
        stage = _stage("Take your time.", "Thank you.")
        stage.caller.says("hold on a minute", at=2)
        end = stage.caller.says("my number is four eight two one", at=20)
        await stage.play(end + 12)
        assert stage.heard.endswith("Thank you. Are you still there?")

    run_virtual(story())


def test_mumbling_does_not_end_it() -> None:
    async def story() -> None:
        stage = _stage("Take your time.", "Yes.")
        stage.caller.says("hold on a minute", at=2)
        end = stage.caller.says("um where is it", at=20)
        await stage.play(end + 30)
        assert "Are you still there?" not in stage.heard

    run_virtual(story())
