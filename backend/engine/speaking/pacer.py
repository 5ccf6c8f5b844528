"""The pace of playouts: many calls are woken together, at moments of one grid."""

import asyncio
from collections.abc import Callable
from contextvars import Context, copy_context

from backend.domain.audio import GRID_MS

__all__ = ["PacedCall", "Pacer"]


class PacedCall:
    """A function that is to be called once, in the context of whoever asked for it."""

    __slots__ = ("_context", "_function")

    def __init__(self, function: Callable[[], None]) -> None:
        self._function: Callable[[], None] | None = function
        self._context = copy_context()

    def cancel(self) -> None:
        """Do not call it. Safe to call twice, and afterwards."""
        self._function = None

    def make(self) -> None:
        """Call it, unless it is cancelled."""
        if self._function is not None:
            self._context.run(self._function)


class Pacer:
    """Calls functions at the moment of the grid that is nearest to when they are due.

    All that are due at a moment are called one after the other by one timer. A worker with 20 calls makes 50 to 100 of
    them a second, where a task for each call that sleeps made 300, with a timer, a future and a turn of the loop each.
    """

    def __init__(self) -> None:
        self._due: dict[int, list[PacedCall]] = {}
        self.ahead_s = 0.0
        """Seconds by which all voices are sent further ahead of their callers' ears than usual: a pause of the worker
        that is known of is not heard then. Who interrupts has what was sent ahead thrown away, as always."""

    def at(self, when: float, function: Callable[[], None]) -> PacedCall:
        """Call ``function`` at the loop's time ``when``, in seconds."""
        moment = round(when * 1000 / GRID_MS)
        calls = self._due.get(moment)
        if calls is None:
            calls = self._due[moment] = []
            at = moment * GRID_MS / 1000
            asyncio.get_running_loop().call_at(at, self._make, moment, context=Context())
        call = PacedCall(function)
        calls.append(call)
        return call

    def _make(self, moment: int) -> None:
        for call in self._due.pop(moment):
            try:
                call.make()
            except Exception as error:  # one call's fault, which must not silence the others
                context = {"message": "a playout could not go on", "exception": error}
                asyncio.get_running_loop().call_exception_handler(context)
