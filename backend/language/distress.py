"""How likely it is that who says this is in danger, or badly needs help: learned, for no list of words is whole.

The weights of a language stand in ``LANGUAGE/distress.json``, made by ``tests/distress/learn.py`` from what frightened
people say, and from what people say who are not in danger, though many of their words are the same. They are of signs,
not of sentences: words, what they begin with, and which of them stand together. What comes of it is one question.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise, repeat

__all__ = ["Distress", "read_distress", "signs"]

_WORD = re.compile(r"[a-z]+")
_STEM = 4
"""Letters: what is longer is known by these as well, so that "bleeds" is like "bleeding"."""
_APART = (2, 3)
"""How many words on another one still says something together with the first."""
_MOST_WORDS = 120
"""Who says more than this in one go tells a story; the rest is not looked at."""


@dataclass(frozen=True)
class Distress:
    """The weights of one language.

    Args:
        weights: of each sign, in log odds; a sign that is not there says nothing.
    """

    weights: Mapping[str, float]

    def odds(self, text: str) -> float:
        """Log odds that who says this needs help now; above 0 they more probably do."""
        return sum(map(self.weights.get, signs(text), repeat(0.0)))


def read_distress(code: str) -> Distress:
    """Those of a language that has some."""
    content = (files(f"backend.language.{code}") / "distress.json").read_text("utf-8")
    return Distress(json.loads(content))


def signs(text: str) -> set[str]:
    """What may tell of distress in these words: each, what it begins with, and which stand near each other."""
    words = _WORD.findall(_plain(text))[:_MOST_WORDS]
    stems = {f"{word[:_STEM]}-" for word in words if len(word) > _STEM}
    pairs = {f"{word} {after}" for word, after in pairwise(words)}
    near = {f"{word} .. {after}" for apart in _APART for word, after in zip(words, words[apart:], strict=False)}
    return {"", *words, *stems, *pairs, *near}


def _plain(text: str) -> str:
    """Small letters without accents; an apostrophe joins, as "dont" is written for "don't"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    return bare.replace("'", "")
