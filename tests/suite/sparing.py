"""Fifteen thousand tests are collected, and nothing of them is freed before the end: the collector need not look.

Looking all the same takes a fifth of what collecting takes, in each worker, and then a part of every test that makes
much: a full collection goes through all that was collected.
"""

import gc
from collections.abc import Generator

import pytest

__all__ = ["Sparing"]


class Sparing:
    """A plugin that sets aside what lives as long as the run."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Without the collector; what is there afterwards it never looks at again."""
        gc.disable()
        try:
            return (yield)
        finally:
            gc.freeze()
            gc.enable()
