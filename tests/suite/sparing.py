"""Fifteen thousand tests are collected, and nothing of them is freed before the end: the collector need not look.

Looking all the same takes a fifth of what collecting takes, in each worker, and then a part of every test that makes
much: a full collection goes through all that was collected, and every thread of the process waits for it.
"""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

__all__ = ["Sparing", "spared_by_the_collector"]


class Sparing:
    """A plugin that sets aside what lives as long as the run."""

    set_aside = False
    """Was anything, in this process? To have it counted takes a tenth of a second: the count goes through all of it."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Without the collector; what is there afterwards it never looks at again."""
        gc.disable()
        try:
            return (yield)
        finally:
            gc.freeze()
            Sparing.set_aside = True
            gc.enable()


@contextmanager
def spared_by_the_collector() -> Iterator[None]:
    """What the tests have loaded is not looked at by full collections meanwhile, as a server has it: half a million
    objects are half a second in which nobody in this process says or hears anything.

    What the run has set aside stays there: with all of it back, a full collection of a later test would take a second.
    """
    given_back = not Sparing.set_aside
    gc.collect()  # what is set aside is not freed any more
    gc.freeze()
    try:
        yield
    finally:
        if given_back:
            gc.unfreeze()
