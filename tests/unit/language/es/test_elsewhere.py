"""What was on another day is no emergency now, in Spanish; who was somewhere else is not asked until they give up."""

import pytest

from backend.language.es.safety import read_safety


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("ayer se incendió mi carro", False),
        ("mi carro se incendió el martes", False),
        ("estuve atrapado una hora pero me sacaron", False),
        ("mi esposa quedó atrapada y la sacaron los bomberos", False),
        ("estuve atrapado y a ella la sacaron", True),
        ("mi esposa quedó atrapada y yo salí", True),
        ("me sacaron pero mi hijo sigue atrapado", True),
        ("se incendió anoche y todavía sale humo", True),
        ("mi esposa se desmayó anoche y no ha despertado", True),
        ("mi carro se está quemando", True),
        ("está inconsciente desde ayer", True),
    ],
)
def test_what_is_over_is_no_emergency_now(said: str, urgent: bool) -> None:
    assert read_safety(said).urgent is urgent


@pytest.mark.parametrize(
    ("said", "injured"),
    [
        ("no, estábamos adentro de la casa", False),
        ("no, estábamos durmiendo", False),
        ("estábamos en la casa", None),
        ("no, estábamos en la casa y mi esposa está sangrando", True),
    ],
)
def test_who_was_somewhere_else_is_well_where_a_no_goes_before(said: str, injured: bool | None) -> None:
    assert read_safety(said).injured is injured
