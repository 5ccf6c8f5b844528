"""How alike two names sound in English: "caring" may be Karen, and "jane" is not John."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from backend.language.counterparts import names_another
from backend.language.en.capitals import PARTICLES
from backend.language.en.spelled import join_spelled
from backend.language.tokens import words

__all__ = ["is_said", "same_person", "sound_of"]

_SOUNDS = (
    (r"^(kn|gn)", "n"), (r"^wr", "r"), (r"ough", "o"), (r"ph", "f"), (r"gh", ""),
    (r"c(?=[eiy])", "s"), (r"ck|c|q", "k"),
    (r"sch|sh", "s"), (r"tch|ch", "s"), (r"dg", "j"), (r"x", "ks"), (r"z", "s"), (r"th", "t"), (r"wh", "w"),
    (r"v", "f"), (r"b", "p"), (r"d", "t"), (r"g", "k"), (r"j", "s"), (r"ey|ie|y", "i"), (r"h", ""), (r"w", ""),
    (r"[aeiou]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), replacement) for pattern, replacement in _SOUNDS)
_ALIKE = 0.8
_VERY_ALIKE = 0.93
_PARTS_ALIKE = 0.75
_SAME_VOWEL_ALIKE = 0.7
"""Enough where the first vowel is the same too: "caring" may be Karen, "jane" is not John."""


def same_person(said: str, full_name: str) -> bool:
    """May ``said``, a name as it was heard, be ``full_name``? Order, middle names and likeness of sound are forgiven.

    Only half of a name is not.
    """
    first, second = _plain(said), _plain(full_name)
    if not first or not second:
        return False
    if set(second) <= set(first):
        return True
    if names_another(first, second):
        return False
    orders = {" ".join(first), " ".join(reversed(first)), " ".join([*first[:1], *first[-1:]])}
    if max(_whole(order, " ".join(second)) for order in orders) >= _VERY_ALIKE:
        return True
    both = len(first) > 1 and len(second) > 1
    return both and any(_alike_in_parts(order.split(), second) for order in orders)


def is_said(name: str, texts: Iterable[str]) -> bool:
    """Did somebody say this name in any of these utterances? A model may spell it better, and not make one up."""
    said = [word for text in texts for word in (*_plain(text), *_plain(" ".join(join_spelled(words(text)))))]
    heard = [*said, *(f"{one}{two}" for one, two in pairwise(said))]
    parts = [part for part in _plain(name) if part not in PARTICLES and len(part) > 1]
    in_parts = all(any(_whole(part, word) >= _ALIKE for word in heard) for part in parts)
    return bool(parts) and (in_parts or any(_whole("".join(parts), word) >= _VERY_ALIKE for word in heard))


@lru_cache(4096)
def sound_of(text: str) -> str:
    """A rough phonetic key: names that a telephone confuses have similar keys."""
    key = re.sub(r"[^a-z]", "", _unaccented(text.lower()))
    for pattern, replacement in _PATTERNS:
        key = pattern.sub(replacement, key)
    return key


def _plain(text: str) -> list[str]:
    return _unaccented(" ".join(words(text)).replace("'", "").replace("-", " ")).split()


def _alike_in_parts(first: list[str], second: list[str]) -> bool:
    """Alike as a whole, and neither the first nor the last name is another one: "anna" is no "john"."""
    parts = [(first[0], second[0]), (first[-1], second[-1])]
    return _whole(" ".join(first), " ".join(second)) >= _ALIKE and all(_alike_part(*part) for part in parts)


def _alike_part(one: str, other: str) -> bool:
    mean = (fuzz.ratio(one, other) / 100 + _whole(one, other)) / 2
    return mean >= (_SAME_VOWEL_ALIKE if _first_vowel(one) == _first_vowel(other) else _PARTS_ALIKE)


def _first_vowel(name: str) -> str:
    found = re.search(r"[aeiouy]", name)
    return found[0].replace("y", "i") if found else ""


def _whole(one: str, other: str) -> float:
    """Likeness of two names, wherever their words begin and end."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    # Letters without a sound key, as of other alphabets, are compared by spelling alone.
    keys = sound_of(first), sound_of(second)
    heard = 0.97 * fuzz.ratio(*keys) if all(keys) else 0.0
    return max(fuzz.ratio(first, second), heard) / 100


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
