"""Somebody needs help this very moment, in the language that is spoken, in another of the line, or in none of it."""

import pytest

from backend.engine.thinking.need import DESPAIR, PERIL, need_in
from backend.engine.thinking.spoken_language import OtherLanguage


@pytest.mark.parametrize(
    ("said", "other", "need"),
    [
        ("he is bleeding badly", None, PERIL),
        ("i want to kill myself", None, DESPAIR),
        ("i had an accident", None, ""),
        ("mi esposo está sangrando mucho", None, ""),
        ("mi esposo está sangrando mucho", OtherLanguage("es-US"), PERIL),
        ("hilfe", OtherLanguage(danger=True), PERIL),
        ("ich habe einen unfall gehabt", OtherLanguage(), ""),
    ],
)
def test_why_somebody_needs_help_now(said: str, other: OtherLanguage | None, need: str) -> None:
    assert need_in(said, "en-US", other) == need
