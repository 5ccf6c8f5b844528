"""Places in Spanish: "en la avenida Colfax en Denver", "esquina de Juárez y Reforma", "carretera 57 kilómetro 12"."""

import re

from backend.language.asked import Asked
from backend.language.es.addressing import Words, begins_at, has_an_article, written_street
from backend.language.es.asides import aside, leading_aside
from backend.language.es.calendar import MONTHS
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.place_doubt import PLACE_DOUBT
from backend.language.es.place_numbers import has_another_number
from backend.language.es.place_told import numbered_anew, put_plainly, signs_first
from backend.language.es.places import CITIES, NAMED_WITH_ARTICLE, STATES
from backend.language.es.times import clock_spans
from backend.language.es.words import folded, said
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.told_beside import without_told_beside

__all__ = ["read_address"]

_KIND = (
    r"(?:calle|calles|avenida|av|ave|bulevar|boulevard|blvd|calzada|carretera|autopista|camino|paseo|privada"
    r"|cerrada|callejon"
    r"|prolongacion|ruta|interestatal|periferico|circuito|libramiento|viaducto|eje|glorieta|highway|hwy|freeway"
    r"|plaza|puente|esquina|salida|kilometro|km|colonia|cruce|crucero|anillo|via|rampa)"
)
_ENGLISH = r"(?:street|avenue|road|drive|lane|parkway)"
"""Behind the name, where the others stand before it."""
_STREET = re.compile(rf"\b(?:{_KIND}|{_ENGLISH})\b")
_LANDMARK = re.compile(
    r"\b(?:frente a|enfrente de|cerca de|junto a|a un lado de|al lado de|a la altura de|atras de|antes de|pasando)\b"
)
_LEAD = re.compile(
    r"^(?:(?:si|no|pues|bueno|eh|este|mire|oiga|ah|fue|eso fue|esto fue|paso|ocurrio|sucedio|yo|iba|ibamos"
    r"|venia|veniamos|estaba"
    r"|estabamos|manejando|circulando|saliendo de|aqui|ahi|alla|justo|mero|exactamente|es|era|choque|choco|me "
    r"chocaron|chocamos"
    r"|la direccion es|el lugar es|en|por|sobre|de|hoy|ayer|anoche|antier|esta manana|esta tarde|esta noche"
    r"|acaba de pasar"
    r"|estamos|estoy) )+(?=\S)"
)
_TAIL = re.compile(
    r"(?: (?:por favor|gracias|creo|ahi mero|mas o menos|senorita|senor|a|como|estados unidos|en mexico"
    r"|mexico(?<!de mexico)(?<!nuevo mexico)"
    r"|cerca|ahi|fue|hoy|ayer|anoche|antier|esta manana|esta tarde|esta noche|en la (?:manana|tarde|noche)|el "
    r"(?:lunes|martes|miercoles|jueves"
    r"|viernes|sabado|domingo)))+$"
)
_POSTAL = re.compile(r"\b(?:(?:el )?(?:codigo postal|zip code|zip|cp)(?: es)? ?)?(?P<code>\d{5})\b(?=$| )")
_HOME = re.compile(r"^(?:(?:mi|la|el|su) )?(?:casa|trabajo|domicilio|cochera|estacionamiento|oficina)\b")
_ASKS_CITY = re.compile(r"\bciudad\b")
_ASKS_CODE = re.compile(r"\b(?:codigo postal|zip)\b")
_NO_CITY = frozenset(
    "mi el un una frente enfrente esquina medio cerca casa alto semaforo estacionamiento que cuanto centro la".split()
)
_STATE = re.compile(rf"\b(?P<state>{'|'.join(sorted(STATES, key=len, reverse=True))})$")
_WORDS = frozenset({"la", "me", "de", "al", "mi", "no"})
_CODES = frozenset(code.lower() for code in STATES.values() if len(code) == len("TX")) - _WORDS
"""Without those that are words."""
_CODE = re.compile(rf"\b(?P<state>{'|'.join(sorted(_CODES))})$")
_CITY = re.compile(rf"\b(?P<city>{'|'.join(sorted(CITIES, key=len, reverse=True))})$")
_FRONT = re.compile(
    rf"^(?P<city>\w+(?: \w+){{0,2}}?) (?P<state>{'|'.join(sorted(STATES, key=len, reverse=True))}) (?:en|sobre|por) "
)
_NO_IDEA = re.compile(
    r"^no (?:lo |la )?(?:sé|recuerdo|me acuerdo|sabria)\b|\bno soy de (?:por )?(?:aqui|aca)$"
    r"|^(?:no soy de (?:por )?(?:aqui|aca) (?:y )?)?no conozco (?:bien )?"
    r"(?:las calles|las direcciones|la zona|la ciudad|el area|el rumbo|nada)(?: de (?:aqui|aca)| por (?:aqui|aca))?$"
)
_DOWNTOWN = re.compile(r"\ben el (?:centro|este|oeste|norte|sur) (?:de la ciudad )?de (?=\w)", re.IGNORECASE)
_NUMBERED = r"(?:primera|segunda|tercera|cuarta|quinta|sexta|septima|octava|novena|decima|\d+)"
_CITY_THEN_STREET = re.compile(
    r"\b(en \w+(?: \w+){0,2}?(?<! de)(?<! del)(?<! con)(?<! y)(?<! por)(?<! sobre)(?<! esquina)(?<! entre)(?<!\ben)"
    r"(?<! frente)(?<! a)),? (?=(?:la|el) (?:calle|avenida|bulevar|boulevard|calzada)\b)",
    re.IGNORECASE,
)
""" "En houston la calle westheimer"."""
_MAIN_OF = re.compile(
    r"\b((?:calle|avenida|carretera|v[ií]a) principal) de (?!(?:la|el|los|las|mi|su|un|una)\b)", re.IGNORECASE
)
""" "La calle principal de San Miguel": the main street of a town, whose name is no part of the street's."""
_CORNER = re.compile(r"\b(?:con|y|e|esquina|entre) $")
_DAY_OF_A_MONTH = re.compile(rf" de (?:{'|'.join(MONTHS)})\b")
_BY_NUMBER = re.compile(r"\b(?:calle|avenida|ruta)\b|\bla \w+ (?:con|esquina con|y) la \d")
_ROUGHLY = frozenset("cerca afuera afueras lejos aqui ahi alla por la el los las".split())
_EITHER = re.compile(r"\bo\b(?! \d)")
_MOST = 4
"""Words of a city's name."""


def read_address(words: str, asked: Asked) -> Reading:
    """Street, city, state and postal code, as far as they were said; never more."""
    words = without_told_beside(words, asked)
    answer = said(words)
    told = signs_first(put_plainly(_MAIN_OF.sub(r"\1 en ", words)))
    spoken = Words(_CITY_THEN_STREET.sub(r"\1 en ", _DOWNTOWN.sub("en ", told)))
    unknown = _NO_IDEA.search(answer.plain)
    none = "unknown" if unknown else leading_aside(answer) if _STREET.search(answer.plain) else aside(answer)
    if none != "other":
        return nothing(none)
    if _ASKS_CODE.search(said(asked.question).plain) and not _STREET.search(spoken.plain):
        spoken = spoken.joined_digits()
    corrected = [m for m in CORRECTION.finditer(spoken.plain) if m.end() < len(spoken.plain)]
    taken_back = (
        re.search(r"\b\w+(?: \w+)? no (?:en )?(?=\w+(?: \w+){0,2}$)", spoken.plain) if _short(asked, spoken) else None
    )
    before = spoken
    if corrected:
        spoken = spoken.after(corrected[-1].end())
    elif taken_back:
        spoken = spoken.after(taken_back.end())
    value = _parts(_bare(spoken), asked)
    if corrected and value.get("street", "").isdecimal():
        value = numbered_anew(_parts(_bare(before.before(corrected[0].start())), asked), value)
    if not value:
        return nothing()
    unsure = hedged(answer) or answer.asks or _EITHER.search(spoken.plain)
    why = "not said for sure" if unsure else "one taken back for another" if taken_back else ""
    first = before.plain[: corrected[0].start()] if corrected else ""
    why = why or _no_place(value) or PLACE_DOUBT.why(words, value) or _unknown(value, asked, first)
    return doubtful(why, value) if why else sure(value, (answer.plain,))


def _no_place(value: dict[str, str]) -> str:
    street = value.get("street", "")
    if set(value) == {"street"} and not re.search(_STREET, said(street).plain + " "):
        return "no street and no city"
    return "a number that may be one of something else" if has_another_number(street) else ""


def _unknown(value: dict[str, str], asked: Asked, corrected: str) -> str:
    """ "En reforma", "en hidalgo": a name by itself may be that of a street, where no city is called so, or where a
    street was corrected."""
    if corrected and (set(value) == {"state"} or (set(value) == {"city"} and _STREET.search(corrected))):
        return "a city, a state or a street"
    alone = set(value) == {"city"} and folded(value["city"]) not in CITIES
    return "a city or a street" if alone and not _ASKS_CITY.search(said(asked.question).plain) else ""


def _short(asked: Asked, spoken: "Words") -> bool:
    return not _STREET.search(spoken.plain) and len(spoken.plain.split()) <= 2 * _MOST


def _bare(spoken: Words) -> Words:
    """Without what comes before and behind the place, and without times of day."""
    spans = list(clock_spans(spoken.plain)) if not _BY_NUMBER.search(spoken.plain) else []
    for start, end in reversed(spans):
        named = _DAY_OF_A_MONTH.match(spoken.plain, end)  # "la 16 de septiembre" is a street
        spoken = spoken if named else spoken.without(start, end)
    before = ""
    while before != spoken.plain:
        before = spoken.plain
        lead = _LEAD.match(spoken.plain)
        spoken = spoken.after(lead.end()) if lead and not spoken.plain.startswith(NAMED_WITH_ARTICLE) else spoken
        tail = _TAIL.search(spoken.plain)
        spoken = spoken.before(tail.start()) if tail else spoken
    return spoken


def _parts(spoken: Words, asked: Asked) -> dict[str, str]:
    value: dict[str, str] = {}
    postal = _POSTAL.search(spoken.plain)
    if postal and (postal.end() == len(spoken.plain) or "postal" in postal[0] or "zip" in postal[0]):
        value["zipcode"] = postal["code"]
        spoken = _bare(spoken.without(*postal.span()))
    state = _STATE.search(spoken.plain) or (_CODE.search(spoken.plain) if len(spoken.plain.split()) > 1 else None)
    if state and _is_state(spoken.plain, state, asked):
        name = state["state"]
        value["state"] = STATES.get(name) or name.upper()
        spoken = spoken.before(state.start()).trimmed()
    front = _FRONT.match(spoken.plain)
    front = front if front and _may_be_city(front["city"]) else None
    if front:
        value |= {"city": spoken.before(front.end("city")).written(), "state": STATES[front["state"]]}
        spoken = spoken.after(front.end())
    city = None if front else _city(spoken, asked, with_state="state" in value)
    if city:
        value["city"] = city.written()
        spoken = (
            spoken.before(len(spoken.plain) - len(city.plain))
            if spoken.plain.endswith(city.plain)
            else spoken.without_text(city.plain)
        )
    street = written_street(_bare(spoken.trimmed()))
    if street and not _ROUGHLY.issuperset(folded(street).split()):
        value["street"] = street
    return {name: value[name] for name in ("street", "city", "state", "zipcode") if name in value}


def _is_state(plain: str, state: re.Match[str], asked: Asked) -> bool:
    """Is it the state, and no street of that name, and no city of it ("en Puebla")?"""
    before = plain[: state.start()].strip()
    if _is_street_name(plain, state.start()):
        return False
    if state["state"] in CITIES:
        return bool(before) and not re.search(r"\b(?:en|de)$", before)
    return bool(before) or len(plain) > len("ny")


def _is_street_name(plain: str, start: int) -> bool:
    """Does the name stand right behind the kind of street ("avenida California")? "Quinta avenida" has its name."""
    if re.search(rf"\b(?:{_NUMBERED} {_KIND}|gran via) de $", plain[:start]):
        return False
    if _CORNER.search(plain[:start]):
        return True
    return re.search(rf"\b{_KIND}(?: de| la| de la| a| hacia)? $", plain[:start]) is not None


def _city(spoken: Words, asked: Asked, *, with_state: bool) -> Words | None:
    """The city: what stands behind the last "en", a name that is known, or what stands before a state."""
    plain = spoken.plain
    known = _CITY.search(plain)
    if known and not _is_street_name(plain, known.start()) and not has_an_article(plain, known):
        return spoken.after(begins_at(plain, known.start()))
    behind = [match.end() for match in re.finditer(r"(?:^|\b)(?:en|ciudad de|de la ciudad de) ", plain)]
    for start in reversed(behind):
        phrase = spoken.after(start)
        if _may_be_city(phrase.plain):
            return phrase
        first = re.match(rf"(?P<city>\w+(?: \w+)?) (?:en|sobre|por) (?:(?:la|el) )?{_KIND}\b", phrase.plain)
        if first and _may_be_city(first["city"]):
            return phrase.before(first.end("city"))
    front = re.match(rf"(?P<city>\w+(?: \w+)?) (?:en|sobre|por) (?:(?:la|el) )?(?:{_KIND}\b|.+ {_ENGLISH}\b)", plain)
    if front and _may_be_city(front["city"]):
        return spoken.before(front.end("city"))
    if not _STREET.search(plain) and not _LANDMARK.search(plain) and _may_be_city(plain):
        return (
            spoken
            if with_state or _ASKS_CITY.search(said(asked.question).plain) or len(plain.split()) <= _MOST
            else None
        )
    if with_state and not known:
        last = plain.split()[-1:]
        return (
            spoken.after(len(plain) - len(last[0]))
            if last and _may_be_city(last[0]) and len(plain.split()) > _MOST - 1
            else None
        )
    return None


def _may_be_city(plain: str) -> bool:
    tokens = plain.split()
    if not tokens or len(tokens) > _MOST or _STREET.search(plain) or _LANDMARK.search(plain) or _HOME.match(plain):
        return False
    named = plain.startswith(NAMED_WITH_ARTICLE)
    return (named or tokens[0] not in _NO_CITY) and not any(c.isdecimal() for c in plain) and "y" not in tokens
