"""The members of a Spanish list of those who took part, as ``backend.language.parties`` adds them up."""

import re
from functools import lru_cache

from backend.language.asked import Asked
from backend.language.es.counted import NO_THINGS, STRUCK, WHO
from backend.language.es.people import KIN
from backend.language.es.words import folded
from backend.language.parties import Parties

__all__ = ["parties_of"]

_WORD = (
    r"(?!(?:y|e|o|ni|no|de|del|en|con|sin|a|al|por|para|que|el|la|los|las|un|una|mi|mio|mia|su|yo|me|se|otr[oa]s?|mas"
    r"|es|era|fue|iba|juguete|hay|habia|contra|pero)\b)[a-zñ]+"
)
_STANDS = r"(?:estacionad[oa]s?|parquead[oa]s?|parad[oa]s?)"
_WHERE = (
    rf"(?: (?:que (?:estaba[n]?|iba[n]?|venia[n]?|era) )?(?:de )?(?:(?:en )?el medio|adelante|atras|enfrente|delante"
    rf"|detras|al lado|{_STANDS})(?: de mi| mio| mia| de nosotros)?)"
)
_WHICH = rf"(?: (?:que|al que) (?:me|nos|le|lo)? ?(?:{STRUCK}))"
_LEADS = re.compile(
    r"(?:(?:pues|bueno|este|eh|si|mire|fueron|fue|eran|era|habia|hubo|estaba|estaban|solo|nomas|nada mas"
    r"|solamente|que) )*"
)
_JOINS = re.compile(r" ?(?:(?:y|e|mas|tambien|con|,)(?: |$))+")
_ENDS = re.compile(r" ?(?:(?:y )?(?:es todo|eso es todo|nada mas|nadie mas|ya)|en total|involucrados)(?= |$)")
_FLAGS = r"(?= |$)"


def parties_of(plain: str, asked: Asked) -> tuple[int, ...]:
    """How many an answer in the plain spelling comes to that is a plain list; none where it is none, two where it may
    be either."""
    things = [choice for choice in asked.choices if choice.value is not None]
    nouns = tuple(_plainly(choice.words) for choice in things if choice.offered)
    names = tuple(word for choice in things if not choice.offered for word in _plainly(choice.words))
    beside = tuple(word for word in map(folded, asked.beside) if word not in NO_THINGS)
    return _grammar(nouns, names, beside).counts(plain.split())


def _plainly(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(part) for word in words for part in word.split("|") if _is_plain(part))


def _is_plain(word: str) -> bool:
    return word.replace(" ", "").isalnum()


@lru_cache(maxsize=16)
def _grammar(things: tuple[tuple[str, ...], ...], names: tuple[str, ...], beside: tuple[str, ...]) -> Parties:
    """The grammar for these nouns, the first of which are those for all that is counted, and for names of it."""
    general = (*things, ())[0]
    named = (*(word for words in things for word in words), *names)
    noun = f"(?:{_either(named)})"
    thing = rf"{noun}(?: {_WORD}){{0,2}}?"
    whose = (
        rf"(?:del (?:{WHO})|de la (?:{WHO})|de (?:el|ella)|de (?:mi|su) (?:{'|'.join(sorted(KIN))})"
        rf"|del otro(?: (?:{WHO}))?)"
    )
    one = (
        rf"(?:un|una|1|otro|otra|el otro|la otra|su) {thing}(?:{_WHERE}|{_WHICH})?"
        rf"|(?:el|la) {thing}(?:{_WHERE}|{_WHICH})?"
        rf"|(?:el|la) (?:{whose}|{_WHERE.removeprefix('(?: ').removesuffix(')')}|otr[oa](?: (?:{WHO}))?|(?:{WHO}))"
        rf"|(?:el|la|1|uno|una|otro){_WHERE}|(?:el|la){_WHICH}|otr[oa](?: (?:{WHO}))?|(?:un|una|1) mas"
    )
    several = rf"(?P<number>\d{{1,2}})(?: {thing}| mas| otros| otras|{_WHERE})(?:{_WHERE}|{_WHICH})?"
    return Parties(
        leads=_LEADS,
        joins=_JOINS,
        ends=_ENDS,
        own=re.compile(
            rf" ?(?:yo(?: mismo| misma)?|el mio|la mia|mio|mia|(?:mi|nuestro|nuestra) {thing}|nosotros)"
            rf"(?: en (?:el )?medio)?{_FLAGS}"
        ),
        others=re.compile(rf" ?(?:{several}|{one}){_FLAGS}"),
        nothing=re.compile(rf" ?(?:un|una|1|el|la|mi)(?: {_WORD})? (?:{_either(beside)}){_FLAGS}"),
        total=re.compile(
            rf" ?(?:(?:somos|eramos|fuimos|fueron|eran|en total|son|los|las|o sea|total) )*(?P<number>\d{{1,2}})"
            rf"(?: (?:{_either(general)}))?(?: (?:en total|contando el mio|con el mio))*{_FLAGS}"
            rf"(?! (?:{_either(named)}|mas|otr[oa]s?|que|de|{_STANDS}|adelante|atras)\b)"
        ),
        numbers={},
        apposed=re.compile(r" ?(?:un|una|1) "),
        named=re.compile(rf"\b(?:{_either(names)}|\d\d? (?:{_either(general)}))\b"),
        plain=re.compile(rf" ?(?:(?:un|una|\d\d?) (?!(?:{_either(general)})\b).+|yo)"),
        pauses=frozenset({","}),
    )


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True) if word) or "(?!)"
