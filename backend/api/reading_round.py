"""Sockets of many calls read together, at moments of a grid, instead of each whenever something comes.

A loop that is woken for each of a thousand frames a second spends most of their cost on waking: on two system calls, on
taking Python's lock from the threads of the Speech SDK, and on caches that have gone cold. The price of taking them
together is that a frame waits for 5 ms on average; where there are few calls the loop reads each by itself.
"""

import asyncio
import contextlib
import os
import select
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Protocol

from backend.domain.audio import GRID_MS

__all__ = ["TOGETHER_FROM", "Gathered", "ReadingRound"]

TOGETHER_FROM = 8
"""Sockets. With fewer, a loop that is woken by each is not woken more often than by the round."""

_PIECE = 16 * 1024
"""Bytes read of a socket in one round, about 16 frames: a backlog is caught up with, and floods nobody."""

_AT_ONCE_S = 0.004
"""The loop may do something else after so long. Behind a pause of the process all calls have a backlog, and voices that
waited for all of it to be read would fall silent."""


class Gathered(Protocol):
    """A connection that can be read by others than its loop."""

    @property
    def transport(self) -> asyncio.Transport:
        """Whose reading is paused while others do it."""
        ...

    @property
    def read_paused(self) -> bool:
        """Is nothing to be read of it for the moment?"""
        ...

    def data_received(self, data: bytes) -> None:
        """What was read of it."""
        ...


class ReadingRound:
    """The sockets of one server. It needs epoll, which only Linux has; elsewhere nobody joins.

    Args:
        from_many: so many sockets must have joined before they are read together.
    """

    def __init__(self, from_many: int = TOGETHER_FROM) -> None:
        self._from_many = from_many
        self._members: dict[int, Gathered] = {}
        self._watch: _Watch | None = None

    @property
    def gathers(self) -> bool:
        """Are the sockets read together now?"""
        return self._watch is not None

    def join(self, member: Gathered) -> None:
        """Read ``member`` along with the others, once there are enough. One with TLS is left to its loop."""
        socket, tls = (member.transport.get_extra_info(name) for name in ("socket", "sslcontext"))
        if socket is None or tls is not None or member.transport.is_closing() or not hasattr(select, "epoll"):
            return
        number: int = socket.fileno()
        self._members[number] = member
        if self._watch is not None:
            self._watch.take(number, member)
        elif len(self._members) >= self._from_many:
            self._watch = _Watch(self._members, self._forget)
            for each in self._members.items():
                self._watch.take(*each)

    def keep(self, member: Gathered) -> None:
        """Whoever paused the reading of it has begun it again, on the loop: it is still for the round to read."""
        if self._watch is not None and member in self._members.values():
            member.transport.pause_reading()

    def leave(self, member: Gathered) -> None:
        """It is closed. Safe for one that never joined."""
        for number in [number for number, each in self._members.items() if each is member]:
            self._forget(number)

    def _forget(self, number: int) -> None:
        """Back to its loop, which finds out by itself how it ended."""
        member = self._members.pop(number, None)
        if self._watch is None or member is None:
            return
        self._watch.give_back(number, member)
        if len(self._members) < self._from_many:
            for each in self._members.items():
                self._watch.give_back(*each)
            self._watch.close()
            self._watch = None


class _Watch:
    """Looks at sockets at every moment of the grid.

    Args:
        members: by the number of their socket; it is somebody else's, and changes.
        on_end: told the number of one that is to be read no more.
    """

    def __init__(self, members: dict[int, Gathered], on_end: Callable[[int], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready = select.epoll()
        self._members = members
        self._on_end = on_end
        self._rest: asyncio.Handle | None = None
        """What goes on with a round that took too long for one turn of the loop."""
        self._timer = self._plan()

    def take(self, number: int, member: Gathered) -> None:
        """Read it instead of its loop."""
        self._ready.register(number, select.EPOLLIN)
        member.transport.pause_reading()

    def give_back(self, number: int, member: Gathered) -> None:
        """Its loop may read it again."""
        with contextlib.suppress(OSError):  # it is closed already, and epoll has noticed
            self._ready.unregister(number)
        if not member.read_paused and not member.transport.is_closing():
            member.transport.resume_reading()

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()
        if self._rest is not None:
            self._rest.cancel()
        self._ready.close()

    def _plan(self) -> asyncio.TimerHandle:
        now_ms = round(self._loop.time() * 1000)  # whole, as uvloop counts: a timer of 0.01 ms would be none at all
        return self._loop.call_later((GRID_MS - now_ms % GRID_MS) / 1000, self._go_round)

    def _go_round(self) -> None:
        self._timer = self._plan()
        if self._rest is None:
            self._read_on(iter(self._ready.poll(0, len(self._members))))

    def _read_on(self, ready: Iterator[tuple[int, int]]) -> None:
        self._rest, until = None, monotonic() + _AT_ONCE_S
        for number, _ in ready:
            member = self._members.get(number)
            if member is not None and not member.read_paused:
                self._read(number, member)
            if monotonic() > until:  # the loop's own time stands still meanwhile
                self._rest = self._loop.call_soon(self._read_on, ready)
                return

    def _read(self, number: int, member: Gathered) -> None:
        data = b"" if member.transport.is_closing() else _read(number)
        if data is None:
            return
        if not data:
            self._on_end(number)
            return
        try:
            member.data_received(data)
        except Exception as error:  # the edge of one call: the others are still to be read
            self._broke(number, member, error)

    def _broke(self, number: int, member: Gathered, error: Exception) -> None:
        """One call's fault, which must not keep the others unread; an event loop does the same."""
        self._on_end(number)
        message = "a socket that is read together with others failed"
        self._loop.call_exception_handler({"message": message, "exception": error, "transport": member.transport})
        member.transport.abort()


def _read(number: int) -> bytes | None:
    """What has come: nothing at the end, and ``None`` where there is nothing yet."""
    try:
        return os.read(number, _PIECE)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""
