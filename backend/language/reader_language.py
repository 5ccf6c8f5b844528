"""A language made of tables: a reader and a saying for each kind."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, cast

from backend.language.account import Account
from backend.language.asked import Asked, Kind
from backend.language.clause_words import ClauseWords
from backend.language.coverage import Coverage
from backend.language.language import Reader
from backend.language.learned import UNLIKELY
from backend.language.partly import Partly
from backend.language.plainness import Plainness
from backend.language.reading import Nothing, Reading, doubtful, nothing
from backend.language.remarks import Remarks
from backend.language.talk import Talk
from backend.language.turn_memory import current_memory
from backend.language.turn_words import TurnWords

__all__ = ["Aside", "ReaderLanguage", "Saying"]

Aside = Callable[[str], Nothing]
"""What words are that answer nothing: a plea for time, a question, "I don't know"; ``""`` for none of these."""
Expecting = Callable[[Asked], tuple[str, ...]]
"""What answers to a question sound like, for a recognizer."""
Saying = Callable[[Any, Asked], str]
"""A value as a clause that can be spoken."""

_LONGEST = 600
"""Characters of an answer that are read: most of a minute of talking. What is said behind them may take all of it back,
so that their value is a doubt; of a text nothing can."""

_SHORT = 4
"""Words of an answer that is hardly more than a word of the store's: most of it is no sign of anything."""


def _no_aside(_words: str) -> Nothing:
    return ""


def _as_it_is(words: str) -> str:
    return words


_VERBATIM: frozenset[Kind] = frozenset({"name", "text", "email", "code"})
"""Kinds of which every word counts: a name may be anything."""


_SPOKEN_FREELY: frozenset[Kind] = frozenset({"address", "name", "person"})
"""Kinds whose values are spoken and kept in the caller's own words, so that nothing else may stand in them."""


_IN_BOTH: frozenset[Kind] = frozenset({"yes_no", "choice", "date", "integer", "person"})
"""Kinds whose answers may have everyday words of another language: no names, and no digits, which open things."""


def _nothing_expected(_asked: Asked) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class ReaderLanguage:
    """A ``Language`` whose readers stand in a table; without any it leaves every value to be read back."""

    code: str
    readers: Mapping[Kind, Reader] = field(default_factory=dict[Kind, Reader])
    sayings: Mapping[Kind, Saying] = field(default_factory=dict[Kind, Saying])
    aside: Aside = _no_aside
    account: Account = Account()
    talk: Talk = Talk()
    turns: TurnWords = TurnWords()
    coverage: Coverage | None = None
    clauses: ClauseWords = ClauseWords()
    expecting: Expecting = _nothing_expected
    partly: Partly | None = None
    plain: Callable[[str], str] = _as_it_is
    """The words without whom they are spoken to, and without swearing."""
    plainness: Plainness | None = None
    remarks: Remarks | None = None

    def read(self, words: str, asked: Asked) -> Reading:
        """The reading of ``words``; a doubt where it leaves words unread that carry meaning.

        What no reader finds anything in is told apart by the language's asides, and what is told beside a value that is
        whole does not count.
        """
        memory = current_memory()
        if memory is None or memory.kept is None:
            return self._anew(words, asked)
        # By what is quickly looked up; of questions that differ in more, each has its own reading.
        key = (ReaderLanguage.read, self.code, words, asked.kind, asked.now, asked.question)
        readings: list[tuple[ReaderLanguage, Asked, Reading]] = memory.kept.get(key, [])
        for language, known, reading in readings:
            if language is self and known == asked:
                return _own(reading)
        reading = self._anew(words, asked)
        readings.append((self, asked, _own(reading)))
        memory.keep(key, readings)
        return reading

    def _anew(self, words: str, asked: Asked) -> Reading:
        if asked.kind in _SPOKEN_FREELY:
            words = self.talk.without_instructions(words)
        reading = self._weighed(words, asked)
        if reading.outcome == "value" or asked.told or asked.kind not in _IN_BOTH:
            return reading
        own = self.talk.in_own_words(words)
        again = self._weighed(own, asked) if own and own != words else reading
        return again if again.outcome == "value" else reading

    def _weighed(self, words: str, asked: Asked) -> Reading:
        reading = self._read(words, asked)
        if self.remarks is None or len(words) > _LONGEST:
            return reading
        return self.remarks.weigh(self.plain(words), asked, reading, lambda part: self._read(part, asked))

    def _read(self, words: str, asked: Asked) -> Reading:
        reader = self.readers.get(asked.kind)
        if reader is None:
            return doubtful("this language has no reader for it")
        said = words[:_LONGEST] if asked.kind in _VERBATIM else self.plain(words[:_LONGEST])
        reading = reader(said, asked)
        if reading.outcome == "none" and reading.nothing in ("", "other"):
            return self._beside_learned(said, asked, nothing(self.aside(said) or "other"))
        if len(words) > _LONGEST and reading.outcome == "value" and asked.kind != "text":
            return doubtful("more was said than is read", reading.value)
        if self.partly is not None:
            reading = self.partly.weigh(said, asked, reading)
        if self.coverage is not None:
            reading = self.coverage.weigh(said, asked, reading)
        reading = self.plainness.weigh(said, asked, reading) if self.plainness is not None else reading
        return self._beside_learned(said, asked, reading)

    def _beside_learned(self, said: str, asked: Asked, reading: Reading) -> Reading:
        """The reading beside what example answers taught, where the store has some; not of what is told in passing."""
        if asked.learned is None or asked.told or asked.confirms:
            return reading
        prevails = reading.outcome == "value" and reading.value is asked.prevails
        if (asked.learned.says(said) is None and not prevails) or (prevails and len(said.split()) <= _SHORT):
            return reading
        opening = self.coverage.opening(said) if self.coverage is not None else ""
        plainly = self.readers[asked.kind](opening, asked).value if opening else None
        if prevails:  # "nobody was hurt, but my neck is sore": most of it may speak for what does not count
            doubted = plainly is not reading.value and asked.learned.doubts(said, reading.value)
            candidates = (reading.value,)
            return replace(reading, outcome="ask", candidates=candidates, why=UNLIKELY) if doubted else reading
        turned = self.coverage is not None and self.coverage.is_turned(said)
        return asked.learned.weigh(said, reading, plainly, turned=turned, prevails=asked.prevails)

    def expected(self, asked: Asked) -> tuple[str, ...]:
        """Phrases of likely answers, the likeliest first; empty where anything may be said."""
        return self.expecting(asked)

    def say(self, kind: Kind, value: Any, asked: Asked) -> str:
        """The value as a clause; as it is written where the language has no words for it."""
        saying = self.sayings.get(kind)
        said = saying(value, asked) if saying is not None else ""
        return said or _plain(value)


def _own(reading: Reading) -> Reading:
    """Another one where somebody could change the value, which then stays as it was read."""
    changes = any(isinstance(one, dict | list) for one in (reading.value, *reading.candidates))
    return deepcopy(reading) if changes else reading


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.strip() or "-"
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return ", ".join(_plain(part) for part in parts.values() if part is not None) or "-"
    return json.dumps(value, ensure_ascii=False, default=str)
