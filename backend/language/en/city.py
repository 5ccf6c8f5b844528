"""A city, and the state behind it."""

import re
from collections.abc import Sequence

from backend.language.en.place_pieces import Word
from backend.language.en.states import CODES, STATES

__all__ = ["split_state", "titled"]


def split_state(body: Sequence[Word]) -> tuple[list[Word], str]:
    """A city, and the state behind it. "New York" by itself is the city."""
    words = list(body)
    for length in (3, 2, 1):
        tail = " ".join(word for word, _ in words[-length:])
        if len(words) < length:
            continue
        code = words[-1][1] if length == 1 and words[-1][1] in CODES else STATES.get(tail, "")
        if length == 1 and words[-1][0].upper() in CODES and len(words) > 1 and words[-1][1].isupper():
            code = words[-1][1]
        alone = length == len(words) and tail in {"new york", "washington"}
        if (
            code
            and not alone
            and " ".join(word for word, _ in words) not in {"kansas city", "oklahoma city", "virginia beach"}
        ):
            return words[:-length], code
    return words, ""


def titled(words: Sequence[Word]) -> str:
    return " ".join(
        raw if re.search(r"[^\W\d_].*[A-ZÀ-Þ]", raw) and not raw.isupper() else _capital(small) for small, raw in words
    )


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
