"""Digits in Spanish, one by one, in pairs or as numbers: "doble cero", "ochenta doscientos dos"."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from backend.language.asked import Asked
from backend.language.es.doubt import CORRECTION, Found, settled
from backend.language.es.words import Said, said
from backend.language.reading import Reading

__all__ = ["one_by_one", "read_digits", "runs_of_digits", "without_false_starts"]

_REPEATED = re.compile(
    r"\b(?:(?P<word>doble|triple) (?P<digit>\d)|(?P<many>[2-4]|par de|un par de) (?:veces )?(?P<name>\w+s)\b)"
)
_PLURALS = {
    name: str(value)
    for value, name in enumerate("ceros unos doses treses cuatros cincos seises sietes ochos nueves".split())
}
_COUNTED = re.compile(
    r"\b(?:(?:los |mis |sus |las )?(?:ultim[oa]s|primer[oa]s) \d{1,2}\b(?: (?:digitos|numeros|cifras))?"
    r"|\d{1,2} (?:digitos|numeros|cifras|segundos?|minutos?)\b)"
)
_BETWEEN = r"(?:\s|-|eh|este|esto|y|luego|despues|guion|coma|punto|espacio|mm|em)"
_RUN = re.compile(rf"\d+(?:{_BETWEEN}+\d+)*(?![\w])")
_WRITTEN = re.compile(r"(?<=\d)[-/.,:](?=\d)")
_SHORT = {"doble": 2, "triple": 3}
_TAKEN_BACK = frozenset(
    "no perdon perdone perdoneme disculpe disculpeme digo que miento mentira mejor dicho mas bien me equivoque corrijo"
    " quise decir quiero espere espera a ver otra vez de nuevo va empiezo este eh mm ay es son y bueno".split()
)
"""All that stands between a number that was begun and the same from its beginning."""
_WORD = re.compile(r"[^\W\d_]+")
_NO = re.compile(rf"{CORRECTION.pattern}|\b(?:no|otra vez|de nuevo|espere|espera)\b")


def read_digits(words: str, asked: Asked) -> Reading:
    """Exactly the digits that were said, as many as were asked for; another number of them is a question."""
    answer = said(words)
    plain = one_by_one(answer.plain)
    if asked.digits:
        plain = without_false_starts(plain, (asked.digits,))
    found = list(runs_of_digits(plain))
    if asked.digits:
        found = _as_asked(found, asked.digits, plain)
    return settled(found, Said(words, plain))


def one_by_one(plain: str) -> str:
    """A plain answer without counts ("los últimos cuatro"), with what is said twice written twice."""
    plain = _REPEATED.sub(_repeated, _COUNTED.sub(" ", plain))
    return re.sub(r" +", " ", plain).strip()


def runs_of_digits(plain: str) -> Iterator[Found]:
    """Digits with nothing but pauses between them."""
    for match in _RUN.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        yield Found(digits, match.start(), match.end())


def without_false_starts(plain: str, lengths: Container[int]) -> str:
    """Without what was begun, taken back and said again whole: "cinco nueve... perdón, cinco nueve dos siete".

    Two whole numbers stay two, whatever stands between them.

    Args:
        plain: an answer by ``one_by_one``.
        lengths: how many digits a whole number has.
    """
    runs = list(runs_of_digits(plain))
    for one, again in reversed(list(pairwise(runs))):
        between = plain[one.end : again.start]
        shorter = len(one.value) < len(again.value) and len(again.value) in lengths
        if shorter and _TAKEN_BACK.issuperset(_WORD.findall(between)) and _NO.search(between):
            return without_false_starts(f"{plain[: one.start]}{plain[again.start :]}", lengths)
    return plain


def _repeated(match: re.Match[str]) -> str:
    if match["word"]:
        return " ".join(match["digit"] * _SHORT[match["word"]])
    many = int(match["many"]) if match["many"].isdecimal() else 2
    digit = _PLURALS.get(match["name"])
    return " ".join(digit * many) if digit else match[0]


def _as_asked(found: Sequence[Found], length: int, plain: str) -> list[Found]:
    """The runs of the right length; where there are others beside them, or none, it is a doubt."""
    if len(found) > 1 and not CORRECTION.search(plain):
        joined = "".join(one.value for one in found)
        if len(joined) == length and all(len(one.value) < length for one in found):
            return [Found(joined, found[0].start, found[-1].end, "other words between the digits")]
    fitting = [one for one in found if len(one.value) == length]
    others = [one for one in found if len(one.value) not in (1, length)]
    if fitting and not others:
        return fitting
    if fitting:
        return [Found(one.value, one.start, one.end, "another number beside it") for one in fitting]
    return [Found(one.value, one.start, one.end, "another number of digits") for one in found]
