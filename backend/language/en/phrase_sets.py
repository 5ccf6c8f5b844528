"""Sets of phrases, written short: as one text, or as parts that go together each with each."""

from itertools import product

__all__ = ["Phrase", "joined", "phrases"]

Phrase = tuple[str, ...]
"""The words of a phrase."""


def phrases(text: str) -> frozenset[Phrase]:
    """Those that stand between bars in ``text``."""
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


def joined(*parts: tuple[str, ...]) -> frozenset[Phrase]:
    """One of each part, in every way; an empty part may be left out."""
    return frozenset(tuple(" ".join(one).split()) for one in product(*parts))
