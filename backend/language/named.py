"""The language of a call by its tag ("es-MX")."""

from functools import cache, lru_cache

from backend.language.language import Language
from backend.language.languages import code_of, loaded
from backend.language.reader_language import ReaderLanguage

__all__ = ["language_named", "region_of"]


@lru_cache(128)
def language_named(tag: str) -> Language:
    """The language that ``tag`` begins with; one without readers for a language that none were written for."""
    return _language(code_of(tag))


def region_of(tag: str, default: str = "US") -> str:
    """``"GB"`` of ``"en-GB"``: what ``Asked.region`` wants."""
    parts = tag.replace("_", "-").split("-")
    return next((part.upper() for part in parts[1:] if len(part) == 2), default)


@cache
def _language(code: str) -> Language:
    found: Language | None = loaded(code, "language")
    return found if found is not None else ReaderLanguage(code)
