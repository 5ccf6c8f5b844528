"""Asks the store's own questions: what its forms and lines would make of words."""

from typing import Any, Protocol

from backend.language.reading import Reading

__all__ = ["Ask", "outcome_of"]


class Ask(Protocol):
    """Reads an answer to a question of this kind of rows."""

    def __call__(self, kind: str, question: str, words: str, language: str = "en-US") -> Reading: ...


def outcome_of(reading: Reading, meant: Any) -> Any:
    """What a row is compared with: a value, "ask" or "none"; of a pair ("ask", value) what is offered, too."""
    if isinstance(meant, tuple):
        return reading.outcome, reading.value
    return reading.value if reading.outcome == "value" else reading.outcome
