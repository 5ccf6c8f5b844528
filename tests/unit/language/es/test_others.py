"""Questions about somebody else's record, in Spanish."""

import pytest

from backend.language.others import is_about_others

THINGS = ("póliza", "seguro", "deducible")


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("¿qué cubre la póliza de mi hermano?", True),
        ("¿cuánto es el deducible de mi esposa?", True),
        ("¿qué cubre la póliza de Juan Pérez?", True),
        ("¿y el seguro de la señora?", True),
        ("¿qué cubre mi póliza?", False),
        ("¿cuánto es mi deducible?", False),
        ("¿mi póliza de seguro cubre la renta?", False),
        ("¿qué dice la póliza de Robert Johnson?", False),
        ("¿la póliza de mi carro cubre un choque?", False),
        ("¿mi hijo está cubierto?", False),
    ],
)
def test_whose_record_it_is(question: str, others: bool) -> None:
    assert is_about_others("es-US", question, "Robert Johnson", THINGS, ("colisión", "renta")) is others


def test_without_things_it_is_the_callers_own() -> None:
    assert not is_about_others("es-US", "la póliza de mi hermano", "Robert Johnson", (), ())
