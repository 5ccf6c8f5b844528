"""A language: its readers, its sayings, and the words that turn-taking needs."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from backend.language.account import Account
from backend.language.asked import Asked, Kind
from backend.language.clause_words import ClauseWords
from backend.language.reading import Reading
from backend.language.talk import Talk
from backend.language.turn_words import TurnWords

__all__ = ["Language", "Reader"]

Reader = Callable[[str, Asked], Reading]
"""Reads the words of one answer. Pure, under 2 ms when warm, raises nothing whatever the words are."""


class Language(Protocol):
    """One language, as the engine, forms and identities see it."""

    @property
    def code(self) -> str:
        """``en``, ``es``: what the language of a call ("es-MX") begins with."""
        ...

    @property
    def readers(self) -> Mapping[Kind, Reader]:
        """The kinds it can read. Of any other kind a value is the model's, and is read back for a yes."""
        ...

    @property
    def account(self) -> Account:
        """How stories are read and said back."""
        ...

    @property
    def talk(self) -> Talk:
        """What is said about the conversation itself, and of people in need."""
        ...

    @property
    def turns(self) -> TurnWords:
        """By which words the end of a turn is judged."""
        ...

    @property
    def clauses(self) -> ClauseWords:
        """Where what is spoken may be cut."""
        ...

    def read(self, words: str, asked: Asked) -> Reading:
        """The reading of ``words``; an ``ask`` without a value where it has no reader for the kind."""
        ...

    def expected(self, asked: Asked) -> tuple[str, ...]:
        """What answers to a question sound like, the likeliest first, so that a recognizer can be told; often empty."""
        ...

    def say(self, kind: Kind, value: Any, asked: Asked) -> str:
        """The value as a clause that can be spoken: a date in words, digits one by one. Never empty."""
        ...
