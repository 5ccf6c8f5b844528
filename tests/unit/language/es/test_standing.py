"""What keeps a Spanish caller from showing who they are."""

import pytest

from backend.language.standing import StandingWords, obstacle

WORDS = StandingWords(
    ("titular", "asegurado"), ("póliza", "seguro"), ("coche", "accidente", "reclamo"),
    ("código postal", "seguro social", "últimos cuatro"),
)  # fmt: skip
SAID = {
    "not_the_holder": [
        "soy su esposa", "soy la esposa de Robert Johnson", "llamo por mi hermano", "llamo de parte de mi papá",
        "soy corredor de seguros", "la póliza está a nombre de mi esposo", "es la póliza de mi papá",
        "no soy el titular",
        "no tengo póliza", "hablo en nombre de mi mamá", "la póliza no es mía",
    ],
    "does_not_know": [
        "no lo tengo a la mano", "no me acuerdo de los últimos cuatro", "no sé", "no traigo la tarjeta",
        "no sé mi código postal", "se me olvidó la clave", "no lo traigo conmigo", "ni idea",
    ],
    "refuses": [
        "no se lo voy a decir", "prefiero no decirlo", "eso es privado", "no quiero dar mi seguro social",
        "me niego", "no es asunto suyo",
    ],
    "": [
        "llamo por un accidente", "soy Robert Johnson", "mi esposa iba conmigo", "soy el titular", "ocho cero dos",
        "llamo para reportar un accidente", "mi hijo tuvo un accidente", "llamo por mi coche", "sí", "no",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("found", "text"), [(found, text) for found, texts in SAID.items() for text in texts])
def test_what_stands_in_the_way(found: str, text: str) -> None:
    assert obstacle("es-US", text, WORDS) == found


def test_where_the_language_cannot_tell() -> None:
    assert obstacle("fr-FR", "je ne sais pas", WORDS) == "does_not_know"
    assert obstacle("fr-FR", "je suis sa femme", WORDS) == ""
