"""One fault in the store, and how it is worded."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Fault", "Place", "Problem", "nearest"]

Place = tuple[str | int, ...]
"""Where something stands in a YAML file: its keys, and indexes counted from 0, from the outermost on."""
Fault = tuple[Place, str]
"""What is wrong at a place of a file, in a sentence; which file that is, whoever asks knows."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and what would be right."""

    file: str
    """Path as the operator knows it, relative to the store."""
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    message: str
    outdated: bool = False
    """Did earlier versions of Ringmaster let it pass? A version that was live then goes on; a new one must pass."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


def nearest(came: str, expected: Iterable[str]) -> str:
    """``" (did you mean 'x'?)"`` when something similar exists, else the list of what does."""
    from rapidfuzz import fuzz, process  # a sound store asks for nothing

    known = sorted(expected)
    found = process.extractOne(came, known, scorer=fuzz.ratio, score_cutoff=60)
    if found:
        return f"; did you mean {found[0]!r}?"
    return f"; there are: {', '.join(known) or 'none'}" if len(known) <= 12 else ""
