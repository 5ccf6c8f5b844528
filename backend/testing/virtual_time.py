"""An event loop whose clock jumps instead of sleeping.

The idea is LiveKit's (``tests/virtual_time.py`` in livekit/agents): when the loop would sleep,
the clock is moved on by as much and the loop goes on at once.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

__all__ = ["VirtualTimeLoop", "run_virtual"]

_T = TypeVar("_T")

_PATIENCE_S = 30.0
"""Real time to wait for a thread when nothing else is scheduled; then the test is stuck."""


class _JumpingSelector(selectors.BaseSelector):
    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.now = 1000.0
        self.woken = False
        """Has a thread put something on the loop since anybody looked?"""
        self._others = False
        """Is anything watched besides the loop's own pipe? Asked at every turn of the loop, so it is kept."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        # The loop's own pipe is always watched. As long as nothing else is, and nobody has written to it, there is
        # nothing that the kernel could tell: to ask it anyway was a tenth of a conversation.
        woken, self.woken = self.woken, False
        ready = self._real.select(0) if woken or self._others else []
        if ready or woken or timeout == 0:
            return ready
        if timeout is None:
            ready = self._real.select(_PATIENCE_S)
            if not ready:
                raise RuntimeError("nothing is scheduled any more: the test waits for something that cannot come")
            return ready
        self.now += max(timeout, 0.0)
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        key = self._real.register(fileobj, events, data)
        self._others = len(self._real.get_map()) > 1
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        key = self._real.unregister(fileobj)
        self._others = len(self._real.get_map()) > 1
        return key

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Any:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """A selector loop on virtual time. It begins at 1000 seconds."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Virtual seconds."""
        return self._jumping.now

    def _write_to_self(self) -> None:
        self._jumping.woken = True
        super()._write_to_self()  # type: ignore[misc]

    def stall(self, seconds: float) -> None:
        """Let time pass in which this loop does nothing, as where the process gets no processor."""
        self._jumping.now += seconds

    def run_in_executor(self, executor: Any, func: Callable[..., _T], *args: Any) -> asyncio.Future[_T]:
        """Run it at once: work on a thread takes no virtual time, or the clock would jump to a limit before its end."""
        done: asyncio.Future[_T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # whoever awaits it is told, as by a thread
            done.set_exception(error)
        return done


def run_virtual(main: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine to its end on virtual time. Tasks that it leaves behind are an error."""
    loop = VirtualTimeLoop()
    try:
        asyncio.set_event_loop(loop)
        result = loop.run_until_complete(main)
        left = [task for task in asyncio.all_tasks(loop) if not task.done()]
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        if left:
            raise AssertionError(f"tasks left behind: {sorted(task.get_name() for task in left)}")
        return result
    finally:
        asyncio.set_event_loop(None)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
