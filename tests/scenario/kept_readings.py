"""What a language reads in the same words for the same question is read once, however many models are told them.

Three manners of the stand-in are told the same suites, and reading is half of what a conversation takes. Readers are
pure (``backend.language.language.Reader``), so that no play goes otherwise. Whoever is about reading itself reads.
"""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from backend.language.account import Account
from backend.language.asked import Asked
from backend.language.named import language_named
from backend.language.reader_language import ReaderLanguage
from backend.language.reading import Reading
from backend.language.talk import Talk

__all__ = ["kept_readings"]

_Key = tuple[str, str, str, datetime, str, str]
_UNKNOWN = object()
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


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same of the same words; what could be changed by whoever gets it is theirs."""
    known: dict[tuple[Any, ...], Any] = {}

    def kept(*args: Any) -> Any:
        try:
            found = known.get(args, _UNKNOWN)
        except TypeError:  # of a list of what is offered
            return function(*args)
        if found is _UNKNOWN:
            found = known[args] = function(*args)
        return deepcopy(found) if isinstance(found, list | dict) else found

    return kept


@cache
def _all_once(knows: Talk | Account) -> Any:
    functions = {one.name: getattr(knows, one.name) for one in fields(knows)}
    return replace(knows, **{name: _once(one) if callable(one) else one for name, one in functions.items()})


@contextmanager
def kept_readings() -> Generator[None]:
    """Within this, and in this process, nothing is read twice."""
    languages = [one for code in ("en", "es") if isinstance(one := language_named(code), ReaderLanguage)]
    with ExitStack() as ends:
        ends.callback(setattr, ReaderLanguage, "read", _read)
        ReaderLanguage.read = _kept  # type: ignore[method-assign]
        for language in languages:
            for name in ("talk", "account"):
                own = getattr(language, name)
                ends.callback(object.__setattr__, language, name, own)
                object.__setattr__(language, name, _all_once(own))
        yield
