"""Who is hurt, and where the caller is, in Spanish."""

import pytest

from backend.language.es.safety import read_safety

SAID: list[tuple[str, bool | None, bool | None, bool]] = [
    ("no, todos estamos bien", False, None, False),
    ("no estamos todos bien", False, None, False),
    ("nadie, gracias a dios", False, None, False),
    ("no nadie salió lastimado y estoy en mi casa", False, True, False),
    ("no, gracias a dios solo fue el susto", False, None, False),
    ("todos salimos ilesos", False, None, False),
    ("no hay heridos", False, None, False),
    ("un chichón pero estoy bien", True, None, False),
    ("no me pasó nada", False, None, False),
    ("el carro estaba estacionado", False, True, False),
    ("no, y sí", False, True, False),
    ("estamos bien, ya estamos a la orilla", False, True, False),
    ("mi hijo está sangrando", True, None, True),
    ("estoy atrapado en el carro", True, None, True),
    ("auxilio", True, None, True),
    ("hay llamas", True, None, True),
    ("salen llamas del motor", True, None, True),
    ("es una emergencia", True, None, True),
    ("necesito los servicios de emergencia", True, None, True),
    ("mi hijo se pegó y no contesta", True, None, True),
    ("le hablo a mi esposa y no contesta", True, None, True),
    ("choqué con una grúa y el chofer no responde", True, None, True),
    ("necesito auxilio vial", None, None, False),
    ("manden un vehículo de emergencia", True, None, True),
    ("hay como llamas en el motor", True, None, True),
    ("Ya marqué a la asistencia. No responde, tiene los ojos cerrados", True, None, True),
    ("llamé a la grúa y no responde mi hijo", True, None, True),
    ("¿cómo te llamas?", None, None, False),
    ("si me llamas te digo", None, None, False),
    ("llamé a mi agente y no contesta", None, None, False),
    ("Llamé a mi agente, no me contesta.", None, None, False),
    ("ya marqué al número de la aseguradora pero no contestan", None, None, False),
    ("prendí las luces de emergencia", None, None, False),
    ("jalé el freno de emergencia", None, None, False),
    ("mi mamá no puede respirar", True, None, True),
    ("mi papá está inconsciente", True, None, True),
    ("hay humo saliendo del motor", True, None, True),
    ("necesito una ambulancia", True, None, True),
    ("mi hijo no responde", True, None, True),
    ("no puede mover las piernas", True, None, True),
    ("hay dos heridos graves", True, None, True),
    ("yo estoy bien pero mi hija está sangrando mucho", True, None, True),
    ("me duele el cuello", True, None, False),
    ("sí, mi esposa se golpeó la cabeza", True, None, False),
    ("me rompí el brazo", True, None, False),
    ("hay un herido", True, None, False),
    ("nadie menos mi esposa", True, None, False),
    ("todos bien excepto mi hija", True, None, False),
    ("solo mi hija", True, None, False),
    ("no estoy bien", True, None, False),
    ("mi esposa no está bien", True, None, False),
    ("no eso no está bien", None, None, False),
    ("eso está mal", None, None, False),
    ("la ambulancia ya se llevó a mi hijo", True, None, False),
    ("no sale humo ni nada", None, None, False),
    ("no puedo mover el carro", None, None, False),
    ("me pegó un carro por atrás", None, None, False),
    ("se quebró el vidrio", None, None, False),
    ("no estoy seguro", None, None, False),
    ("estamos en medio de la carretera", None, False, False),
    ("no es un lugar seguro", None, False, False),
    ("sí", None, None, False),
    ("no", None, None, False),
]


@pytest.mark.parametrize(("text", "injured", "safe", "urgent"), SAID)
def test_what_is_said_of_people(text: str, injured: bool | None, safe: bool | None, urgent: bool) -> None:
    told = read_safety(text)
    assert (told.injured, told.safe, told.urgent) == (injured, safe, urgent)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("nadie está herido", False),
        ("todos estamos bien", False),
        ("estoy bien", None),
        ("yo estoy bien, me chocaron", None),
        ("todos bien menos mi hija", True),
        ("mi hijo se golpeó la cabeza", True),
    ],
)
def test_unasked_only_what_speaks_of_everybody_says_that_nobody_is_hurt(text: str, injured: bool | None) -> None:
    assert read_safety(text, False).injured is injured


def test_what_needs_no_ambulance() -> None:
    assert read_safety("me duele el cuello un poco").minor
    assert not read_safety("me duele un poco el cuello, y mi hijo se rompió el brazo").minor
    assert read_safety("ya lo atendieron los paramédicos").cared_for


@pytest.mark.parametrize(
    ("said", "injured"),
    [
        ("a mí no pero el venado se murió", False), ("solo el perro", False), ("el perro está herido", None),
        ("mi hijo y el perro están heridos", True), ("no pero estoy enojado", False), ("no, nomás asustada", False),
        ("no pero me duele la espalda y estoy molesto", True),
    ],
)  # fmt: skip
def test_an_animal_and_a_bad_mood_hurt_nobody(said: str, injured: bool | None) -> None:
    told = read_safety(said)
    assert (told.injured, told.urgent) == (injured, False)


@pytest.mark.parametrize(
    "said", ["no creo pero no puedo sacar la pierna", "tengo el pie atorado", "mi brazo está atascado"]
)
def test_who_is_held_fast_needs_help_now(said: str) -> None:
    assert read_safety(said).urgent


@pytest.mark.parametrize(
    ("said", "unsure", "driving"),
    [
        ("creo que no, estoy temblando", True, False), ("que yo sepa no", True, False), ("no creo", True, False),
        ("no sé", False, False), ("voy manejando", False, True), ("sigo manejando", False, True),
        ("estaba manejando a casa", False, False),
    ],
)  # fmt: skip
def test_who_is_not_sure_and_who_drives_while_they_speak(said: str, unsure: bool, driving: bool) -> None:
    told = read_safety(said)
    assert (told.injured, told.unsure, told.driving) == (None, unsure, driving)
