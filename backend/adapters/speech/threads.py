"""Threads for SDK calls that may block. Nothing of the SDK that waits is ever called on the event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

__all__ = ["CLOSE_S", "GRACE_S", "Disposable", "SdkThreads", "tell"]

log = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")
_D = TypeVar("_D", bound="Disposable")

GRACE_S = 0.05
"""Between taking callbacks away and freeing what they belong to: one that has already begun on a thread of
the SDK reads a Python object through a bare address."""

CLOSE_S = 12.0
"""How long the end of the process waits for objects of the SDK that are being let go of."""

_CALLERS = 8
_CLEANERS = 8
"""Letting go of a healthy recognizer takes 0.1 s, of one whose service is silent 1 to 2 s."""


def tell(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: Any) -> None:
    """Call ``function`` on the loop, from a thread of the SDK."""
    with suppress(RuntimeError):  # the loop is closed: the process is ending, and nobody listens any more
        loop.call_soon_threadsafe(function, *args)


class Disposable(Protocol):
    """SDK objects that belong together and must be let go of on a thread."""

    def dispose(self) -> None:
        """Let go of them. Blocks."""
        ...


class SdkThreads:
    """Two bounded sets of threads: one for calls that somebody waits for, one for letting go of things.

    They are apart so that a hundred broken recognizers that are being let go of do not keep a new call
    from starting.
    """

    def __init__(self) -> None:
        self._calls = ThreadPoolExecutor(_CALLERS, "speech-call")
        self._cleaning = ThreadPoolExecutor(_CLEANERS, "speech-clean")
        self._pending: set[Future[None]] = set()

    @property
    def cleaning(self) -> int:
        """Things that are being let go of."""
        return len(self._pending)

    def submit(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Run on a thread."""
        return self._calls.submit(partial(copy_context().run, function), *args, **kwargs)

    async def call(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run on a thread and wait. Cancelled, the thread still finishes what it began."""
        return await asyncio.wrap_future(self.submit(function, *args, **kwargs))

    def clean(self, function: Callable[_P, None], *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Run on a cleaning thread, some time, whoever waits or not. Safe from any thread."""
        mine = copy_context()  # whose call it was is told of a clean-up that fails, too
        future = self._cleaning.submit(partial(mine.run, function), *args, **kwargs)
        self._pending.add(future)
        future.add_done_callback(partial(mine.copy().run, self._cleaned))

    def clean_built(self, building: Future[_D]) -> None:
        """Let go of what ``building`` gives, once it has been built; what never was needs nothing."""

        def done(built: Future[_D]) -> None:
            # Whoever waited may have gone before a thread was free, and going cancels the building.
            if not built.cancelled() and not built.exception():
                self.clean(built.result().dispose)

        building.add_done_callback(done)

    def _cleaned(self, future: Future[None]) -> None:
        self._pending.discard(future)
        error = None if future.cancelled() else future.exception()
        if error:
            log.warning(
                "an object of the speech library could not be closed",
                extra={"event": "speech.clean_up_failed", "reason": type(error).__name__},
            )

    async def close(self, limit_s: float) -> None:
        """Wait for what is being cleaned, at most ``limit_s``, and let the threads end."""
        pending = [asyncio.wrap_future(future) for future in list(self._pending)]
        if pending:
            await asyncio.wait(pending, timeout=limit_s)
        left = len(self._pending)
        if left:
            log.warning(
                "objects of the speech library were still closing at the end of the process",
                extra={"event": "speech.still_closing", "count": left},
            )
        self._calls.shutdown(wait=False)
        self._cleaning.shutdown(wait=False)
