"""Quien está en peligro por otro, y lo que solo suena así."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "el otro chofer trae una pistola", "me viene siguiendo", "nos andan persiguiendo", "no me deja salir",
    "estoy escondida", "me está escuchando no puedo hablar", "mi ex está afuera gritando", "dice que me va a matar",
    "sigue aquí con un cuchillo", "hay un hombre con una pistola afuera", "está parado enfrente con su machete",
    "todavía anda ahí con una navaja", "hay alguien con un arma en la calle", "los tipos siguen aquí con el rifle",
    "sacó un cuchillo", "me está amenazando", "tengo miedo de que regrese",
]  # fmt: skip
NONE = [
    "nadie me sigue", "mi mamá me va a matar", "me va a matar mi papá", "con una piedra me rompieron el vidrio ayer",
    "traigo una camioneta",
    "hay un vecino con un hacha cortando el árbol", "está con una pistola de agua",
    "estaba ahí con su navaja ayer", "hay un señor con una grúa", "está en la calle cuchillo",
    "tiene los papeles", "mi esposa está afuera",
    "no me dejan salir del trabajo hasta las cinco", "dice que no fue su culpa", "me pegó por atrás",
    "tengo un golpe en la defensa",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_followed_held_or_not_free_to_speak_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_only_sounds_like_a_threat_is_none(said: str) -> None:
    assert not needs_help_now(said)
