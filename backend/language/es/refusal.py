"""Does a Spanish answer refuse plainly? A "no" may deny a fault or a doubt, or what the question denied.

"No le veo inconveniente" and "no, nadie" (asked whether it is right that nobody was hurt) refuse nothing. What is no
plain refusal is asked once more, as what is no plain yes is.
"""

import re

from backend.language.es.consenting import CHANGING, REFUSING, TIMES
from backend.language.es.manners import plain_speech
from backend.language.es.words import said

__all__ = ["refuses_plainly"]

_FAULTS = frozenset(
    "incorrecto incorrecta mal equivocado equivocada equivoco equivocaron negativo falso nel nop nanay rechazo cancele"
    " cancelar cancela".split()
)
"""Say by themselves that something is not right, or not to be done."""
_SOMEBODY = frozenset("mi mis me yo su sus se alguien una".split())
"""Of whom something is told that the question denied: "no, mi hijo se pegó"."""
_CLITICS = r"(?:(?:le|lo|la|les|los|las|me|se|te|nos|yo|usted|pues|ya) )*"
_NOT_OF_IT = (
    r"(?:veo|hay|habria|habra|tengo|tendria|encuentro|cabe|dude|duda|dudo|piense|pienso|diga|digan|digas|quejo"
    r"|molest\w*|import\w*|disgust\w*|preocup\w*|podria|podia|puede|pued[eo]n|falla|fallo|espere|esperaba|pasa|estorba"
    r"|problema|inconveniente|bronca|pierdo|perdemos|quita|cuesta|sobra|sea|seas|mas)\b"
)
"""What is denied so is a reason against it: "no le veo inconveniente", "no lo dude"."""
_DENIES = re.compile(
    rf"\bno (?!{_CLITICS}{_NOT_OF_IT})|\bno$|\bno (?:puedo|pude|puede ser)\b"
    r"|\b(?:ni (?:de|en|loc\w|hablar|madres|lo|se)|nunca|jamas|tampoco|nada que ver|para nada|de ningun\w)\b"
)
_HAS_A_FAULT = re.compile(
    r"(?<!no )(?<!ningun )(?<!sin )\b(?:hay|tiene|veo|encuentro|es) (?:un|unos|varios)? ?error(?:es)?\b"
)
_DENIALS = frozenset("no nadie ningun ninguno ninguna nada nunca".split())
_REFUSES = frozenset("no nunca jamas tampoco ni ningun ninguna ninguno nadie sin".split())
_REACH = 4
"""Words behind a refusing one, among which a word of the question is what it refuses."""
_GRAMMAR = frozenset(
    "esta este eso todo correcto correcta bien fue son del con por para como que cuando entonces".split()
)
"""Words of a question that are of no one matter."""
_TELLING = 4
"""Letters of a word of the question that is more than grammar."""


def refuses_plainly(text: str, asked: str = "", *, negative: bool | None = None) -> bool:
    """Is an answer that was read as a refusal, or as putting something right, plainly one?

    Args:
        text: the answer.
        asked: the question.
        negative: the question denies something, so that a "no" may agree with it; ``None``: found out from its words.
    """
    words = said(plain_speech(text)).plain.split()
    found = set(words)
    puts_right = found & (CHANGING | TIMES) or any(any(map(str.isdigit, word)) and word != "1" for word in words)
    if puts_right or not found & REFUSING:
        return True
    if negative is None:
        negative = not _DENIALS.isdisjoint(said(asked).plain.split())
    if negative and not _SOMEBODY & found:
        return bool(_FAULTS & found)
    plain = " ".join(words)
    faulty = (bool(_FAULTS & found) and "nada mal" not in plain) or _HAS_A_FAULT.search(plain) is not None
    return faulty or _DENIES.search(plain) is not None or _denies_of_it(words, said(asked).plain.split())


def _denies_of_it(words: list[str], asked: list[str]) -> bool:
    """Does it deny a word of the question: "no tengo correo"?"""
    echoes = {word for word in asked if len(word) >= _TELLING} - _GRAMMAR
    behind = (words[at + 1 : at + 1 + _REACH] for at, word in enumerate(words) if word in _REFUSES)
    return any(not echoes.isdisjoint(those) for those in behind)
