"""What a language reads in the same words for the same question is read once, however many models are told them.

Three manners of the stand-in are told the same suites, and reading is half of what a conversation takes. Readers are
pure (``backend.language.language.Reader``), so that no play goes otherwise. Whoever is about reading itself reads.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

from backend.language.asked import Asked
from backend.language.reader_language import ReaderLanguage
from backend.language.reading import Reading

__all__ = ["kept_readings"]

_Key = tuple[str, str, str, datetime, str, str]
_read = ReaderLanguage.read
_known: dict[_Key, list[tuple[Asked, Reading]]] = {}
"""By what is quickly compared. Of questions that differ in more, each has its own reading."""


def _kept(language: ReaderLanguage, words: str, asked: Asked) -> Reading:
    readings = _known.setdefault((language.code, words, asked.kind, asked.now, asked.question, asked.caller), [])
    for known, reading in readings:
        if known == asked:
            return reading
    reading = _read(language, words, asked)
    readings.append((asked, reading))
    return reading


@contextmanager
def kept_readings() -> Generator[None]:
    """Within this, and in this process, nothing is read twice."""
    ReaderLanguage.read = _kept  # type: ignore[method-assign]
    try:
        yield
    finally:
        ReaderLanguage.read = _read  # type: ignore[method-assign]
