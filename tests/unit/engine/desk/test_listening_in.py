"""How many listen, and to how much, through one worker."""

from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.engine.desk.listening_in import ListeningIn
from backend.errors import PoolExhausted


def listening() -> ListeningIn:
    """Where every call is here, and lets everybody listen."""
    attending = SimpleNamespace(
        listen=lambda *_: None, listening=False, overhearing=SimpleNamespace(remove=lambda *_: None)
    )
    call = SimpleNamespace(attending=attending, over=False)
    return ListeningIn(cast("Any", SimpleNamespace(find=lambda _: call)))


async def test_one_person_hears_six_calls_and_others_still_can() -> None:
    here = listening()
    async with AsyncExitStack() as stack:
        for number in range(6):
            await stack.enter_async_context(here.listen(f"c{number}", "key:ann"))
        with pytest.raises(PoolExhausted, match="6 calls"):
            await stack.enter_async_context(here.listen("c6", "key:ann"))
        await stack.enter_async_context(here.listen("c6", "key:bob"))
    async with here.listen("c6", "key:ann"):
        pass  # who left may come again


async def test_a_worker_bears_twenty() -> None:
    here = listening()
    async with AsyncExitStack() as stack:
        for number in range(20):
            await stack.enter_async_context(here.listen("c", f"key:{number}"))
        with pytest.raises(PoolExhausted, match="20 people"):
            await stack.enter_async_context(here.listen("c", "key:20"))
