"""A Spanish name, and what is told with it."""

import pytest

from backend.language.es.name_beside import told_with_it
from backend.language.es.words import folded


@pytest.mark.parametrize(
    ("plain", "own", "name"),
    [
        ("me dicen lupe pero soy guadalupe mora", True, "guadalupe mora"),
        ("todos me llaman la güera aunque en realidad me llamo rosa mora", True, "rosa mora"),
        ("me dicen lupe pero soy guadalupe mora", False, "me dicen lupe pero soy guadalupe mora"),
        ("es mi cuñada se llama rosa mora", False, "rosa mora"),
        ("es mi cuñada se llama rosa mora", True, "es mi cuñada se llama rosa mora"),
        ("a sus órdenes raúl mora", True, "raúl mora"),
        ("raúl mora igual que el pintor", True, "raúl mora"),
        ("raúl mora sin parentesco con el pintor", True, "raúl mora"),
        ("raúl mora se lo deletreo si quiere", True, "raúl mora"),
        ("raúl mora como la letra", True, "raúl mora como la letra"),
        ("yesenia mora con ye yesenia", True, "yesenia mora con ye"),
        ("mi esposa se llama eva pero yo soy raúl mora", True, "raúl mora"),
        ("raúl mora pero en la póliza dice raúl moral", True, "raúl moral"),
    ],
)
def test_the_name_stands_without_it(plain: str, own: bool, name: str) -> None:
    told = told_with_it(plain, folded(plain), own=own)
    assert told.name == name
    assert all(part in plain for part in told.beside)
