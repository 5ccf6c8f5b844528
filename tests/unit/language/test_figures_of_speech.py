"""Words of peril that are turns of speech or names need nobody's help; what stands beside them is heard."""

import pytest

from backend.engine.thinking.likely_danger import may_be_in_danger
from backend.engine.thinking.need import need_in

NO_NEED = [
    ("en-US", "he drives like a suicidal squirrel and he clipped my mirror"),
    ("en-US", "some suicidal driver cut me off and i hit the curb"),
    ("en-US", "that was a suicidal lane change and he dented my door"),
    ("en-US", "i'm bleeding money with these fees"),
    ("en-US", "these payments are drowning me"),
    ("en-US", "the late fees are choking me to death"),
    ("en-US", "my car's bleeding coolant"),
    ("es-MX", "maneja como suicida ese señor y me rayó la puerta"),
    ("es-MX", "los intereses me están ahogando"),
    ("es-MX", "me estoy ahogando en deudas"),
    ("es-MX", "me llamo socorro ramírez y quiero cambiar mi cita"),
    ("es-MX", "habla socorro hernández"),
    ("es-MX", "vivo en la calle socorro"),
]
IN_NEED = [
    ("en-US", "i'm bleeding money and my wife is bleeding from the head and can't breathe"),
    ("en-US", "the bills are choking me and i want to kill myself"),
    ("en-US", "my brother is suicidal and he has a knife"),
    ("en-US", "he's choking"),
    ("en-US", "there's no point in me any more i'm up on the bridge"),
    ("en-US", "i'm standing on the ledge and i've got nothing left"),
    ("es-MX", "me llamo socorro y mi esposo no respira"),
    ("es-MX", "socorro por favor"),
    ("es-MX", "las deudas me ahogan y me quiero matar"),
    ("es-MX", "mi hijo se está ahogando"),
    ("es-MX", "voy a estrellar el carro contra un poste ya no aguanto"),
    ("es-MX", "voy a aventarme al tren"),
]


@pytest.mark.parametrize(("language", "words"), NO_NEED)
def test_a_turn_of_speech_is_no_need(language: str, words: str) -> None:
    assert not need_in(words, language, None) and not may_be_in_danger(words, language)


@pytest.mark.parametrize(("language", "words"), IN_NEED)
def test_a_need_beside_it_or_like_it_is_heard(language: str, words: str) -> None:
    assert need_in(words, language, None)


def test_who_hangs_over_an_abyss_is_asked() -> None:
    assert may_be_in_danger("quedamos colgando en el borde del precipicio", "es-MX")
    assert not need_in("there's no point in me waiting any longer", "en-US", None)
    assert not need_in("iba a estrellar el carro contra un poste pero frené", "es-MX", None)
