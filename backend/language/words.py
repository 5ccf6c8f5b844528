"""The words of an answer: lower case, figures kept together, each mark a word by itself."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from backend.language.turn_memory import remembered

__all__ = ["MARKS", "words_of"]

MARKS = frozenset(', . ; ! ? ... – — - : / ¿ ¡ ( ) " &'.split())
"""Words that are marks. A pause is ``...``."""

_WORD = re.compile(
    r"\.{2,}|…"
    r"|[$£€]"
    r"|\d+(?:[-/.:,]\d+)+(?:st|nd|rd|th)?"  # 11/12/2026, 8.15, 1,500, 98101-0042
    r"|\d+[^\W\d_]*"  # 3rd, 10am, 1st
    r"|[^\W_]+(?:['’][^\W_]+)*['’]?"
    r"|[^\w\s]",
)
_DIGITS_OF_OTHERS = re.compile(r"[^\D0-9]")


def words_of(text: str, short_forms: Mapping[str, str] | None = None) -> list[str]:
    """``"It's 5:30, on Nov. 3rd"`` is ``["it's", "5:30", ",", "on", "nov", ".", "3rd"]``.

    Letters of every alphabet stay, figures of every alphabet become 0-9.

    Args:
        text: what the caller said, as it was recognized.
        short_forms: words to write out: ``{"wasn't": "was not"}``.
    """
    found = _in_words(text)
    if short_forms is None:
        return list(found)
    return [part for word in found for part in short_forms.get(word, word).split()]


@remembered
def _in_words(text: str) -> Sequence[str]:
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("…", "...")
        plain = _DIGITS_OF_OTHERS.sub(_western, unicodedata.normalize("NFC", plain))
    words: list[str] = _WORD.findall(plain)
    return tuple(map(_mark, words)) if "'" in plain or ".." in plain else tuple(words)


def _western(match: re.Match[str]) -> str:
    return str(unicodedata.decimal(match[0]))


def _mark(word: str) -> str:
    if word.startswith(".."):
        return "..."
    return word[:-1] if len(word) > 1 and word.endswith("'") else word
