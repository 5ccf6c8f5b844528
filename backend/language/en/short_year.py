"""Years of birth without their century, as most people say them: "june second, eighty four", "oh six oh two 84"."""

import re

from backend.language.en.number_words import DIGITS, TENS

__all__ = ["with_century"]

_ONES = "|".join(word for word, value in DIGITS.items() if 0 < value < 10)
_OLD = "|".join(word for word, value in TENS.items() if value >= 40)
_BEHIND = r"(?P<behind>[\s,.]*(?:please|thank you|thanks|sir|ma'am)?[.\s]*)$"
_SAID = re.compile(
    rf"(?<!nineteen )(?<!hundred )(?<!hundred and )(?<!nineteen-)\b(?P<year>(?:{_OLD})(?:[ -](?:{_ONES}))?){_BEHIND}",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"(?<![\d/.:-])['’]?\b(?P<year>[4-9]\d){_BEHIND}")
_ZERO = re.compile(rf"(?<!hundred )(?<!thousand )\b(?:oh|o|zero) (?P<year>{_ONES}){_BEHIND}", re.IGNORECASE)
_LEADING = re.compile(
    rf"^(?P<before>(?:(?:it's|it is|um|uh|born|on) )*)(?:oh|o|zero) (?P<month>{_ONES})\b(?= )", re.IGNORECASE
)
_DAY = re.compile(rf"^(?P<before>(?:[a-z']+ ){{1,4}})(?:oh|o|zero) (?P<day>{_ONES})\b(?= )", re.IGNORECASE)


def with_century(text: str) -> str:
    """The words of a day of birth with its year in full, where its end is one in two figures.

    Only what can be no day of a month is taken for a year: from forty to ninety nine, and "oh one" behind a day.

    Args:
        text: the answer to the question for a day of birth.
    """
    said = _LEADING.sub(r"\g<before>\g<month>", text.strip())
    if said != text.strip():
        said = _DAY.sub(r"\g<before>\g<day>", said)
    for pattern, century in ((_SAID, "nineteen "), (_WRITTEN, "19"), (_ZERO, "two thousand ")):
        if found := pattern.search(said):
            return f"{said[: found.start()]}{century}{found['year']}{found['behind']}"
    return said
