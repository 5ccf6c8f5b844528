"""The clauses of a Spanish answer, and what denies a word in them."""

import re

from backend.language.es.words import folded, said
from backend.language.turn_memory import remembered_list

__all__ = ["clauses_of", "denied_before", "leaves_out"]

_PAUSE = re.compile(r"[.;!?¡¿…]+|,")
_JOINT = re.compile(r"\b(?:pero|aunque|sino|solo que|nomas que|nada mas que|porque|y que|y|e)\b")
_DENIED = re.compile(
    r"\b(?:no|nunca|ni|sin|tampoco|nadie|ningun|ninguno|ninguna|(?<!para )nada(?! mas))"
    r"(?: (?:se|le|les|me|lo|la|los|las|nos|te|ya|ha|han|he|hemos|hay|hubo|esta|estan|estamos|estoy|fue|fueron"
    r"|es|son|era"
    r"|puede|pudo|puedo|tiene|tienen|tengo|tenemos|quedo|quedaron|salio|salieron|salimos|resulto|resultaron|mucho|muy"
    r"|siento|sentimos|siente|sienten|traigo|trae|traemos|ningun|ninguna|ninguno|algun|alguna|nada|nadie|de|un|una|el|que|sea|necesito|necesita|mas|todos|todo))*$"
)
_NOTHING = re.compile(
    r"\b(no (?:\w+ ){1,3}(?:nada|nadie|ninguno|ninguna)\b)"
    r"(?! (?:mas|a|al|de|del|dolor\w*|herid\w+|lesion\w*|sangre|golpes?|molestias?|fracturas?)\b)"
)
"""A denial that is complete: what follows is said by itself. "No tengo nada dolor" denies the pain."""
_EXCEPT = re.compile(
    r"\b(?:nadie|ninguno|ninguna|todos?|todas?|todo el mundo|ilesos?|bien)(?: (?:mas|esta(?:n|mos)?|bien"
    r"|ilesos?|salimos"
    r"|salio|salieron|de (?:nosotros|ellos)|herid\w+|lastimad\w+))* (?:menos|excepto|salvo|aparte de|fuera de"
    r"|quitando|sino)"
    r" (?:el|la|los|las|a|mi|un|una|yo|mis|al|por)\b"
)


@remembered_list
def clauses_of(words: str) -> list[str]:
    """The clauses of an answer in plain spelling, cut at its marks and at "pero", "y", "porque"."""
    apart = _NOTHING.sub(r"\1.", folded(words))
    pieces = [said(piece).plain for piece in _PAUSE.split(apart.replace("p.m.", "pm").replace("a.m.", "am"))]
    return [clause for piece in pieces for part in _JOINT.split(piece) if (clause := part.strip())]


def denied_before(plain: str, start: int) -> bool:
    """Is the word at ``start`` denied by what stands right before it, as in "nadie salió"?"""
    return _DENIED.search(plain[:start].strip()) is not None


def leaves_out(plain: str) -> bool:
    """ "Nadie menos el ciclista", "todos bien excepto mi hija": somebody is left out of what all are."""
    return _EXCEPT.search(plain) is not None
