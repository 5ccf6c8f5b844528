"""Copies of packages with what Python has compiled of them, which takes seconds of the processor."""

import shutil
from contextlib import suppress

__all__ = ["as_it_is"]


def as_it_is(source: str, target: str) -> None:
    """A copy, if it is not gone meanwhile: others may be compiling, each under another name first."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)
