"""The words of a place twice: in the plain spelling for the grammar, and as they are written down."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backend.language.es.calendar import MONTHS
from backend.language.es.numbers import figures_at
from backend.language.es.places import NAMED_WITH_ARTICLE
from backend.language.es.words import folded

__all__ = ["Words", "begins_at", "has_an_article", "written_street"]

_SMALL = frozenset(
    "de del la las el los y e con entre esquina a al en cerca frente junto por sobre un una lado altura que "
    "hacia".split()
)
_TRIM = re.compile(
    rf"^(?:(?!(?:{'|'.join(NAMED_WITH_ARTICLE)})\b)(?:en|por|sobre|de|la|el|los|las|fue|a|y|con|una|un) )+(?=\S)"
    r"|(?: (?:en|de|por|a|la|el|y|con|del|sobre))+$"
)
_NUMBERED = frozenset({"calle", "avenida"})
"""Streets whose number is their name: "Calle Ocho"."""
_IN_WORDS = 10
"""Days up to here are written in words where a street is named after them: "Cinco de Mayo", but "20 de Noviembre"."""
_HOUSE_OF = re.compile(r"^(\d+) de (?:la |el )?(?=(?:calle|avenida|bulevar|calzada)\b)", re.IGNORECASE)
"""A house before its street: "en el 240 de la calle Flores"."""
_LETTERED = re.compile(r"^(?:i|us|sr|fm|a)$")


@dataclass(frozen=True, slots=True)
class _Token:
    plain: str = field(repr=False)
    own: str = field(repr=False)
    said: bool = False
    """Is it a number that was said in words?"""


class Words:
    """Words that can be cut by their places in the plain spelling."""

    def __init__(self, words: str) -> None:
        text = re.sub(r"[^\w\s'/-]|_", " ", words.replace("’", "'")).replace(" - ", " ")
        self._tokens = _in_figures([_Token(folded(one), one.lower()) for one in text.split()])

    @property
    def plain(self) -> str:
        """The words in the plain spelling."""
        return " ".join(token.plain for token in self._tokens)

    def after(self, place: int) -> "Words":
        """What begins at that place or behind it."""
        return self._kept(lambda start, _end: start >= place)

    def before(self, place: int) -> "Words":
        """What ends before that place."""
        return self._kept(lambda _start, end: end <= place)

    def without(self, start: int, end: int) -> "Words":
        """What does not stand there."""
        return self._kept(lambda first, last: last <= start or first >= end)

    def without_text(self, plain: str) -> "Words":
        """Without these words, where they stand last."""
        start = self.plain.rfind(plain)
        return self if start < 0 else self.without(start, start + len(plain))

    def joined_digits(self) -> "Words":
        """With digits that were said one by one as one number."""
        digits = "".join(token.plain for token in self._tokens if token.plain.isdecimal())
        return Words(digits) if digits else self

    def trimmed(self) -> "Words":
        """Without articles and prepositions at both ends."""
        match = _TRIM.search(self.plain)
        cut = self
        while match:
            cut = cut.after(match.end()) if match.start() == 0 else cut.before(match.start())
            match = _TRIM.search(cut.plain)
        return cut

    def written(self) -> str:
        """With capitals and accents."""
        return " ".join(
            token.own if place and token.plain in _SMALL else _capital(token)
            for place, token in enumerate(self._tokens)
        )

    def _kept(self, keep: Callable[[int, int], bool]) -> "Words":
        cut = Words("")
        at = 0
        for token in self._tokens:
            if keep(at, at + len(token.plain)):
                cut._tokens.append(token)
            at += len(token.plain) + 1
        return cut


def has_an_article(plain: str, city: re.Match[str]) -> bool:
    """ "En la juárez": no city of that name has one, so that it is a road."""
    return re.search(r"\b(?:la|el) $", plain[: city.start()]) is not None and not city[0].startswith("ciudad")


def begins_at(plain: str, start: int) -> int:
    """Where a city begins of which the name that is known stands at ``start``: "east los angeles" is one of its own."""
    side = re.search(r"\b(?:east|west|north|south) $", plain[:start])
    return side.start() if side else start


def written_street(spoken: Words) -> str:
    """The street as it is written down; empty where nothing is left."""
    words = spoken.trimmed()
    return _HOUSE_OF.sub(r"\1 ", words.written()) if re.search(r"[a-z0-9]", words.plain) else ""


def _capital(token: _Token) -> str:
    if _LETTERED.match(token.plain):
        return token.own.upper()
    return token.own[:1].upper() + token.own[1:]


def _in_figures(tokens: Sequence[_Token]) -> list[_Token]:
    """Numbers in figures, those said in pairs as one; but for small days of streets ("Cinco de Mayo")."""
    kept: list[_Token] = []
    for figure, start, end in figures_at([token.plain for token in tokens]):
        following = [token.plain for token in tokens[end : end + 2]]
        named = bool(kept) and kept[-1].plain in _NUMBERED and end == start + 1
        day = following[:1] == ["de"] and following[-1] in MONTHS
        if figure == tokens[start].plain or (int(figure) <= _IN_WORDS if day else named):
            kept += tokens[start:end]
        elif kept and kept[-1].said and kept[-1].plain.isdecimal():
            joined = kept[-1].plain + figure
            kept[-1] = _Token(joined, joined, said=True)
        else:
            kept.append(_Token(figure, figure, said=True))
    return kept
