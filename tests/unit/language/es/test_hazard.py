"""Un lugar que está por hacer daño, y lo que ya pasó."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "el agua está subiendo", "se está metiendo el agua", "nos estamos hundiendo",
    "hay un cable encima echando chispas", "estamos de cabeza", "estamos colgando del puente",
    "un cable de luz cayó en mi carro y mi hijo está adentro", "hay un cable encima del coche y seguimos adentro",
    "se cayó el poste sobre la camioneta y mi esposa está atrapada adentro",
    "una línea eléctrica tocando el carro y estoy todavía dentro",
    "mi bebé está encerrado en el carro", "se me quedaron las llaves adentro y mi niña está adentro con el calor",
]  # fmt: skip
NONE = [
    "el agua está fría", "estaba lloviendo", "mi hijo está adentro de la casa", "se me cayó un cable hace una semana",
    "un cable cayó en mi carro pero no hay nadie adentro", "un poste cayó sobre la barda", "choqué contra el poste",
    "el cable de la cámara está en el carro", "se está metiendo el sol", "no sé dónde está la póliza",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_where_harm_is_about_to_come_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_or_no_danger_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
