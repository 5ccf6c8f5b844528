"""What one rendering of a template may do and build: steps, time, and the size of every text and list.

Whoever edits a prompt may write a loop in a loop in a loop, or a text that doubles itself forty times. Both would
stop every call of the worker. So each step is counted, and every value that a template builds is measured when it is
built: a text by its letters, a list by all that is in it. What is in it has been measured, too, so that nothing that
is made of it, its words or a comparison of two, is of another order of size.
"""

import gc
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import TemplateError

__all__ = [
    "LARGEST",
    "MOST_BUILT",
    "MOST_SECONDS",
    "MOST_STEPS",
    "bounded",
    "counted",
    "measured",
    "spent",
    "step",
    "taken",
]

LARGEST = 64 * 1024
"""Characters of a template, of any text that it builds, and of what comes of it."""
_LARGEST_LIST = 4 * LARGEST
"""Size of a list with all that is in it; each entry counts as much as eight characters."""
MOST_BUILT = 32 * LARGEST
"""Size of everything together that one rendering builds."""
MOST_STEPS = 10_000
"""Turns of loops and calls of one rendering."""
MOST_SECONDS = 0.25
"""Time of one rendering."""
_ENTRY = 8
_LISTS = (list, tuple, set, frozenset)
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))


class _Budget:
    """What one rendering may still do."""

    def __init__(self) -> None:
        self._steps = 0
        self._built = 0
        self._until = time.thread_time() + MOST_SECONDS  # work, not waiting: a busy machine breaks no prompt
        self._collections = _full_collections()

    def step(self) -> None:
        """One more turn of a loop, or one more call."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TemplateError(f"it takes more than {MOST_STEPS} steps")
        self._in_time()

    def spend(self, size: int) -> None:
        """So much more was built."""
        self._built += size + 1
        if self._built > MOST_BUILT:
            raise TemplateError(f"it builds more than {MOST_BUILT} characters in all")
        self._in_time()

    def _in_time(self) -> None:
        if time.thread_time() <= self._until:
            return
        if (collections := _full_collections()) == self._collections:
            raise TemplateError(f"it takes more than {MOST_SECONDS} seconds")
        self._collections = collections  # whoever happens to be at work pays for what all of the process has left
        self._until = time.thread_time() + MOST_SECONDS


def _full_collections() -> int:
    """So many full collections has Python made in this process."""
    return gc.get_stats()[-1]["collections"]


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def bounded() -> Generator[None]:
    """Give what is rendered within a budget of its own."""
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


def step() -> None:
    """Count one turn of a loop, or one call."""
    budget = _budget.get()
    if budget is not None:
        budget.step()


def counted(values: Iterable[Any]) -> Iterator[Any]:
    """The values of a loop, each counted."""
    for value in values:
        step()
        yield value


def measured(length: int) -> None:
    """Let a text of so many characters be built, or not.

    Raises:
        TemplateError: it would be too long.
    """
    if length > LARGEST:
        raise TemplateError(f"a text grows beyond {LARGEST} characters")


def spent(value: Any) -> Any:
    """A value that was just built, within what may still be built.

    Raises:
        TemplateError: it is too large, or it is too much together with all that was built before.
    """
    size = _size(value)
    budget = _budget.get()
    if budget is not None:
        budget.spend(size)
    return value


def taken(value: Any) -> Any:
    """An argument; what gives its values one by one is read, as far as it may be."""
    if not isinstance(value, Iterator):
        return value
    found: list[Any] = []
    size = 0
    for each in value:
        step()
        size += _size(each) + _ENTRY
        _in_bounds(size)
        found.append(each)
    return found


def _size(value: Any) -> int:
    if isinstance(value, str):
        measured(len(value))
        return len(value)
    if not isinstance(value, (*_LISTS, *_VIEWS, Mapping)):
        return _ENTRY
    size, todo = 0, [value]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            size += len(each)
        elif isinstance(each, (*_LISTS, *_VIEWS)):
            size += _ENTRY * len(each)
            todo += each if size <= _LARGEST_LIST else ()
        elif isinstance(each, Mapping):
            size += 2 * _ENTRY * len(each)
            todo += (*each.keys(), *each.values()) if size <= _LARGEST_LIST else ()
        _in_bounds(size)
    return size


def _in_bounds(size: int) -> None:
    if size > _LARGEST_LIST:
        raise TemplateError(f"a list grows beyond the size of {_LARGEST_LIST} characters")
