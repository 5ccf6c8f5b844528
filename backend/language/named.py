"""The language of a call by its tag ("es-MX")."""

from functools import cache
from importlib import import_module

from backend.language.language import Language
from backend.language.reader_language import ReaderLanguage

__all__ = ["language_named", "region_of"]

_BUILT_IN = {
    "en": "backend.language.en.english:ENGLISH",
    "es": "backend.language.es.spanish:SPANISH",
    "fr": "backend.language.fr.french:FRENCH",
}
"""Where each language stands. A new one is a package beside ``en`` and an entry here; it is loaded when it is used."""


def language_named(tag: str) -> Language:
    """The language that ``tag`` begins with; one without readers for a language that none were written for."""
    return _loaded(tag.replace("_", "-").partition("-")[0].lower())


def region_of(tag: str, default: str = "US") -> str:
    """``"GB"`` of ``"en-GB"``: what ``Asked.region`` wants."""
    parts = tag.replace("_", "-").split("-")
    return next((part.upper() for part in parts[1:] if len(part) == 2), default)


@cache
def _loaded(code: str) -> Language:
    place = _BUILT_IN.get(code)
    if place is None:
        return ReaderLanguage(code)
    module, _, name = place.partition(":")
    language: Language = getattr(import_module(module), name)
    return language
