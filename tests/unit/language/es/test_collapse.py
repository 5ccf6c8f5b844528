"""Alguien que no da señales, en palabras de quien tiene miedo, y lo que no lo es."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "mi abuelita y no me contesta", "mi niño está temblando todo y se le van los ojos",
    "hay un señor tirado en la calle", "mi papá no despierta", "le sale sangre de la cabeza", "no siento al bebé",
    "mi esposo murió en el choque", "no tengo mi insulina", "todo me da vueltas", "salió volando mi hijo",
    "se tomó todas las pastillas", "ya no veo nada",
]  # fmt: skip
NONE = [
    "mi agente no contesta el teléfono", "llamé a mi agente y no me contesta", "el señor no habla inglés",
    "el carro está tirado en la calle", "no hay nadie tirado", "mi niño está bien", "no me acuerdo de la hora",
    "no recuerdo la calle", "no veo nada", "no pos no veo nada está muy oscuro",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_somebody_who_gives_no_sign_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_collapse_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
