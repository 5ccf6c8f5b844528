"""How likely it is that a caller who falls silent behind these words has said all of it: learned from how answers end.

The weights of a language stand in ``LANGUAGE/turn_ends.json``, made by ``tests/pauses/learn.py`` from answers that
were written for other purposes and from some that say where people pause. They are of signs, not of sentences: the
last words and what they end in, what was asked, how much was said, and how much of it since the last "and".
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from backend.language.turn_words import TurnWords

__all__ = ["TurnEnds", "read_turn_ends", "signs"]

_WORD = re.compile(r"[\w'’]+")
_MANY_WORDS, _MANY_SINCE, _MANY_SENTENCES = 9, 5, 2


@dataclass(frozen=True)
class TurnEnds:
    """The weights of one language.

    Args:
        weights: of each sign, in log odds; a sign that is not there says nothing.
    """

    weights: Mapping[str, float]

    def odds(self, text: str, asked: str, known: TurnWords) -> float:
        """Log odds that these words are all; above 0 they more probably are.

        Args:
            text: what was said.
            asked: what an answer to the question is made of: "place", "when", "story".
            known: the other words by which turn ends are judged in this language.
        """
        return sum(self.weights.get(sign, 0.0) for sign in signs(text, asked, known))


def read_turn_ends(code: str) -> TurnEnds:
    """Those of a language that has some."""
    content = (files(f"backend.language.{code}") / "turn_ends.json").read_text("utf-8")
    return TurnEnds(json.loads(content))


def signs(text: str, asked: str, known: TurnWords) -> Iterator[str]:
    """What tells of an end or of a pause in these words; each sign once."""
    words = _WORD.findall(text.lower())
    count = min(len(words), _MANY_WORDS)
    yield ""
    yield f"asked {asked}"
    yield f"words {count}"
    yield f"words {count} {asked}"
    if not words:
        return
    yield from _of_the_end(words, asked)
    yield f"first {words[0]}"
    yield f"first {words[0]} {min(count, _MANY_SINCE)}"
    yield from _of_sentences(words, known)
    for word in {*words[:-1]} & known.trailing:
        yield f"has {word}"
    for name in ("scene", "introducing", "hanging", "tells_time", "year", "wish"):
        if getattr(known, name).search(text):
            yield f"is {name}"
    if known.ends_in_place(text):
        yield f"place {asked}"


def _of_the_end(words: Sequence[str], asked: str) -> Iterator[str]:
    last = words[-1]
    yield f"last {last}"
    yield f"last {last} {asked}"
    yield f"ending {last[-2:]}"
    yield f"ending {last[-3:]}-"
    if len(words) > 1:
        yield f"before {words[-2]}"
        yield f"end {words[-2]} {last}"
    if len(words) > 2:
        yield f"third {words[-3]}"


def _of_sentences(words: Sequence[str], known: TurnWords) -> Iterator[str]:
    """How many sentences there are, and how long the last one is so far."""
    joins = [at for at, word in enumerate(words[:-1]) if known.joined.fullmatch(word)]
    yield f"joined {min(len(joins), _MANY_SENTENCES)}"
    if joins:
        since = min(len(words) - 1 - joins[-1], _MANY_SINCE)
        yield f"since {since}"
        yield f"since {words[joins[-1]]} {since}"
    subjects = [at for at, word in enumerate(words) if word in known.subjects]
    yield f"subjects {min(len(subjects), _MANY_SENTENCES + 1)}"
    if subjects:
        yield f"behind subject {min(len(words) - 1 - subjects[-1], _MANY_SINCE + 1)}"
