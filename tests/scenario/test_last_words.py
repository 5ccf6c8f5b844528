"""What a caller said before the end of a call is in its record, answered or not."""

import pytest
from answering import Answers

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual


@pytest.mark.parametrize("after_s", [0.05, 0.2, 0.4, 0.7, 1.0])
def test_the_last_words_are_a_turn_once(after_s: float) -> None:
    async def story() -> None:
        stage = Stage(Answers(first_token_s=2.0))
        end = stage.caller.says("please cancel everything", at=3)
        await stage.play(end + after_s)
        assert [turn.caller_text for turn in stage.turns][1:] in (
            ["please cancel everything"],
            ["please cancel"],  # the last word's partial was still to come
        )
        assert [line for line in stage.dialogue if line.startswith("caller:")] == [
            f"caller: {stage.turns[-1].caller_text}"
        ]
        assert stage.turns[-1].heard == ""

    run_virtual(story())


def test_who_says_nothing_leaves_no_turn() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        await stage.play(4)
        assert [turn.caller_text for turn in stage.turns] == [""]

    run_virtual(story())
