"""English as a ``Language``: which reader and which saying each kind has."""

from backend.language.asked import Kind
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["ENGLISH"]

_READERS: dict[Kind, Reader] = {}
_SAYINGS: dict[Kind, Saying] = {}

ENGLISH = ReaderLanguage("en", _READERS, _SAYINGS)
