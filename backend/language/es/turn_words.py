"""Spanish words by which the end of a turn is judged."""

import re
from collections.abc import Sequence

from backend.language.es.digits import one_by_one, runs_of_digits
from backend.language.es.numbers import in_figures
from backend.language.es.places import CITIES, STATES
from backend.language.es.words import folded, said
from backend.language.turn_words import TurnWords, ends_in_one

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
    "qué que cuál cual dónde donde cuándo cuando quién quien cómo como cuánto cuanto cuántos puede podría"
    " tiene tienen".split()
)
_WISH = re.compile(
    r"\b(?:puede|podría|podria|pudiera|me ayuda|me puede)\b"
    r"|\b(?:quiero|quisiera|necesito|me gustaría|deseo) (?:saber|preguntar|hablar|reportar|hacer|cancelar|cambiar|pagar"
    r"|checar|ver)\b|\bsi (?:mi|usted|me|puedo|cubre)\b",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"\b(?:me )?(?:puede|podría|podria|pudiera) (?:usted )?(?:decir|explicar|ayudar a|mostrar|dar)(?:me)?$"
    r"|\b(?:sabe|sabes|saben)(?: (?:cuánto|cuanto|cómo|como|qué|que|cuándo|cuando))?$"
    r"|\b(?:quiero|quisiera|necesito|me dijeron)$|\bno sé si\b|\b(?:debe|puede|ha|había|habia) (?:haber )?sido$"
    r"|\b(?:quiero|quería|queria|quisiera|necesito) (?:saber|preguntar|decir|ver)(?:le)?$"
    r"|\b(?:hablar) con (?:alguien|una persona|usted)$"
    r"|\b(?:y|pero|entonces) (?:cuando|mientras|como|si|después de|antes de) (?:\w+ ?){1,6}$",
    re.IGNORECASE,
)
_ONLY_LEADS = re.compile(
    r"^(?:(?:hola|bueno|buenos|buenas|días|dias|tardes|noches|bien|pues|mire|oiga|disculpe|perdón|perdon|espere|este|eh"
    r"|primero|sí|si)\b\W*)+$",
    re.IGNORECASE,
)
_SCENE = re.compile(
    r"^(?!.*\b(?:cuando|y|entonces)\b).*"
    r"\b(?:estaba|estábamos|estabamos|iba|íbamos|ibamos|venía|venia|veníamos|veniamos)\b",
    re.IGNORECASE,
)
_INTRODUCING = re.compile(
    r"\b(?:me llamo|mi nombre es|soy|habla|le habla) \w+(?: \w+){0,3}$"
    r"|\b(?:una|otra) (?:pregunta|duda)$|\bun problema$",
    re.IGNORECASE,
)
_DICTATING = re.compile(
    r"\b(?:correo|placa|placas|número|numero|dirección|direccion|código|codigo|póliza|poliza)\b"
    r"(?: \w+){0,2} (?:es|era|son)\b",
    re.IGNORECASE,
)
_ENDS_IN_DIGITS = re.compile(
    r"\b(?:\d+|[b-df-hj-nq-tv-xz]|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|dieci\w+|veint\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)\W*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:y|pero|cuando|mientras|porque|así que|después|entonces|hasta|que)\b", re.IGNORECASE)
_SUBJECTS = frozenset("yo él ella usted nosotros ellos ellas ustedes me se nos hay estaba iba era".split())
_TELLS_TIME = re.compile(
    r"\ba (?:la|las)\b|\b(?:en|por|de) la (?:mañana|tarde|noche)\b|\bal? (?:mediodía|mediodia|medianoche)\b"
    r"|\b[ap]\.?m\b",
    re.IGNORECASE,
)
_ANSWERS_FIRST = re.compile(r"^(?:sí|si|no|claro|correcto)\b", re.IGNORECASE)
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
    return ends_in_one(said(text).plain.split(), CITIES, STATES, longest=_LONGEST_PLACE)


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
    hanging=_HANGING,
    only_leads=_ONLY_LEADS,
    scene=_SCENE,
    introducing=_INTRODUCING,
    dictating=_DICTATING,
    ends_in_digits=_ENDS_IN_DIGITS,
    joined=_JOINED,
    subjects=_SUBJECTS,
    tells_time=_TELLS_TIME,
    answers_first=_ANSWERS_FIRST,
)
