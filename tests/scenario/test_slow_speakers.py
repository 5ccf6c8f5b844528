"""Slow speakers are not answered word by word, and quick ones are not made to wait for them."""

import pytest
from answering import Answers

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice

SLOW = "the other driver came from the left side"


def _stage(*answers: str) -> Stage:
    responder = Answers(*answers * 9, first_token_s=0.3, token_s=1 / 60, every_ask=len(answers) == 1)
    return Stage(responder, voice=ScriptedVoice(first_audio_s=0.12))


@pytest.mark.parametrize("gap_ms", [1200, 1500, 1800, 2000])
def test_a_word_at_a_time_is_one_turn(gap_ms: int) -> None:
    async def story() -> None:
        stage = _stage("Thank you. And where did that happen, please?")
        words = SLOW.split()
        spoken = stage.caller.tells(words, [gap_ms] * (len(words) - 1), at=2)
        await stage.play(spoken[-1][1] + 8)
        assert [turn.caller_text for turn in stage.turns if turn.caller_text] == [SLOW]
        begun = stage.moments.count("taken_back")
        assert begun <= 2, stage.moments

    run_virtual(story())


def test_who_hurries_is_answered_as_before() -> None:
    async def story() -> None:
        stage = _stage("Where was that?", "Thank you.", "Thank you.")
        at = 2.0
        for text in (
            "somebody hit my parked car today",
            "on lake street in chicago illinois",
            "no that was all thanks",
        ):
            end = stage.caller.says(text, at=at)
            at = end + 4
        await stage.play(at + 2)
        waits = [turn.latencies.first_frame_ms or 0 for turn in stage.turns if turn.caller_text]
        assert len(waits) == 3
        assert max(waits) < 1100

    run_virtual(story())
