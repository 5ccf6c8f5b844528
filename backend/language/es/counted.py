"""What a Spanish answer counts: "dos carros", "otro", "el mío", "el de atrás". Nouns come from the question."""

from collections.abc import Sequence
from functools import lru_cache

from backend.language.asked import Choice
from backend.language.es.people import KIN
from backend.language.es.words import folded
from backend.language.grammar import Grammar, Meaning, WordClass, class_of
from backend.language.tally import meaning_of

__all__ = ["NO_THINGS", "STRUCK", "WHO", "counted"]

_MINE = "mio mia mios mias nuestro nuestra"
_DESCRIBES = (
    "rojo roja blanco blanca azul negro negra verde gris amarillo amarilla plateado plateada grande chico chica "
    "pequeno pequena gran enorme nuevo nueva viejo vieja mismo misma estacionado estacionada estacionados estacionadas "
    "parqueado parqueada parado parada vacio vacia escolar compacto compacta particular particulares"
)
_WHERE = [
    f"{place}{whom}"
    for place in ("adelante", "atras", "enfrente", "delante", "detras", "al lado", "a un lado", "junto", "el frente")
    for whom in ("", " de mi", " mio", " mia", " de nosotros")
] + ["que me pego", "que me choco", "que me dio", "que nos pego", "que nos choco", "que se fue"]
_SOMEBODY = "senor|senora|muchacho|muchacha|chavo|chava|joven|tipo|hombre|mujer|conductor|chofer|fulano"
_PEOPLE = (
    "personas|persona|gentes|pasajeros|adultos|ninos|ninas|hijos|muchachos|conductores|choferes|testigos|heridos|"
    "lesionados|policias|amigos"
)  # fmt: skip
_TIMES = (
    "segundo segundos momento momentos minuto minutos hora horas dia dias ano anos vez veces semana semanas mes meses "
    "metro metros kilometro kilometros cuadra cuadras carril carriles"
)


WHO = "senora?|muchach[oa]|chav[oa]|joven|tipo|hombre|mujer|conductor|chofer|fulano|vecin[oa]|vato"
"""Who came in one of those that are counted, in a list of them."""
STRUCK = "pego|choco|dio|golpeo|chocamos|pegue|choque|golpee|avento|se fue|se dio a la fuga|huyo"
"""What one of them did to another."""
NO_THINGS = frozenset({"choque", "carambola", "pego", "pegaron", "chocamos"})
"""Words that a store tells beside a number, and that are nothing that stands or walks there."""


@lru_cache(maxsize=32)
def counted(choices: tuple[Choice, ...]) -> Grammar:
    """Finds what is counted in the plain spelling; the values of its mentions are one ``Item`` each."""
    things = [choice for choice in choices if choice.value is not None and choice.offered]
    nouns = {word: number == 0 for number, one in reversed([*enumerate(things)]) for word in _plain(one.words)}
    own = {word: 1 for choice in choices if choice.value is None for word in _plain(choice.words)}
    own |= {f"{the} {mine}": 1 for the in ("el", "la", "los", "las", "lo", "del") for mine in _MINE.split()}
    classes: dict[str, WordClass] = {
        "noun": class_of(nouns),
        "own": class_of(
            own | {"yo": 1, "mio": 1, "mia": 1, "conmigo": 1, "de la mia": 1, "yo mismo": 1, "yo misma": 1}
        ),
        "number": _number,
        "any": class_of(dict.fromkeys(_DESCRIBES.split(), 0)),
        "where": class_of({place: " " in place for place in _WHERE}),
        "kin": class_of(dict.fromkeys(KIN, 1)),
        "stray": class_of(dict.fromkeys(_TIMES.split(), 1)),
        "few": class_of(
            {"un par de": 2, "un par": 2}
            | dict.fromkeys("varios varias muchos muchas bastantes algunos algunas".split(), 0)
            | dict.fromkeys(("un monton de", "un monton", "un chorro de", "un chorro", "un buen de", "demasiados"), 0)
        ),
    }
    return Grammar(classes, _RULES)


def _plain(words: Sequence[str]) -> list[str]:
    return [folded(part) for word in words for part in word.split("|") if part.replace(" ", "").isalnum()]


def _number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    return (int(words[at]), at + 1) if words[at].isdecimal() and len(words[at]) < 9 else None


_RULES: Sequence[tuple[str, Meaning]] = (
    (
        """{number} {any}? {noun} {any}?
        un|una {any}? {noun} {any}?
        {number} estacionado|estacionada|estacionados|estacionadas|parado|parada
        y el|la {any}? {noun} {any}?
        el|la {noun} {any}? y""",
        meaning_of("named"),
    ),
    (
        f"""otro|otra|otros|otras {{number}} {{any}}? {{noun}}?
        {{number}} otro|otra|otros|otras {{noun}}?
        {{number}} {{any}}? {{noun}}? mas
        otro|otra {{any}}? {{noun}} {{any}}?
        el|la otro|otra {{any}}? {{noun}}? {{any}}?
        el|la otro|otra {_SOMEBODY}
        otro|otra {_SOMEBODY}?
        un|una|1 mas
        el|la|los de el|ella|ellos
        el|la de mi|su {{kin}}
        el|la del otro|senor|senora|muchacho|muchacha|vecino {_SOMEBODY}?
        el|la del|de la vecino|vecina|senor|senora
        el|ella y {{own}}
        y ella
        {{number}} {{noun}}? mas? aparte|ademas|adicionales de? {{own}}
        {{number}} {{noun}}? mas? aparte|ademas|fuera del mio|mia|nuestro
        otros|otras {{number}} {{noun}}? mas? aparte|ademas|fuera {{own}}
        {{number}} {{noun}}? mas? sin contar|incluir {{own}}
        {{number}} {{noun}}? sin {{own}}
        {{number}} {{noun}}? {{where}}
        {{number}} {{noun}}? de {{where}}
        el|la {{noun}}? de {{where}}
        el|la del {{where}}
        el|la|1|un|una {{noun}}? {{where}}
        el|la {{noun}}? que iba|venia|estaba {{where}}
        alguien mas""",
        meaning_of("more"),
    ),
    (
        """{number}
        {number} {noun}? en total
        {number} {noun}? con|contando|incluyendo {own}
        {number} {noun}? contando|incluyendo al mio|mia
        {number} {noun}? con|contando|incluyendo el|la mio|mia
        en total {number}
        los|las {number} {noun}?
        nosotros|nosotras {number}
        somos|eramos|fuimos|fueron|eran {number} {any}? {noun}?
        somos|eramos|fuimos|fueron|eran {number} {noun}? con|contando|incluyendo {own}
        el? {number} de {number} {noun}?""",
        meaning_of("total"),
    ),
    ("ambos|ambas {noun}?", meaning_of("total", 2)),
    (
        """{few} {any}? {noun}?
        al menos {number} {noun}?
        por lo menos {number} {noun}?
        cuando menos {number} {noun}?
        mas|menos de {number} {noun}?
        arriba de {number} {noun}?
        como|unos|unas|casi {number} {noun}?
        como unos|unas {number} {noun}?
        hasta {number} {noun}?
        cerca de {number} {noun}?
        aproximadamente {number} {noun}?
        {number} o mas""",
        meaning_of("vague"),
    ),
    ("{own} en el? medio\n{own}\nmi|mis|nuestro|nuestra {any}? {noun} {any}?", meaning_of("own")),
    (
        f"""{{number}} {{stray}}
        un|una {{stray}}
        {{number}} de mis|nuestros|nuestras|los|las|sus {{any}}? {{noun}}
        a la|las {{number}}
        a 1
        {{number}} {_PEOPLE}
        {{number}} en mi|el|la|su {{noun}}?
        {{number}} adentro|abordo
        eramos|ibamos|veniamos {{number}} en|adentro el|mi|la? {{noun}}?
        ibamos|veniamos|viajabamos {{number}}
        carril|numero|salida|ruta|kilometro|carretera {{number}}
        el|la tercero|tercera|segundo|segunda|primero|primera|primer|tercer|cuarto|ultimo {{noun}}?
        {{number}} de ellos|ellas
        por {{number}}
        1|uno se pelo|fue|largo|escapo|fugo|huyo
        1|uno huyo|escapo|arranco""",
        meaning_of("stray"),
    ),
    (
        """solo|solamente|nomas|unicamente {own}
        nada mas {own}
        nada mas fue|era {own}
        no mas {own}
        {own} solo|sola|solito|solita|solamente|nomas|unicamente
        {own} nada mas
        nadie mas
        ningun|ninguno|ninguna otro|otra|mas {noun}?
        no hubo|habia|hay|fue|involucro otro|otra|otros|otras|nadie|mas {noun}?
        no hubo|habia|hay mas {noun}?
        no hubo|habia|hay ningun|ninguno otro|mas? {noun}?
        un|una|1 solo|sola|solito|nomas {noun}?""",
        meaning_of("alone"),
    ),
)
