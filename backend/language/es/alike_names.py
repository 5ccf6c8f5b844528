"""How alike two names sound in Spanish: "Velasquez" is Velázquez, and who has two surnames may give one."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from backend.language.counterparts import names_another
from backend.language.es.not_names import PARTICLES
from backend.language.es.words import folded

__all__ = ["is_said", "same_person"]

_SOUNDS = (
    (r"qu(?=[ei])|c(?![eiyh])|k", "k"), (r"g(?=[ei])|j|x", "j"), (r"c(?=[eiy])|z", "s"), (r"ll|y(?=[aeiou])", "y"),
    (r"y", "i"), (r"v|w", "b"), (r"gu(?=[ei])", "g"), (r"ph", "f"), (r"th", "t"), (r"sh", "ch"), (r"ñ", "n"),
    (r"(?<!c)h", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
_ALIKE = 0.86
_VERY_ALIKE = 0.93


def same_person(said: str, name: str) -> bool:
    """May ``said``, as it was heard, be ``name``?

    Likeness of sound, middle names and a second surname are forgiven; half a name, or another order than given name
    before surnames, is not.
    """
    first, second = _parts(said), _parts(name)
    if len(first) < 2 or not second:
        return first == second and bool(first)
    if set(second) <= set(first):
        return True
    if names_another(first, second):
        return False
    return _alike(first[0], second[0]) and any(
        _alike_surnames(first[1:], second[begin:]) for begin in range(1, len(second))
    )


def is_said(name: str, texts: Iterable[str]) -> bool:
    """Did somebody say this name? A model may spell it better, and not make one up."""
    heard = [part for text in texts for part in _parts(text)]
    parts = [part for part in _parts(name) if len(part) > 1]
    return bool(parts) and all(any(_likeness(part, word) >= _ALIKE for word in heard) for part in parts)


def _alike_surnames(said: Sequence[str], known: Sequence[str]) -> bool:
    """Every surname that was said is the next of those known, the first at least; a middle name may stand before."""
    if not known:
        return False
    starts = (at for at in range(len(said)) if _alike(said[at], known[0]))
    return any(all(_alike(*pair) for pair in zip(said[at:], known, strict=False)) for at in starts)


def _alike(one: str, other: str) -> bool:
    return _likeness(one, other) >= (_ALIKE if min(len(one), len(other)) > 4 else _VERY_ALIKE)


def _likeness(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), fuzz.ratio(_sound(one), _sound(other))) / 100


def _parts(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", folded(text).replace("'", "").replace("-", " "))
    return [word for word in words if word not in PARTICLES]


@lru_cache(4096)
def _sound(word: str) -> str:
    for pattern, replacement in _SOUNDS:
        word = re.sub(pattern, replacement, word)
    return word
