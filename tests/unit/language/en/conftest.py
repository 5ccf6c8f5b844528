"""The questions of the store that comes with the project."""

import pytest
from shipped_store import shipped_store

from backend.agents.understanding import Understanding, read
from backend.language.reading import Reading
from backend.tool_store.built_in_names import BUILT_IN
from tests.unit.language.en.asking import Ask

NOW = "2026-11-25T18:40"


@pytest.fixture(scope="session")
def store() -> Understanding:
    """What the project's own forms and lines ask."""
    return Understanding(shipped_store(BUILT_IN))


@pytest.fixture(scope="session")
def ask(store: Understanding) -> Ask:
    """Reads an answer to one of its questions."""

    def asking(kind: str, question: str, words: str, language: str = "en-US") -> Reading:
        row = {"kind": kind, "question": question, "words": words, "language": language, "now": NOW}
        return read(row, store.of_row(row))

    return asking
