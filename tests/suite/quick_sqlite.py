"""SQLite without a thread of its own for each connection, in tests.

A server must not wait for a file in its loop, so aiosqlite hands each call to a thread and is woken when it is done.
That costs ten times what SQLite itself does for a statement, and tests of stores do little else. Here the call is made
at once, and whoever awaits it goes on in the loop's next round: others come between as ever. A lock of somebody else's,
for which SQLite would wait, is asked for again from the loop, since its holder may live there.

Servers in processes of their own have aiosqlite as it is.
"""

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from aiosqlite import core

__all__ = ["at_once", "threads_again"]

_AGAIN_S = 0.002
"""So long until what is locked is asked for again."""
_LIMIT = re.compile(r"PRAGMA busy_timeout=(\d+)")
_threaded = core.Connection.__init__

Asked = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class _NoThread:
    """What a connection starts."""

    daemon = True

    def start(self) -> None:
        """There is nothing to start."""


class _AtOnce:
    """What a connection hands its calls to, in place of the queue of its thread."""

    def __init__(self) -> None:
        self._patience_s = 0.0

    def put_nowait(self, asked: Asked) -> None:
        """Do it; its outcome is there in the next round of the loop."""
        self._do(*asked, until=time.monotonic() + self._patience_s)

    def _do(self, future: asyncio.Future[Any] | None, call: Callable[[], Any], until: float) -> None:
        try:
            done, how = self._called(call), core.set_result
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            if future is not None and busy and time.monotonic() < until:
                future.get_loop().call_later(_AGAIN_S, self._do, future, call, until)
                return
            done, how = error, core.set_exception
        except BaseException as error:
            done, how = error, core.set_exception
        if future is not None:
            future.get_loop().call_soon(how, future, done)

    def _called(self, call: Callable[[], Any]) -> Any:
        done = call()
        said = call.args[0] if isinstance(call, partial) and call.args else None
        if isinstance(said, str) and (limit := _LIMIT.fullmatch(said)):
            self._patience_s = int(limit[1]) / 1000
            call.func("PRAGMA busy_timeout=0")  # type: ignore[attr-defined]
        return done


def at_once() -> None:
    """Have connections of this process that are opened from now on do so."""

    def without_thread(connection: core.Connection, *given: Any, **named: Any) -> None:
        _threaded(connection, *given, **named)
        connection._thread = _NoThread()
        connection._tx = _AtOnce()

    core.Connection.__init__ = without_thread


def threads_again() -> None:
    """Take it back."""
    core.Connection.__init__ = _threaded
