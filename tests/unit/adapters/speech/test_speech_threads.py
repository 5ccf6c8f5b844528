"""SDK objects that were never built need no cleaning, and nobody is told of them."""

import logging
from concurrent.futures import Future

import pytest

from backend.adapters.speech.threads import SdkThreads
from backend.domain.call_context import CallContext, bound, current_call


class Parts:
    """Stands for what the SDK gives."""

    def __init__(self) -> None:
        self.gone = 0

    def dispose(self) -> None:
        """Count it."""
        self.gone += 1


async def test_what_was_built_is_let_go_of() -> None:
    threads, building, parts = SdkThreads(), Future[Parts](), Parts()
    threads.clean_built(building)
    building.set_result(parts)
    await threads.close(5)
    assert parts.gone == 1


@pytest.mark.parametrize("how", ["cancelled", "failed"])
async def test_what_was_never_built_is_passed_over_in_silence(how: str, caplog: pytest.LogCaptureFixture) -> None:
    threads, building = SdkThreads(), Future[Parts]()
    threads.clean_built(building)
    with caplog.at_level(logging.WARNING):
        if how == "cancelled":
            building.cancel()
            building.set_running_or_notify_cancel()
        else:
            building.set_exception(OSError())
        await threads.close(5)
    assert not caplog.records


async def test_what_runs_on_a_thread_of_the_sdk_knows_its_call() -> None:
    threads = SdkThreads()
    try:
        with bound(call := CallContext("c1", "main")):
            assert await threads.call(current_call) is call
        assert await threads.call(current_call) is None
    finally:
        await threads.close(1.0)
