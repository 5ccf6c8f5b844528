"""Whose work is being done: bound once where a call begins, and found by every log record and span made for it.

It lies in a context variable, so whatever a call starts (tasks, timers) has it too. Callbacks that come from threads
of a library begin without one; whoever passes them on binds the call that they are for.
"""

import hashlib
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

__all__ = ["CallContext", "at_turn", "bound", "current_call", "of_no_call", "watch_bound"]


@dataclass(slots=True, eq=False)
class CallContext:
    """One call, as logs and spans name it. ``agent`` and ``turn`` change as it goes on."""

    call_id: str
    line: str
    agent: str = ""
    turn: int = 0

    @property
    def trace_id(self) -> int:
        """The call's trace. It follows from the call's id, so every worker that has the call knows it."""
        return _number(self.call_id, 16)

    @property
    def span_id(self) -> int:
        """The call's own span, which is written when the call ends."""
        return _number(f"{self.call_id}/call", 8)

    def turn_span_id(self, turn: int) -> int:
        """The span of one of its turns, which is written when that turn is over."""
        return _number(f"{self.call_id}/turn/{turn}", 8)


_watchers: list[Callable[[CallContext], None]] = []
_current: ContextVar[CallContext | None] = ContextVar("call", default=None)


def current_call() -> CallContext | None:
    """The call that is being worked for, if any."""
    return _current.get()


def watch_bound(watcher: Callable[[CallContext], None]) -> Callable[[], None]:
    """Have ``watcher`` told of each call that is bound; gives what ends that. It must be quick and never raise."""
    _watchers.append(watcher)
    return lambda: _watchers.remove(watcher)


def at_turn(index: int) -> None:
    """The call that is being worked for has come to this turn."""
    if call := _current.get():
        call.turn = index


@contextmanager
def bound(call: CallContext | None) -> Generator[None]:
    """Work for this call; what is started meanwhile does so, too."""
    token = _current.set(call)
    if call is not None:
        for watcher in _watchers:
            watcher(call)
    try:
        yield
    finally:
        _current.reset(token)


def of_no_call() -> AbstractContextManager[None]:
    """Start what outlives the call that happens to cause it: a connection for the pool, a look at the store."""
    return bound(None)


def _number(text: str, size: int) -> int:
    """A number that looks like chance and is never 0."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:size]) or 1
