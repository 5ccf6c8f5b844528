"""The longest time of a call: a notice, then a sentence, and never a cut inside a word."""

import asyncio

import pytest
from answering import Answers

from backend.domain.line import TimeLimitSpec
from backend.domain.tool import TransferToPerson
from backend.engine.call.time_limit import TimeLimit
from backend.testing.stage import ENGLISH, Stage
from backend.testing.virtual_time import run_virtual

SAYS = ENGLISH.model_copy(update={"time_is_near": "One minute is left.", "time_is_up": "The time is over. Goodbye."})
TELLS = TimeLimitSpec()
LONG = "Well, there is a lot to say about that, and so I will say it now, one thing after the other, all of them."


async def limited(stage: Stage, limit_s: float, spec: TimeLimitSpec = TELLS) -> str:
    running = await stage.raise_curtain()
    limit = TimeLimit(limit_s, spec, lambda: SAYS, stage.conversation)
    await asyncio.wait([running], timeout=limit_s + 40)
    await limit.close()
    await stage.drop_curtain(running)
    return stage.heard


def test_a_minute_before_the_end_the_caller_is_told_with_the_next_answer() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny."))
        stage.caller.says("how is the weather", at=43)
        heard = await limited(stage, 100)
        assert heard == "Hello there. One minute is left. It is sunny. The time is over. Goodbye."
        assert stage.ending is not None
        assert (stage.ending.outcome, stage.ending.detail) == ("completed", "too long")

    run_virtual(story())


def test_without_an_answer_it_is_said_at_a_quiet_moment() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        assert (await limited(stage, 95)).startswith("Hello there. One minute is left. The time")

    run_virtual(story())


def test_an_early_thought_that_is_thrown_away_takes_no_notice_with_it() -> None:
    async def story() -> None:
        stage = Stage(Answers("It is sunny.", first_token_s=0.4))
        stage.caller.tells(["how is the weather", "in chicago today"], [400], at=43)
        heard = await limited(stage, 100)
        assert heard.startswith("Hello there. One minute is left. It is sunny.")
        assert heard.count("One minute is left.") == 1

    run_virtual(story())


def test_a_short_call_has_no_notice() -> None:
    async def story() -> None:
        assert await limited(Stage(Answers()), 30) == "Hello there. The time is over. Goodbye."

    run_virtual(story())


@pytest.mark.parametrize("begins", [25.0, 26.5, 27.4, 28.6, 29.3, 29.9])
def test_whoever_speaks_at_the_limit_finishes_the_sentence(begins: float) -> None:
    async def story() -> None:
        stage = Stage(Answers(LONG))
        stage.caller.says("tell me all about it", at=begins)
        heard = await limited(stage, 30)
        assert heard in (
            f"Hello there. {LONG} The time is over. Goodbye.",
            "Hello there. Well, there is a lot to say about that, The time is over. Goodbye.",
            f"Hello there. {LONG[: LONG.index(' one thing')]} The time is over. Goodbye.",
        )

    run_virtual(story())


def test_the_line_may_have_a_person_take_over() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        await limited(stage, 30, TimeLimitSpec(action="person"))
        assert [asked.reason for asked in stage.transfers] == ["the call has reached its longest time"]

    run_virtual(story())


def test_a_noisy_line_is_ended_all_the_same() -> None:
    async def story() -> None:
        stage = Stage(Answers())
        stage.caller.coughs(at=20, lasts=100)
        running = await stage.raise_curtain()
        limit = TimeLimit(30, TimeLimitSpec(), lambda: SAYS, stage.conversation)
        done, _ = await asyncio.wait([running], timeout=45)
        assert done
        await limit.close()
        await stage.drop_curtain(running)

    run_virtual(story())


def test_a_transfer_that_never_comes_about_does_not_outlive_the_limit() -> None:
    async def story() -> None:
        stage = Stage(Answers(("Sure.", TransferToPerson("asked for one"))))

        async def transfer(_: TransferToPerson) -> bool:
            await asyncio.sleep(1000)
            return True

        stage._transfer = transfer  # type: ignore[method-assign]
        stage.caller.says("a person please", at=5)
        running = await stage.raise_curtain()
        limit = TimeLimit(30, TimeLimitSpec(), lambda: SAYS, stage.conversation)
        done, _ = await asyncio.wait([running], timeout=150)
        await limit.close()
        assert done
        await stage.drop_curtain(running)
        assert stage.ending is not None
        assert stage.ending.detail == "too long"

    run_virtual(story())
