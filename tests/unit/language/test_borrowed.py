"""A word of the other language that the caller lives in is no failed answer; a secret or a name is never read so."""

from datetime import datetime
from typing import Any

import pytest

from backend.language.asked import Asked, Choice, Kind
from backend.language.consent import consent_in
from backend.language.named import language_named

NOW = datetime(2026, 11, 21, 12)
HURT = (Choice(True, ("hurt", "herido", "lastimado")), Choice(False, ("nobody hurt",)))


def read(kind: Kind, words: str, language: str, question: str = "") -> Any:
    choices = HURT if kind == "yes_no" else ()
    asked = Asked(
        kind, NOW, "US", question=question, choices=choices, past=True, digits=4 if kind == "digits" else None
    )
    reading = language_named(language).read(words, asked)
    return reading.value if reading.outcome == "value" else reading.outcome


@pytest.mark.parametrize(
    ("kind", "words", "language", "value"),
    [
        ("yes_no", "sí it is", "en-US", True),
        ("yes_no", "no gracias a dios", "en-US", False),
        ("date", "ayer", "en-US", "2026-11-20"),
        ("date", "it was el viernes", "en-US", "2026-11-20"),
        ("integer", "dos", "en-US", 2),
        ("person", "yo", "en-US", {"who": "caller"}),
        ("person", "nadie", "en-US", {"who": "nobody"}),
        ("person", "mi hija ana", "en-US", {"who": "other", "name": "Ana", "relationship": "child"}),
        ("person", "gracias", "en-US", "none"),
        ("person", "maria dos santos", "en-US", {"who": "other", "name": "Maria dos Santos"}),
        ("person", "myself", "es-US", {"who": "caller"}),
        ("person", "nobody", "es-US", {"who": "nobody"}),
        ("person", "hello", "es-US", "none"),
        ("person", "my husband", "es-US", {"who": "other", "relationship": "spouse"}),
        ("yes_no", "nope nada", "es-US", False),
        ("yes_no", "yeah", "es-US", True),
        ("date", "yesterday", "es-US", "2026-11-20"),
        ("integer", "two", "es-US", 2),
    ],
)
def test_an_answer_in_both_languages_is_understood(kind: Kind, words: str, language: str, value: object) -> None:
    questions = {"en-US": "Is it?", "es-US": "¿Es así?"}
    if kind == "person":
        questions = {"en-US": "Who was driving?", "es-US": "¿Quién manejaba?"}
    assert read(kind, words, language, questions[language]) == value


def test_a_secret_is_never_read_so() -> None:
    assert read("digits", "uno dos tres cuatro", "en-US") in ("ask", "none")


@pytest.mark.parametrize(
    ("words", "language", "consent"),
    [
        ("sí", "en-US", "yes"), ("sí correct", "en-US", "yes"), ("sí but it was monday", "en-US", "correction"),
        ("yes", "es-US", "yes"), ("yeah está bien", "es-US", "yes"), ("nope", "es-US", "no"),
        ("ayer", "en-US", "correction"),
    ],
)  # fmt: skip
def test_a_yes_in_the_other_language_is_one(words: str, language: str, consent: str) -> None:
    assert consent_in(language, words, asked="Is that all correct?") == consent
