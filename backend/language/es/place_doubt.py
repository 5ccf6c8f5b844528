"""Spanish places that are none, or were only on the way; in the plain spelling."""

import re

from backend.language.es.words import said
from backend.language.place_doubt import PlaceDoubt

__all__ = ["PLACE_DOUBT"]

_NAMES = "fernando hernando orlando rolando armando leyendo"
"""Names that end as a verb does."""


_ROADS = frozenset(
    "calle avenida carretera autopista bulevar boulevard calzada street avenue road drive lane highway freeway"
    " interestatal ruta".split()
)
"""What a road is called."""


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _words(text: str) -> list[str]:
    return said(text.replace("-", " ")).plain.split()


PLACE_DOUBT = PlaceDoubt(
    words=_words,
    no_part=_set(
        "vivo vive vivimos trabaja iba ibamos venia veniamos fue fui era dice dicen dijo dijeron creo segun pienso",
        "pegaron pego choco choque chocaron chocamos me te se llegar salir tomar entrar pasar antes despues rumbo",
        "todavia mismo misma hoy ayer anoche antier si soy estoy estaba estamos estabamos porque pero cuando donde",
        "esposo esposa marido mujer hijo hija mama papa hermano hermana amigo amiga vecino vecina digo perdon tal vez",
        "quiza quizas salio salieron cruzo atraveso esperate esperame espera esperese callate callense estate quieto",
        "quieta dejalo dejala dejame bajate sientate mijo mija mijito mijita aguantame permiteme",
    ),
    no_city=_set(
        "a en para por con calle avenida carretera autopista salida esquina kilometro aqui aca alla alli ahi cuadra",
        "cuadras mio mia y e o cerca lejos afuera trabajo casa mi su",
    ),
    general=_set(
        "freeway highway expressway",
        "calle avenida carretera autopista bulevar boulevard calzada glorieta puente semaforo alto esquina tunel",
        "salida colonia centro estacionamiento gasolinera iglesia escuela mercado banco cochera casa cuadra cuadras",
        "vuelta afuera afueras enfrente frente junto cerca lado plaza parque hospital aeropuerto universidad",
        "tienda super lejos ciudad pueblo barrio fraccionamiento crucero cruce desviacion retorno entrada camino",
        "kilometro numero principal libre cuota federal norte sur oriente poniente derecha izquierda medio mitad mero",
    ),
    small=_set("el la los las un una unos unas de del al a en con por sobre entre y e que este esta ese esa"),
    articles=frozenset({"el", "la", "los", "las"}),
    numbered=_set("salida kilometro cuadra cuadras numero"),
    verbs=re.compile(rf"(?!(?:{_NAMES.replace(' ', '|')})$)\w+(?:ando|iendo|yendo)"),
    whence=re.compile(
        r"\b(?:saliendo de|salia de|salimos de|al salir de|llegando a|antes de llegar a|al llegar a|entrando a"
        r"|entrada a|camino a|de camino a|rumbo a|con rumbo a|hacia|iba (?:para|a|hacia|de)|ibamos (?:para|a|hacia|de)"
        r"|venia(?:mos)? de|viniendo de|vengo de|pasando|pasandito|despues de|antes de|dando vuelta de|regresando de"
        r"|de regreso de|vivo en|vivimos en|trabajo en|a \d+ cuadras de)\b"
    ),
    denied=re.compile(r"\b(?:no (?:fue|era|es|en|estaba)|ni en|sino)\b"),
    heard=re.compile(r"\b(?:dice|dicen|dijo|dijeron|segun)\b"),
    near=re.compile(
        r"\b(?:a la altura de|(?<!numero )salida de|entrada de"
        r"|afuera de|fuera de|cerca|enfrente|frente a|junto a|detras de|atras de|al lado de"
        r"|delante de|pasando|antes de|despues de)l?\b"
    ),
    rings=frozenset("periferico circuito viaducto libramiento anillo".split()),
    is_road=lambda street: not _ROADS.isdisjoint(street) or any(word.isdecimal() for word in street),
)
"""The rule of doubt for Spanish places."""
