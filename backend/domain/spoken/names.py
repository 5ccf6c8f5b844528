"""Names of people, and how alike two of them sound."""

import re

from rapidfuzz import fuzz

from backend.domain.spoken.tokens import words

__all__ = ["read_name", "sound_of", "sounds_like"]

_LEADS = re.compile(
    r"^(?:(?:hi|hello|yes|yeah|well|uh|um|sure|okay|and|so|it is|it's|its|this is|that's|that is|i am|i'm|the name is|"
    r"(?:my|the)(?: full| first| last)? name(?: is|'s|s)?|name is|you can call me|speaking|it was|driver was)\b[ ,]*)+",
    re.IGNORECASE,
)
_TRAILS = re.compile(r"[ ,]*\b(?:speaking|here|please|and my.*|my zip.*|with .*)$", re.IGNORECASE)
_SOUNDS = (
    (r"^(kn|gn)", "n"), (r"^wr", "r"), (r"ough", "o"), (r"ph", "f"), (r"gh", ""),
    (r"c(?=[eiy])", "s"), (r"ck|c|q", "k"),
    (r"sch|sh", "s"), (r"tch|ch", "s"), (r"dg", "j"), (r"x", "ks"), (r"z", "s"), (r"th", "t"), (r"wh", "w"),
    (r"v", "f"), (r"b", "p"), (r"d", "t"), (r"g", "k"), (r"j", "s"), (r"ey|ie|y", "i"), (r"h", ""), (r"w", ""),
    (r"[aeiou]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def read_name(text: str) -> str:
    """The name in an utterance, in title case: ``"my name is john smith"`` is ``"John Smith"``."""
    said = " ".join(words(text))
    name = _TRAILS.sub("", _LEADS.sub("", said)).strip()
    return " ".join(_capital(part) for part in name.split())


def sound_of(text: str) -> str:
    """A rough phonetic key: names that a telephone confuses have similar keys."""
    key = re.sub(r"[^a-z]", "", text.lower())
    for pattern, replacement in _SOUNDS:
        key = re.sub(pattern, replacement, key)
    return key


def sounds_like(one: str, other: str) -> float:
    """How alike two names sound, from 0 to 1. Spelling and sound both count."""
    first, second = " ".join(words(one)), " ".join(words(other))
    if not first or not second:
        return 0.0
    spelt = fuzz.ratio(first, second)
    heard = fuzz.ratio(sound_of(first), sound_of(second))
    parts = fuzz.token_set_ratio(first, second) if len(first.split()) > 2 else 0
    return max(spelt, 0.97 * heard, 0.95 * parts) / 100


def _capital(word: str) -> str:
    if word.startswith("o'") and len(word) > 2:
        return "O'" + word[2:].capitalize()
    return "-".join(part.capitalize() for part in word.split("-"))
