"""Questions that come back in Spanish instead of an answer: "¿todavía se puede manejar?", "¿a qué se refiere?"."""

import re

from backend.language.es.words import said

__all__ = ["asks_back"]

_LEAD = r"^(?:(?:eh|este|pues|bueno|ah|ay|y|pero|perdon|disculpe|oiga|mire|o sea|a ver|entonces) )*"
_ASKING = re.compile(
    rf"{_LEAD}(?:(?:a |de |en |con |para |por )?(?:que|cual|cuales|quien|quienes|cuanto|cuantos|cuantas|donde"
    rf"|cuando|como)"
    r" (?:es|son|era|fue|eran|numero|fecha|hora|dia|parte|cosa|tipo|quiere|dice|dijo|se|le|me|tiene|tengo|debo|hay|otro"
    r"|otra|carro|coche|significa|necesita|pasa|paso)\b|para que\b|por que\b(?! (?:se|me|no|iba|venia|el|la|un)\b)"
    r"|cuanto(?: tiempo| dias)? (?:falta|faltan|tarda|tardan|tardara|va|van|dura|cuesta|toma|voy|tengo)\b"
    r"|(?:a que|como que) se refiere|se refiere a|quiere decir|cual de)"
)
_WRITTEN = re.compile(r"^\W*¿[^?]*\?\s*$")
_TAGS = re.compile(r"(?:^|[,.] ?)¿?\s*(?:verdad|no|cierto|sí|si|okay|ok|eh)\s*\?\s*$", re.IGNORECASE)
_ANSWERS = frozenset("si no nadie ninguno claro correcto".split())
_VERBS = frozenset("es fue era estaba manejaba iba".split())
_LONGEST = 10


def asks_back(text: str) -> bool:
    """Is the whole of ``text`` a question? With an answer behind it ("quien manejaba era mi hijo") it is none."""
    plain = said(text).plain
    words = plain.split()
    if not words or len(words) > _LONGEST or set(words) & _ANSWERS:
        return False
    if _WRITTEN.match(text) and not _TAGS.search(text):
        return True
    return bool(_ASKING.match(plain)) and sum(word in _VERBS for word in words) <= 1
