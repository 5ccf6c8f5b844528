"""What callers say beside the matter in Spanish; nothing with more in it is taken for it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick_yaml import read_yaml

from backend.language.es.beside import is_back, is_present, read_beside

TABLE = read_yaml((Path(__file__).resolve().parents[3] / "readers/asides_es.yaml").read_text())
ASIDES = [(kind, text) for kind, texts in TABLE.items() for text in texts]
ANSWERS = ["mi código es ocho cero dos cero dos", "fue el martes", "mi hijo iba manejando", "me pegaron por atrás"]


@pytest.mark.parametrize(("kind", "text"), ASIDES)
def test_the_whole_of_it_is_an_aside(kind: str, text: str) -> None:
    assert read_beside(text) == (None if kind == "none" else kind)


@given(st.sampled_from([text for kind, text in ASIDES if kind != "none"]), st.sampled_from(ANSWERS), st.booleans())
def test_an_answer_beside_it_is_never_lost(aside: str, answer: str, first: bool) -> None:
    assert read_beside(f"{answer} {aside}" if first else f"{aside} {answer}") is None


@given(st.lists(st.sampled_from(" ".join(text for _, text in ASIDES).split()), max_size=16))
def test_whatever_is_said_nothing_is_raised(said: list[str]) -> None:
    read_beside(" ".join(said))


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("sí", True),
        ("sí, aquí estoy", True),
        ("aquí sigo", True),
        ("bueno", True),
        ("sí la luz se fue", False),
        ("no", False),
    ],
)
def test_who_is_still_there(text: str, present: bool) -> None:
    assert is_present(text) is present


@pytest.mark.parametrize(
    ("text", "back"),
    [("ya lo encontré", True), ("ya estoy", True), ("aquí está", True), ("listo", True), ("ya fue el martes", False)],
)
def test_who_is_there_again(text: str, back: bool) -> None:
    assert is_back(text) is back
