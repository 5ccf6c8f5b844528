"""The languages there are, and where each has what. A new one is a package beside ``en`` and an entry here."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Literal

__all__ = ["LANGUAGES", "What", "code_of", "loaded"]

What = Literal["language", "parts", "standing", "consent", "refusal"]
"""
language  the ``Language`` itself
parts     a ``PartsReader``: several things that are told in one breath
standing  what keeps a caller from showing who they are
consent   answers that are read word by word against an allow-list
refusal   whether an answer that refuses does so plainly
"""

LANGUAGES: Mapping[str, Mapping[What, str]] = {
    "en": {
        "language": "backend.language.en.english:ENGLISH",
        "parts": "backend.language.en.one_breath:ENGLISH_PARTS",
        "standing": "backend.language.en.standing:obstacle",
        "consent": "backend.language.en.consent:read_consent",
        "refusal": "backend.language.en.refusal:refuses_plainly",
    },
    "es": {
        "language": "backend.language.es.spanish:SPANISH",
        "parts": "backend.language.es.one_breath:SPANISH_PARTS",
        "standing": "backend.language.es.standing:obstacle",
        "consent": "backend.language.es.consent:read_consent",
        "refusal": "backend.language.es.refusal:refuses_plainly",
    },
    "fr": {"language": "backend.language.fr.french:FRENCH"},
}
"""By what a tag begins with. What a language leaves out is done without: each place says how."""


def code_of(tag: str) -> str:
    """``"es"`` of ``"es-MX"``."""
    return tag.replace("_", "-").partition("-")[0].lower()


@cache
def loaded(code: str, what: What) -> Any | None:
    """What a language has, loaded when it is first used; ``None`` where it has none."""
    place = LANGUAGES.get(code, {}).get(what)
    if place is None:
        return None
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
