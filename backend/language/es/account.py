"""A Spanish caller's own account: whether it tells what happened, its clauses, and how it is said back to them."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from backend.language.account import Account
from backend.language.asked import Asked
from backend.language.es.addresses import read_address
from backend.language.es.agreeing import agreement
from backend.language.es.asides import aside, leading_aside
from backend.language.es.clauses import clauses_of
from backend.language.es.only_asking import only_asks
from backend.language.es.places import STATES
from backend.language.es.reported import has_reported, means_the_old_one
from backend.language.es.several_people import companions, read_people
from backend.language.es.words import folded, said
from backend.language.spans import between
from backend.language.turn_memory import remembered_list

__all__ = ["ACCOUNT"]

_SMALL = frozenset(
    "un una el la los las yo mi mis me nos se le lo de en a al con por para y o es fue era esta estaba hay "
    "habia quiero "
    "quisiera necesito hola buenas buenos tardes dias noches si no por favor gracias eh este pues bueno que porque "
    "tengo tuve hacer puedo puede ayuda ayudar llamo llamando aqui muy".split()
)
_TELLS = 2
_OPENERS = re.compile(
    r"^(?:(?:hola|bueno|buen[oa]s (?:d[ií]as|tardes|noches)|eh|este|pues|mire|oiga|s[ií]|no|lo que pas[oó] es que"
    r"|resulta que|es que)[,. ]+)+",
    re.IGNORECASE,
)
_PERSONS = {
    "yo": "usted", "mi": "su", "mis": "sus", "mío": "suyo", "mía": "suya", "me": "le", "mí": "usted",
    "conmigo": "con usted",
    "nosotros": "ustedes", "nos": "les", "nuestro": "su", "nuestra": "su", "tuve": "tuvo", "fui": "fue", "hice": "hizo",
    "estuve": "estuvo", "soy": "es", "estoy": "está", "tengo": "tiene", "di": "dio", "vi": "vio",
    "pude": "pudo",
}  # fmt: skip
_FIRST = re.compile(r"(?P<stem>\w{2,}?)(?P<end>qué|gué|cé|é|í)$")
_THIRD = {"qué": "có", "gué": "gó", "cé": "zó", "é": "ó", "í": "ió"}
_ROUGH = re.compile(
    r"\b(?:pinche\w*|pendej\w*|cabron\w*|ching\w*|put[oa]s?|mierda|carajo|joder|verga|guey|wey|idiotas?|imbecil\w*"
    r"|estupid\w*|baboso\w*|maldit[oa]s?)\b"
)
"""Said in anger; nobody wants to hear it read back."""
_NO_VERB = frozenset("aquí allí así ahí también después café sí qué porqué".split())
_DENIED = re.compile(r"^(?:(?:pues|bueno|eh|y|pero|perdon) )*no (?:fue|era|es|fueron|estaba|iba|habia|hubo)\b")
_NIGHT = re.compile(
    r"\b(?:anoche|antenoche|anteanoche)\b"
    r"|\b(?:ayer|lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:en|por|a) la noche\b"
)
_COMES_BACK = re.compile(
    r"\b(?:llamo|llame|llamando|hablo|hable|marco|marque) (?:otra vez|de nuevo|antes|hace rato|ayer)\b"
    r"|\bvuelvo a (?:llamar|hablar|marcar)\b|\bse (?:me )?corto\b|\bse (?:cayo|fue) la llamada\b"
    r"|\bya (?:habia )?(?:llame|llamado|reporte|reportado|hable|hablado)\b"
    r"|\b(?:seguir|terminar|continuar) (?:con )?(?:mi|el) reporte\b"
    r"|\bmi (?:llamada|reporte) (?:anterior|de (?:antes|ayer))\b"
)
_CORRECTS = re.compile(r"\b(?:no|espere|espera|perdon|digo|mejor dicho|quise decir|en realidad|me equivoque|corrijo)\b")
_ANSWERED = re.compile(r"^(?:no|sí|si|espere|perdón|bueno|pues)\b[ ,]*")
_ON_A_STREET = re.compile(
    r"\b(?:la |el )?(?:calle|avenida|bulevar|boulevard|calzada|carretera|autopista|esquina|interestatal"
    r"|periferico|paseo)\b"
)
_MATTER = r"(?:accidente|choque|reporte|reclamo|caso|asunto|incidente|pedido|cita)"
_ANOTHER = re.compile(rf"\b(?:otro|nuevo|segundo|distinto) {_MATTER}\b|\b{_MATTER} (?:nuevo|distinto|diferente)\b")
_WANTS_NEW = re.compile(
    r"\b(?:1 nuevo|otra cosa|empezar (?:de nuevo|otra vez|desde)|no (?:es )?ese|no es el "
    r"mismo|otro)\b|^(?:(?:no|si|es|algo|un|una|cosa|quiero|reportar) )*nuev[oa]$"
)
_TIME = r"(?:(?:las?|el) )?(?:\S+)(?: y (?:media|cuarto|pico|\d+))?(?: (?:de|por|en) la \w+)?"
_BETWEEN = (
    re.compile(rf"^(?P<before>.*?)\bentre (?P<first>{_TIME}) y (?P<last>.+)$"),
    re.compile(rf"^(?P<before>.*?)\b(?:de|desde) (?P<first>{_TIME}) (?:a|hasta) (?P<last>.+)$"),
)
_NOT = re.compile(r"\b(?:no|nunca|tampoco)\b")
_ORDINALS = {
    "primero": 0,
    "primera": 0,
    "primer": 0,
    "segundo": 1,
    "segunda": 1,
    "tercero": 2,
    "ultimo": -1,
    "ultima": -1,
}
_HARMLESS = frozenset(
    "el la los las mi mis es era fue ese esa esta este si claro correcto de del que con y por supuesto exacto "
    "pues eh uno "
    "una un carro coche auto camioneta mio mia se dice gracias asi".split()
)


def _tells(text: str, events: Collection[str], announcing: Collection[str]) -> bool:
    tokens = said(text).plain.split()
    plain_events = {folded(word) for word in events}
    plain_small = _SMALL | {folded(word) for word in announcing}
    told = [token for token in tokens if token not in plain_small]
    return bool(set(tokens) & plain_events) and len(told) >= _TELLS


def _is_no_account(text: str) -> bool:
    words = said(text)
    return words.asks or aside(words) == "unknown" or leading_aside(words) == "question"


def _second_person(text: str) -> str:
    """`choqué con mi carro` becomes `chocó con su carro`; empty where somebody is called names."""
    if _ROUGH.search(folded(text)):
        return ""
    out: list[str] = []
    for token in _OPENERS.sub("", text.strip()).rstrip(".").split():
        plain = token.lower().strip(",;.!?")
        verb = _third_person(plain)
        if verb != plain and out and out[-1] == "le":
            out[-1] = "se"  # "me salí" is their own doing, "me pegó" another's
        other = _PERSONS.get(plain, verb)
        out.append(token if other == plain else token.lower().replace(plain, other))
    return " ".join(out)


def _third_person(word: str) -> str:
    found = None if word in _NO_VERB else _FIRST.fullmatch(word)
    return found["stem"] + _THIRD[found["end"]] if found else word


@remembered_list
def _plain_clauses(text: str) -> list[str]:
    """The clauses that hold something: without those that deny."""
    return [clause for clause in clauses_of(text) if not _DENIED.match(clause)]


def _names_another(text: str) -> bool:
    return _ANOTHER.search(said(text).plain) is not None


def _wants_a_new_one(text: str) -> bool:
    return _names_another(text) or _WANTS_NEW.search(said(text).plain) is not None


def _comes_back(text: str) -> bool:
    return _COMES_BACK.search(said(text).plain) is not None


def _takes_back(text: str) -> bool:
    return _CORRECTS.search(said(text).plain) is not None


def _names_a_night(text: str) -> bool:
    return _NIGHT.search(folded(text)) is not None


def _span(text: str) -> tuple[str, str] | None:
    return between(text, _BETWEEN, _NOT)


def _without_answer(text: str) -> str:
    return _ANSWERED.sub("", text.lower())


def _place_in(text: str) -> dict[str, str]:
    """Street, city, state and postal code, only the parts said; no city without a street."""
    told = _ON_A_STREET.search(folded(text))
    if not told:
        return {}
    reading = read_address(text[told.start() :], Asked("address", datetime.min))
    value = reading.value if reading.outcome == "value" else None
    return dict(value) if value and value.get("street") else {}


def _owned(text: str, offered: Sequence[tuple[str, ...]]) -> int | None:
    """The place of the one that a story calls the teller's own: "con mi civic"."""
    plain = said(text.replace("-", " ")).plain
    mine = [set(match[1].split()) for match in re.finditer(r"\b(?:mi|nuestr[oa]) ((?:\S+ ?){1,4})", plain)]
    found = [place for place, parts in enumerate(offered) if any(_names_of(parts) & words for words in mine)]
    return found[0] if len(found) == 1 else None


def _names_of(parts: Sequence[str]) -> set[str]:
    return {word for word in _words_of(parts) if not word.isdecimal()}


def _which(text: str, offered: Sequence[tuple[str, ...]], beside: Collection[str]) -> int | None:
    """The place of the one that is meant where nothing else is said; ``None`` where that is not certain."""
    plain = said(text).plain
    heard = agreement(plain)
    harmless = _HARMLESS | {folded(word) for word in beside}
    if len(offered) == 1 and heard.yes and not heard.no and set(heard.rest) <= harmless | _words_of(offered[0]):
        return 0
    tokens = plain.split()
    fitting = [place for place, parts in enumerate(offered) if _names_only(tokens, _words_of(parts), harmless)]
    if not fitting and len(offered) > 1 and set(tokens) - set(_ORDINALS) <= harmless:
        places = {_ORDINALS[token] % len(offered) for token in tokens if token in _ORDINALS}
        fitting = [place for place in places if place < len(offered)]
    return fitting[0] if len(fitting) == 1 else None


def _words_of(parts: Sequence[str]) -> set[str]:
    return {word for part in parts for word in said(part.replace("-", " ")).plain.split()}


def _names_only(tokens: Sequence[str], own: set[str], harmless: Collection[str]) -> bool:
    return bool(set(tokens) & own - set(harmless)) and set(tokens) - own <= set(harmless)


def _state_of(_city: str, state: str) -> str:
    return STATES.get(folded(state), state)


ACCOUNT = Account(
    tells=_tells,
    is_no_account=_is_no_account,
    yours="su {}".format,
    second_person=_second_person,
    plain_clauses=_plain_clauses,
    names_another=_names_another,
    wants_a_new_one=_wants_a_new_one,
    has_reported=has_reported,
    only_asks=only_asks,
    means_the_old_one=means_the_old_one,
    comes_back=_comes_back,
    takes_back=_takes_back,
    names_a_night=_names_a_night,
    without_answer=_without_answer,
    people=read_people,
    place_in=_place_in,
    state_of=_state_of,
    companions=companions,
    span=_span,
    owned=_owned,
    which=_which,
)
"""How Spanish is told and told back."""
