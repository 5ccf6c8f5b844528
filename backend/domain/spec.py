"""What every spec in the agent store shares: strictness, and the shapes of names, numbers and languages."""

from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "CALLED_NUMBER",
    "CalledNumber",
    "LanguageTag",
    "Name",
    "PhoneNumber",
    "PhraseLanguage",
    "Spec",
    "Texts",
    "in_language",
    "text_in",
    "texts_of",
]

_T = TypeVar("_T")

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Lower-case words joined by underscores; the file has the same name."""

PhoneNumber = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
"""E.164: a plus sign and 7 to 15 digits."""

CALLED_NUMBER = (
    r"^(\+[1-9][0-9]{6,14}|8:acs:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}_[0-9a-fA-F]{8}[0-9a-fA-F-]{0,28})$"
)
"""The pattern of what is called."""

CalledNumber = Annotated[str, Field(pattern=CALLED_NUMBER)]
"""E.164, or the identity of an ACS user (``8:acs:RESOURCE_USER``), which web clients call where no number is bought."""

LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})$")]
"""BCP 47 with a region, as Azure Speech names its languages: en-US, es-MX, zh-Hans-CN."""

PhraseLanguage = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
"""A language, with its region where it matters: es, es-MX."""


Texts = str | dict[PhraseLanguage, str]
"""What is said: in the one language of whoever says it, or by language: {en: Hello., es: Hola.}."""


def in_language(texts: Mapping[str, _T], language: str) -> _T | None:
    """What is written for a language (es-MX), or for its base (es); ``None`` where nothing is."""
    return texts[language] if language in texts else texts.get(language.partition("-")[0])


def text_in(texts: Texts, language: str) -> str | None:
    """What is said in a language; ``None`` where it is written by language, and not in this one.

    What is written in one language only is that, whatever is spoken.
    """
    return texts if isinstance(texts, str) else in_language(texts, language)


def texts_of(texts: Texts) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text, with its place below the key."""
    if isinstance(texts, str):
        yield (), texts
    else:
        yield from (((language,), text) for language, text in texts.items())


class Spec(BaseModel):
    """A part of the store: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
