"""Callers who would rather speak another language: "can we do this in Spanish", "¿habla inglés?".

What a language is called stands with its words (``tongue.py``), so that a language of which nothing else is read can be
asked for as well.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property

from backend.language.tokens import words
from backend.language.tongue import names_of_tongues

__all__ = ["AskingLanguage", "names_a_language"]


@dataclass(frozen=True)
class AskingLanguage:
    """How one language asks for another; the grammars are for the plain spelling.

    Args:
        code: its own.
        plain: the plain spelling of what was said.
        filler: what may stand before it, and says nothing.
        not_well: in front of it, that another language is spoken badly; ``NAME`` stands for what that is called. Where
            nothing follows it, the language in which it is said is asked for: "no hablo inglés".
        wish: what may stand right before the name, so that it is asked for.
        tail: what may stand behind it.
    """

    code: str
    plain: Callable[[str], str] = field(repr=False)
    filler: str = field(repr=False)
    not_well: str = field(repr=False)
    wish: str = field(repr=False)
    tail: str = field(repr=False)

    def __call__(self, text: str, bare: bool = True) -> str:
        """The code of the language that the whole of ``text`` asks for; empty where it asks for none.

        Args:
            text: the caller's words.
            bare: is its name alone a wish, too? It may be somebody's name as well.
        """
        said, names = words(self.plain(text)), names_of_tongues()
        if names.keys().isdisjoint(said):
            return ""
        plain = " ".join(said)
        if self._only_not_well.match(plain):
            own = any(names.get(word) == self.code for word in said)
            return "" if own else self.code
        found = self._asking.match(plain)
        return names[found["wanted"]] if found and (bare or not self._only_named.match(plain)) else ""

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        before = self.not_well.replace("NAME", self._name)
        return re.compile(rf"^{self.filler}(?:{before} )?{self.wish}(?P<wanted>{self._name}){self.tail}$")

    @cached_property
    def _only_not_well(self) -> re.Pattern[str]:
        return re.compile(rf"^{self.filler}{self.not_well.replace('NAME', self._name)}{self.tail}$")

    @cached_property
    def _only_named(self) -> re.Pattern[str]:
        return re.compile(rf"^{self.filler}{self._name}{self.tail}$")

    @cached_property
    def _name(self) -> str:
        return rf"(?:{'|'.join(sorted(names_of_tongues()))})"


def names_a_language(text: str) -> bool:
    """Is any language called by its name? Hardly any words do; it is asked of all that callers say."""
    return _named().search(text) is not None


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(names_of_tongues()))})\b", re.IGNORECASE)
