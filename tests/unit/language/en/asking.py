"""Asks the store's own questions: what its forms and lines would make of words."""

from typing import Protocol

from backend.language.reading import Reading

__all__ = ["Ask"]


class Ask(Protocol):
    """Reads an answer to a question of this kind of rows."""

    def __call__(self, kind: str, question: str, words: str, language: str = "en-US") -> Reading: ...
