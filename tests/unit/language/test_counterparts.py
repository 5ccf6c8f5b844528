"""Names that sound alike and are of two people."""

import pytest

from backend.language.counterparts import names_another
from backend.language.parts import parts_reader


@pytest.mark.parametrize(
    ("said", "known", "another"),
    [
        ("mario hernandez", "maria hernandez", True),
        ("joan smith", "john smith", True),
        ("jean smith", "john smith", True),
        ("smith joan", "john smith", True),
        ("danielle brown", "daniel brown", True),
        ("john smithson", "john smith", True),
        ("john smith", "john smithson", True),
        ("juan garcia", "juana garcia", True),
        ("jon smith", "john smith", False),
        ("john smith", "john smith", False),
        ("lyndon garcia", "linda garcia", False),
        ("caring miller", "karen miller", False),
        ("john june smith", "john smith", False),
        ("johns mitt", "john smith", False),
        ("", "john smith", False),
    ],
)
def test_a_name_of_another_is_no_misheard_one(said: str, known: str, another: bool) -> None:
    assert names_another(said.split(), known.split()) is another


@pytest.mark.parametrize("tag", ["en-US", "es-MX"])
@pytest.mark.parametrize(("said", "name"), [("mario hernández", "María Hernández"), ("luisa garcía", "Luis García")])
def test_both_languages_let_in_nobody_by_it(tag: str, said: str, name: str) -> None:
    reader = parts_reader(tag)
    assert reader is not None and not reader.same_person(said, name) and reader.same_person(name, name)
