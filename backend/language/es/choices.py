"""One of the choices that a store names, and free text, in Spanish."""

import re
from dataclasses import replace
from typing import Any

from backend.language.asked import Asked, Choice
from backend.language.es.asides import aside, leading_aside
from backend.language.es.clauses import clauses_of
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.words import said
from backend.language.es.yes_no import plain_hints
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.same_once import same_once
from backend.language.store_words import Found, Hint, find

__all__ = ["read_choice", "read_text"]

_DENIED = re.compile(r"\b(?:no|ni|nunca|tampoco)(?: (?:es|era|fue|por|para|el|la|un|una|de|del|en|mi|iba|venia|a))*$")
_IF = re.compile(
    r"(?:^|(?<= ))(?<!saber )(?<!decir )(?<!decirme )(?<!preguntar )(?<!ver )(?:si|en caso de que?) (?!senor|claro)"
)
_YES = re.compile(r"\bsí\b")
"""Written with its accent it is no "if": "los vecinos sí tienen luz"."""
_BARE_IF = re.compile(r"\bsi\b")
_INDIRECT = re.compile(
    r"\b(?:saber|decir|decirme|preguntar|preguntarle|duda|checar|verificar|ver)"
    r" (?:si|que|cuanto|cuanta|como|cual|cuando|por que)\b"
)
_ASKS = re.compile(
    r"^(?:(?:y|oiga|disculpe|hola|pues|este|eh) )*(?:por que|que|cuanto|cuanta|como|cual|cuando|me|mi|quien)\b"
)
_INSTEAD = re.compile(
    r"\b(?:digo|mejor dicho|perdon|no espere?|quise decir|no (?:iba|era|fue|venia) (?:de|a|al|por)|corrijo)\b"
)
"""What was said before it is taken back."""
_AGAINST = re.compile(
    r"\b(?:buen[oa]s (?:tardes|dias|noches) a|hola a|excepto|salvo|menos (?:yo|nosotros|mi|la mia|en mi|aqui)|en vez de"
    r"|en lugar de|(?:el|la) otr[oa]|(?:esta|estan) (?:bien|de vacaciones|fuera)|si tienen$|si hay$|tienen todo"
    r"|ya no|de viaje)\b|\b(?:no|perdon|no espere|mejor no|olvidelo)$"
)
"""Speaks against a choice whose word was said, though nothing before it denies it."""
_EITHER = re.compile(r"\bo\b")
_VAGUE = frozenset(
    "hola bueno buenas buenos dias tardes noches dia si no eh este pues mire oiga por favor gracias ayuda "
    "ayudeme puede "
    "podria necesito quiero quisiera algo una un pregunta duda es sobre de con el la los las que y a me mi "
    "estoy llamo".split()
)
_SHORTEST = 2


def read_choice(words: str, asked: Asked) -> Reading:
    """The choice whose words were said and not denied; two are a question, unless one takes the other back."""
    answer = said(words)
    hints = _hints(asked.choices)
    strong: list[Any] = []
    weak: list[Any] = []
    signs: list[str] = []
    supposes = _YES.sub("", words.lower()) == words.lower() or _BARE_IF.search(words.lower()) is not None
    for clause in clauses_of(words):
        told = sorted(find(hints, clause), key=lambda one: one.last)
        for found in _asked_about(clause, told) if supposes else told:
            if not _DENIED.search(_before(clause, found.first)):
                (weak if found.weak else strong).append(found.value)
                signs.append(found.words)
    values = list(dict.fromkeys(strong)) or list(dict.fromkeys(weak))
    if not values:
        return _none_fits(words, asked)
    if asked.ordered:
        order = [one.value for one in asked.choices]
        last = values[-1:] if asked.otherwise is not None and _INSTEAD.search(answer.plain) else ()
        return sure(min(last or values, key=order.index), tuple(signs))
    if asked.otherwise is None and _AGAINST.search(answer.plain):
        return doubtful("words beside it speak against it", *values, against=tuple(signs))
    if len(values) > 1 and CORRECTION.search(answer.plain):
        values = values[-1:]
    if len(values) > 1 or hedged(answer) or (_EITHER.search(answer.plain) and len(signs) > 1):
        return doubtful("more than one may be meant", *values, against=tuple(signs))
    return sure(values[0], tuple(signs))


def read_text(words: str, asked: Asked) -> Reading:
    """The words themselves, where they are no plea for time and no question."""
    answer = said(words)
    none = aside(answer)
    if none != "other" and (leading_aside(answer) == none or len(answer.plain.split()) <= _SHORTEST * 3):
        return nothing(none)
    return sure(words.strip(), (answer.plain,)) if answer.plain else nothing()


def _asked_about(clause: str, found: list[Found]) -> list[Found]:
    """In a question what it asks about, and not what is only supposed: "¿qué me cubre si le pego a un venado?"."""
    if supposed := _IF.search(clause):
        place = clause.count(" ", 0, supposed.end() - 1)
        asked = found[-1].value if found and clause.startswith("si ") else None  # "si choco, ¿me dan un carro?"
        return [one if one.last < place or one.value == asked else replace(one, weak=True) for one in found]
    if len(found) > 1 and (_ASKS.match(clause) or _INDIRECT.search(clause)):
        first = min(found, key=lambda one: one.last)
        return [one for one in found if one.value == first.value]
    return found


@same_once
def _hints(choices: tuple[Choice, ...]) -> tuple[Hint, ...]:
    return plain_hints(tuple(map(_with_its_name, choices)))


def _with_its_name(one: Choice) -> Choice:
    name = str(one.value).replace("_", " ").lower() if isinstance(one.value, str) else ""
    return replace(one, words=(*one.words, name)) if name and name.replace(" ", "").isalnum() else one


def _before(clause: str, word: int) -> str:
    return " ".join(clause.split(" ")[:word])


def _none_fits(words: str, asked: Asked) -> Reading:
    answer = said(words)
    none = aside(answer)
    if asked.otherwise is None or none != "other":
        return nothing(none)
    content = [word for word in answer.plain.split() if word not in _VAGUE]
    return doubtful("it fits none of the choices", asked.otherwise) if content else nothing()
