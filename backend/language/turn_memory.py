"""What was read of words, remembered until the turn is over: a turn reads the same words for many ends.

Nothing that a caller says outlives its turn here. Where no turn is open (words that are still being spoken, commands of
operations people), every reading is made anew.
"""

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

__all__ = ["TurnMemory", "current_memory", "remembered", "remembered_list", "turn_memory"]

_MOST = 10_000
"""Readings of a turn that are kept; further ones are made anew. A long story takes some hundreds."""
_UNKNOWN: Any = object()
_P = ParamSpec("_P")
_T = TypeVar("_T")


class TurnMemory:
    """The readings of one turn. It shows nothing of them when it is printed.

    ``kept`` has them by reader and words; it is ``None`` once the turn is over, also for tasks that the turn has
    started and that go on.
    """

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: dict[Hashable, Any] | None = {}

    def of(self, read: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """What ``read`` gave of these arguments in this turn; once the turn is over, what it gives."""
        kept = self.kept
        if kept is None:
            return read(*args, **named)
        key = (read, args, *named.items()) if named else (read, args)
        found = kept.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = read(*args, **named)
            self.keep(key, found)
        return found

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep it until the turn is over; not where too much is kept already."""
        if self.kept is not None and len(self.kept) < _MOST:
            self.kept[key] = value

    def close(self) -> None:
        """Forget all of it."""
        kept, self.kept = self.kept, None
        if kept is not None:
            kept.clear()


_current: ContextVar[TurnMemory | None] = ContextVar("turn_memory", default=None)


def current_memory() -> TurnMemory | None:
    """The memory of the turn that is being answered, if one is."""
    return _current.get()


@contextmanager
def turn_memory() -> Generator[None]:
    """Within this the same words are read once, here and in whatever is started here."""
    memory = TurnMemory()
    token = _current.set(memory)
    try:
        yield
    finally:
        memory.close()
        _current.reset(token)


def remembered(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """A reader that reads the same words once a turn.

    It must depend on nothing but its arguments, which can all be looked up (text, numbers, tuples of these), and give
    what can't be changed.
    """

    @wraps(read)
    def reading(*args: _P.args, **named: _P.kwargs) -> _T:
        memory = _current.get()
        return read(*args, **named) if memory is None else memory.of(read, args, named)

    return reading


def remembered_list(read: Callable[_P, list[_T]]) -> Callable[_P, list[_T]]:
    """The same for one that gives a list: each time another list, of the same parts, which can't be changed."""

    @wraps(read)
    def reading(*args: _P.args, **named: _P.kwargs) -> list[_T]:
        memory = _current.get()
        return read(*args, **named) if memory is None else [*memory.of(read, args, named)]

    return reading
