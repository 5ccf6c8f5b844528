"""A recognizer that is late brings its words one by one, long after the voice has ended: nobody hears a stutter."""

import pytest
from answering import Answers

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice

WORDS = "the street is palm avenue and the city is miami"


def _stage() -> Stage:
    responder = Answers(
        "Please say just the part that should be changed.", first_token_s=0.02, token_s=0.01, every_ask=True
    )
    return Stage(responder, voice=ScriptedVoice(first_audio_s=0.02))


@pytest.mark.parametrize("behind_s", [0.6, 1.0, 1.5, 2.5])
@pytest.mark.parametrize("word_s", [0.3, 0.5])
def test_words_that_come_late_are_one_turn_and_one_answer(behind_s: float, word_s: float) -> None:
    async def story() -> None:
        stage = _stage()
        end = stage.caller.says(WORDS, at=2, word_s=word_s, partial_s=behind_s, final_in=behind_s + 0.6)
        await stage.play(end + behind_s + 8)
        print(stage.moments, [(t.caller_text, t.interrupted) for t in stage.turns])
        assert [turn.caller_text for turn in stage.turns if turn.caller_text] == [WORDS]
        assert stage.moments.count("interrupted") == 0

    run_virtual(story())
