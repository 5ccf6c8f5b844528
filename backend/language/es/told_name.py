"""The name that somebody gives of themselves in Spanish, among other words."""

import re
from collections.abc import Collection
from datetime import datetime

from backend.language.asked import Asked
from backend.language.es.capitals import written
from backend.language.es.names import name_at, name_tokens, read_name
from backend.language.es.not_names import FILLERS, PARTICLES
from backend.language.es.numbers import HUNDREDS, TENS, UNITS
from backend.language.es.words import folded

__all__ = ["TOLD_AROUND", "told_name"]

TOLD_AROUND = FILLERS | frozenset(
    "me llamo soy habla le aqui mi mis nombre completo es y el la los las son numero de digitos numeros con por favor"
    " buenas buenos tardes dias noches su codigo clave gracias tambien".split()
)
"""Words around a name and numbers that say nothing of their own, in the plain spelling."""
_INTRODUCED = re.compile(
    r"\b(?:me llamo|mi nombre(?: completo)?(?: es)?|nombre(?: completo)? es|le habla|habla|aqui habla|a nombre de"
    r"|(?:^|(?<=y )|(?<=si )|(?<=hola )|(?<=dias )|(?<=tardes )|(?<=noches )|(?<=yo )|(?<=ah ))soy)(?: el| la)? "
)
_NUMBER_WORDS = frozenset((*UNITS, *TENS, *HUNDREDS, "mil"))
_ENDS = frozenset(
    "y e tuve tuvimos choque chocamos chocaron pegaron robaron reporto reportar vengo marco perdi se ya tengo".split()
)
"""Behind a name something else begins."""
_ANY_DAY = datetime(2000, 1, 1)
_LONGEST = 5


def told_name(
    text: str, labels: Collection[str], strange: Collection[str], *, asked: bool, opening: bool, numbers: bool
) -> str:
    """The caller's name, as it is written; empty where none is given.

    Args:
        text: the words.
        labels: what the numbers beside it are called, which no name is.
        strange: words of the business that no name has.
        asked: was the name asked for? Then it may stand alone.
        opening: are they the caller's first words, in which a name may stand that nobody asked for?
        numbers: are there numbers beside it?
    """
    if asked and not numbers:
        reading = read_name(text, Asked("name", _ANY_DAY))
        return str(reading.value) if reading.outcome == "value" else ""
    tokens = name_tokens(text)
    none = {word for label in (*labels, *strange) for word in folded(label).split()} | _NUMBER_WORDS | _ENDS
    plain = " ".join(folded(token) for token in tokens) + " "
    introduced = [len(plain[: found.end()].split()) for found in _INTRODUCED.finditer(plain)]
    for start in introduced:
        if name := _name_from(tokens, start, none):
            return name
    if introduced or not (asked or opening) or not numbers:
        return ""
    first = next((at for at, token in enumerate(tokens) if folded(token) not in TOLD_AROUND), len(tokens))
    return _name_from(tokens, first, none)


def _name_from(tokens: list[str], start: int, strange: Collection[str]) -> str:
    """A given name and a surname at least, which begin right here."""
    end = next((at for at in range(start, len(tokens)) if folded(tokens[at]) in strange), len(tokens))
    name, _ = name_at(tokens[:end], start)
    while name and folded(name[-1]) in PARTICLES:
        name = name[:-1]
    if not 1 < len(name) <= _LONGEST or folded(name[0]) in PARTICLES - {"san", "santa"}:
        return ""
    return written(name)
