"""Spanish words by which the end of a turn is judged."""

import re
from collections.abc import Sequence

from backend.language.es.digits import one_by_one, runs_of_digits
from backend.language.es.numbers import in_figures
from backend.language.es.places import CITIES, STATES
from backend.language.es.words import folded, said
from backend.language.turn_words import TurnWords

__all__ = ["TURN_WORDS", "digits_said"]

_TRAILING = frozenset(
    (
        "y e o u pero porque que el la los las un una unos unas mi mis su sus nuestro nuestra de del a al en "
        "con sin para "
        "por desde hasta entre sobre como cuando donde quien cual si es era fue son estaba iba muy más eh este "
        "pues número"
    ).split()
)
_SHORT_ANSWERS = frozenset(
    "sí si no correcto claro exacto bueno gracias adiós dale ok okay perfecto nadie ninguno yo".split()
)
_STRANDED = re.compile(
    r"\b(?:qué|que|cuál|cual|quién|quien|cómo|como|dónde|donde|cuánto|cuanto)\b(?: [\w'’]+){2,} (?:es|son|era|fue)$"
    r"|\b(?:no|cuánto|cuanto) .*\b(?:más|muy)$",
    re.IGNORECASE,
)
_ASKING = frozenset(
    "qué que cuál cual dónde donde cuándo cuando quién quien cómo como cuánto cuanto cuántos puede podría me es hay"
    " tiene tienen".split()
)
_WISH = re.compile(
    r"\b(?:puede|podría|podria|pudiera|me ayuda|me puede)\b"
    r"|\b(?:quiero|quisiera|necesito|me gustaría|deseo) (?:saber|preguntar|hablar|reportar|hacer|cancelar|cambiar|pagar"
    r"|checar|ver)\b|\bsi (?:mi|usted|me|puedo|cubre)\b",
    re.IGNORECASE,
)
_ONLY_A_YEAR = re.compile(r"^(?:(?:es|era|un|una|del|de|el|la|anio|ano|modelo|mi) )*(?:19|20)\d\d$")
_DIGIT_WORDS = {
    name: str(value) for value, name in enumerate("cero uno dos tres cuatro cinco seis siete ocho nueve".split())
}
_LONGEST_PLACE = 4


def digits_said(text: str) -> str:
    """All digits, in order: ``"ochenta doscientos"`` is 80200."""
    return "".join(run.value for run in runs_of_digits(one_by_one(said(text).plain)))


def _is_only_a_year(text: str) -> bool:
    return bool(_ONLY_A_YEAR.match(said(text).plain))


def _ends_in_place(text: str) -> bool:
    tokens = said(text).plain.split()
    ends = (" ".join(tokens[-length:]) for length in range(1, min(_LONGEST_PLACE, len(tokens)) + 1))
    return any(end in CITIES or end in STATES for end in ends)


def _in_figures(words: Sequence[str]) -> Sequence[str]:
    return in_figures([folded(word) for word in words])


TURN_WORDS = TurnWords(
    trailing=_TRAILING,
    short_answers=_SHORT_ANSWERS,
    farewells=frozenset("gracias adiós".split()),
    stranded=_STRANDED,
    asking=_ASKING,
    polite=frozenset({"favor", "gracias"}),
    wish=_WISH,
    year=re.compile(r"\b(?:19|20)\d\d\b|\bdos mil\b|\bmil novecientos\b", re.IGNORECASE),
    name_lead=re.compile(
        r"^.*\b(?:me llamo|mi nombre es|nombre es|soy|habla|le habla|es|a nombre de)\b", re.IGNORECASE
    ),
    is_only_a_year=_is_only_a_year,
    ends_in_place=_ends_in_place,
    digits=digits_said,
    in_figures=_in_figures,
    digit_words=_DIGIT_WORDS,
    written={"pesos": "", "dólares": "", "dolares": "", "primero": "1"},
    hesitations=frozenset("eh este mm em um".split()),
)
