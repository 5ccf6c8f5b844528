"""The tokens of an answer are counted however it ends."""

import asyncio

import pytest

from backend.domain.call_use import CallUse, ModelUse
from backend.domain.model import ModelDone
from backend.engine.thinking.counted import Counted
from backend.errors import ProviderRejected, RateLimited, TimedOut, Unavailable

GIVEN_UP = {"big": ModelUse(answers=1, untold=1)}


async def test_a_whole_answer_is_counted_where_it_came_from() -> None:
    use = CallUse()
    async with Counted(use, "big") as counted:
        counted.done = ModelDone("stop", "fallback", 120, 8, 64)
    assert use.models == {"fallback": ModelUse(1, 0, 120, 64, 8)}


async def test_an_answer_whose_tokens_are_not_told_is_unknown() -> None:
    use = CallUse()
    async with Counted(use, "big") as counted:
        counted.done = ModelDone("content_filter")
    assert use.models == GIVEN_UP


@pytest.mark.parametrize("error", [asyncio.CancelledError(), TimedOut("model", "late"), None])
async def test_an_answer_that_is_given_up_is_unknown(error: BaseException | None) -> None:
    use = CallUse()
    try:
        async with Counted(use, "big"):
            if error:
                raise error
    except (asyncio.CancelledError, TimedOut):
        pass
    assert use.models == GIVEN_UP


@pytest.mark.parametrize(
    "error", [RateLimited("model", "slow down"), Unavailable("model", "away"), ProviderRejected("model", "no")]
)
@pytest.mark.parametrize("begun", [True, False])
async def test_an_answer_that_fails_is_billed_only_where_it_had_begun(error: Exception, begun: bool) -> None:
    use = CallUse()
    with pytest.raises(type(error)):
        async with Counted(use, "big") as counted:
            counted.begun = begun
            raise error
    assert use.models == (GIVEN_UP if begun else {})
