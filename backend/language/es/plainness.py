"""What leads to a value in Spanish, and how much may stand around one that is taken; in the plain spelling."""

import re

from backend.language.es.neutral import COVERAGE
from backend.language.plainness import Plainness

__all__ = ["PLAINNESS"]

_LEADING = frozenset(
    "mi me llamo nombre es soy el la los las lo un una que son fue seria numero aqui esta tengo y a de en le"
    " doy".split()
)
"""Words that lead to a value: "mi número es", "aquí le doy"."""

PLAINNESS = Plainness(
    words=COVERAGE.words,
    courtesies=COVERAGE.fillers,
    silent=COVERAGE.fillers | COVERAGE.answers | _LEADING,
    most={"code": 2, "money": 2},
    longest_place=7,
    at=re.compile(r"\barroba\b|@"),
    spelling=re.compile(r"\b[a-zñ],? (?:de|como|como en|de la) [a-zñáéíóú]{2,}\b"),
    mail_words=frozenset(
        "mi correo electronico electrónico email direccion dirección es el la lo que sería seria todo junto minúsculas"
        " minusculas mayúscula mayuscula letras letra con punto guion guión bajo medio raya número numero y eh este sí"
        " si bueno pues no cero uno dos tres cuatro cinco seis siete ocho nueve diez be ce de efe ge hache"
        " jota ka ele eme ene eñe pe cu ere erre ese te u uve ve equis ye zeta doble".split()
    ),
    one_letter=frozenset("aeiouy"),
    agreeing=frozenset("si claro correcto exacto perfecto".split()),
    turning=frozenset("pero excepto salvo sin mal espere solo aunque digo".split()),
)
"""The rule in Spanish."""
