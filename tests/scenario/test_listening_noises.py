"""Listening noises while the agent speaks; the same words answer a question that a yes answers."""

import pytest
from answering import Answers

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual

STORY = "Once upon a time there was a car that stood at a red light and waited for a very long time."
READ_BACK = "The car is a blue Honda and it happened on Monday. Is that right and may I file it for you now?"
ASKS_WHICH = "The car is a blue Honda and it happened on Monday. Which street was it that you drove on then, please?"


@pytest.mark.parametrize("noise", ["yes", "yep", "sure", "got it", "alright", "mm", "oh i see", "yes yes", "exactly"])
def test_a_listening_noise_does_not_stop_the_agent(noise: str) -> None:
    async def story() -> None:
        responder = Answers(STORY)
        stage = Stage(responder)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says(noise, at=end + 2)
        await stage.play(20)
        assert responder.asked == ["tell me a story"]
        assert stage.heard.endswith(STORY)

    run_virtual(story())


async def _says_during(answer: str, words: str, behind_s: float) -> list[str]:
    responder = Answers(answer, "Done.")
    stage = Stage(responder)
    end = stage.caller.says("go ahead please", at=2)
    stage.caller.says(words, at=end + behind_s)
    await stage.play(25)
    return responder.asked


def test_a_yes_within_the_question_answers_it() -> None:
    assert run_virtual(_says_during(READ_BACK, "yes", 4.9)) == ["go ahead please", "yes"]


def test_a_yes_before_the_question_is_none() -> None:
    assert run_virtual(_says_during(READ_BACK, "yes", 2.0)) == ["go ahead please"]


def test_a_yes_is_no_answer_to_which() -> None:
    assert run_virtual(_says_during(ASKS_WHICH, "yes", 4.9)) == ["go ahead please"]
