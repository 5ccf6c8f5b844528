"""The words of a Spanish answer in one plain spelling, which the small grammars of the readers are written for."""

import re
import unicodedata
from dataclasses import dataclass, field

from backend.language.es.numbers import in_figures
from backend.language.turn_memory import remembered

__all__ = ["Said", "folded", "said"]

_TOKEN = re.compile(r"[$€£]?\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[@+_-]")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:ro|ra|do|da|er|to|ta|mo|ma|vo|va|no|na|o|a)\b")
_HALF_OF_DAY = re.compile(r"\b([ap])\s?\.?\s?m\b\.?")

_KNOW = re.compile(r"\bsé\b", re.IGNORECASE)
_MARK = "\ue000"
"""Stands for "sé" ("I know") while accents go: without its own it would be the "se" of "no se puede"."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was written, and in the plain spelling.

    That is lower case, no accents (but on "sé"), no marks, numbers in figures.
    """

    written: str = field(repr=False)
    plain: str = field(repr=False)

    @property
    def asks(self) -> bool:
        """Did the recognizer write it as a question?"""
        return "?" in self.written or "¿" in self.written


def folded(text: str) -> str:
    """``"¿Cómo está, señor Peña?"`` in lower case and without accents; marks stay."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    return "".join(character for character in plain if not unicodedata.combining(character))


@remembered
def said(text: str) -> Said:
    """``"A las nueve y media, el tres de julio"`` has the plain spelling ``"a las 9 y media el 3 de julio"``."""
    kept = _KNOW.sub(_MARK, unicodedata.normalize("NFC", text))
    lower = _ORDINAL.sub(r"\1", _HALF_OF_DAY.sub(r"\1m", folded(kept).replace(_MARK, "sé")))
    return Said(text, " ".join(in_figures(_TOKEN.findall(lower))))
