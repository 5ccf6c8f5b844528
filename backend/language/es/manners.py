"""What people put around a Spanish answer and that says nothing: whom they speak to, and how they swear or soften."""

import re

from backend.language.turn_memory import remembered

__all__ = ["plain_speech"]

_TO_WHOM = (
    r"(?:señorita|seño|joven|jefe|jefa|mijo|mija|m'hijo|corazón|cariño|mi amor|güey|wey|compadre|compa|amigo|amiga"
    r"|licenciad[oa])"
)
_OWNED = frozenset(
    "un una el la mi su mis sus otro otra ese esa este esta con por para de del y era fue no como".split()
)
"""Before such a word it means somebody: "era un joven", "con mi amigo"."""
_TRAILING = re.compile(rf"^(?P<rest>.*?\S)[ ,]+{_TO_WHOM}(?P<mark>[.!?]*)$", re.IGNORECASE | re.DOTALL)
_BEFORE_A_MARK = re.compile(rf"(?<=\w)[ ,]+{_TO_WHOM}(?=[,;.!?])", re.IGNORECASE)
_SWEARS = re.compile(
    r"\b(?:pinches?|maldit[oa]s?|chingad[oa]s?|put[oa]s?|jodid[oa]s?|cabron(?:es)?|carajo)\b ?", re.IGNORECASE
)
_MARKS_WELL = re.compile(
    r"\b(?:f[ií]jese|f[ií]jate|f[ií]jense|fig[uú]rese|imag[ií]nese|viera)(?: usted| nom[aá]s)*,? que (?=\w)"
    r"|[ ,]+(?:f[ií]jese|f[ií]jate|f[ií]jense)(?=[.!?,]|$)",
    re.IGNORECASE,
)
""" "Fíjese que no" is a no, told kindly."""
_SURE = re.compile(r"\ba huevo\b", re.IGNORECASE)


@remembered
def plain_speech(text: str) -> str:
    """The words without whom they are spoken to and without swearing: "sí, señorita" is "sí", "fíjese que no" is "no".

    The words as they are where nothing would be left.
    """
    plain = _BEFORE_A_MARK.sub("", _SWEARS.sub("", _MARKS_WELL.sub("", _SURE.sub("sí", text))).strip())
    while (found := _TRAILING.match(plain)) and found["rest"].split()[-1].lower().strip(",") not in _OWNED:
        plain = found["rest"].rstrip(" ,") + found["mark"]
    plain = " ".join(plain.split()).strip(" ,")
    return plain if any(character.isalnum() for character in plain) else text
