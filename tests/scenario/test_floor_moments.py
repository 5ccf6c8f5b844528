"""Who takes the floor is counted as it happens."""

from answering import Answers

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual

STORY = "Once upon a time there was a car that stood at a red light and waited for a very long time."


def moments(*says: tuple[str, float], cough: float | None = None, answer: str = STORY) -> list[str]:
    async def story() -> list[str]:
        stage = Stage(Answers(answer, "Sure.", first_token_s=0.2))
        for text, at in says:
            stage.caller.says(text, at=at)
        if cough:
            stage.caller.coughs(at=cough)
        await stage.play(16)
        return list(stage.moments)

    return run_virtual(story())


def test_an_answer_begun_early_is_used() -> None:
    assert moments(("tell me a story", 2)) == ["early_used"]


def test_a_cough_is_a_hold_that_was_not_confirmed() -> None:
    assert moments(("tell me a story", 2), cough=6) == ["early_used", "held", "hold_unconfirmed"]


def test_an_interruption_is_a_hold_that_was() -> None:
    assert moments(("tell me a story", 2), ("wait stop", 6)) == ["early_used", "held", "interrupted", "early_used"]


def test_a_caller_who_goes_on_before_the_turn_is_certain_wastes_the_early_answer() -> None:
    assert moments(("i had a crash", 2), ("yesterday", 3.55), answer="I see.") == ["early_wasted", "early_used"]


def test_a_caller_who_goes_on_at_the_first_word_takes_his_turn_back() -> None:
    found = moments(("i had a crash", 2), ("and it was yesterday evening", 4.2))
    assert found == ["early_used", "held", "interrupted", "taken_back", "early_wasted", "early_used"]
