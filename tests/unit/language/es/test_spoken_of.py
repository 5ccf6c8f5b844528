"""De quien se habló como de otra persona, no se es, se den los datos que se den."""

import pytest

from backend.language.es.spoken_of import speaks_of

OF_ANOTHER = [
    "trabajo para juan pérez y quiero ver su deducible", "mi inquilino juan pérez chocó y me dejó sus datos",
    "llamo de parte de juan pérez", "necesito la dirección del señor pérez", "juan pérez quiere saber cuánto paga",
    "llamo por juan pérez", "la póliza de juan pérez",
]  # fmt: skip
OF_THEMSELVES = [
    "juan pérez", "soy juan pérez y tuve un choque", "me llamo juan pérez", "habla juan pérez",
    "mi nombre es juan pérez",
    "es juan pérez", "le habla juan pérez", "mi esposa ana pérez iba conmigo",
]  # fmt: skip


@pytest.mark.parametrize("said", OF_ANOTHER)
def test_who_is_named_as_somebody_else(said: str) -> None:
    assert speaks_of(said, "Juan Pérez")


@pytest.mark.parametrize("said", OF_THEMSELVES)
def test_who_names_themselves(said: str) -> None:
    assert not speaks_of(said, "Juan Pérez")


def test_no_pattern_of_a_name_is_made_where_nobody_can_be_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """``re`` would keep it beyond the call."""
    monkeypatch.delattr("re.finditer")
    assert not speaks_of("soy juan pérez", "Juan Pérez")
