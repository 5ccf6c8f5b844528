"""Numbers with letters, and postal codes, in Spanish: "pe o ele ele de lima ocho cero cinco dos seis"."""

import re
from dataclasses import replace

from backend.domain.pattern import fits
from backend.language.asked import Asked
from backend.language.es.digits import one_by_one
from backend.language.es.doubt import CORRECTION, Found, settled
from backend.language.es.letters import spelled
from backend.language.es.neutral import COVERAGE
from backend.language.es.words import Said, folded, said
from backend.language.reading import Reading

__all__ = ["read_code", "read_postal_code"]

_WRITTEN = re.compile(r"\b(?=[A-Za-z]*\d|[A-Z]{2,}\b)[A-Za-z]{0,4}-?[A-Za-z]?\d[A-Za-z\d-]*\b")
_OPENING = re.compile(
    r"^(?:(?:si|claro|es|el|la|mi|su|numero|codigo|este|eh|pues|bueno|de|a ver|mire|aqui|esta|lo|tengo|seria|postal"
    r"|empieza|con|zip|code|por|un|una|poliza|es el|letra|dice) )*"
)
_OPENS = frozenset("dice tengo seria poliza zip code postal letra ver aqui esta".split())
_PASSED = frozenset("guion guión - y luego despues eh este la letra numero".split())
_TAIL = frozenset("por favor gracias nada mas es todo si senor senorita y ya punto".split())
_LONG = 5
"""Letters of a word; a shorter one before a hyphen is part of the number: "pol guion"."""
_SHORT = re.compile(r"[a-z]{2,4}")
_POSTAL = {"US": (5, 9), "MX": (5,)}


def read_code(words: str, asked: Asked) -> Reading:
    """Capitals and figures in the order in which they were named; exactly as the pattern wants, where there is one."""
    answer = said(words)
    written = [Found(match[0].upper(), *match.span()) for match in _WRITTEN.finditer(words)]
    if written and all(any(c.isdecimal() for c in one.value) for one in written):
        found = [_fitted(one, asked) for one in written if len(one.value) > 3] or written
        return settled(found, Said(words, folded(words)))
    plain = one_by_one(answer.plain)
    found = [_fitted(_with_word_before(one, plain, asked), asked) for one in _named(plain)]
    return settled(found, Said(words, plain))


def read_postal_code(words: str, asked: Asked) -> Reading:
    """The five digits of a postal code of Mexico or the United States."""
    plain = one_by_one(said(words).plain)
    found = [_five(one, asked.region) for one in _named(plain) if one.value.isdecimal()]
    return settled(found, Said(words, plain))


def _with_word_before(one: Found, plain: str, asked: Asked) -> Found:
    """With the letters that every such number begins with, where they were said as a word: "pol efe nueve cero ...".

    A short word that no sentence has may belong to one of which the form is not known.
    """
    before = [word for word in plain[: one.start].split() if word not in _PASSED]
    word = before[-1] if before else ""
    if prefix := _prefix(asked.pattern):
        return replace(one, value=f"{prefix}{one.value}") if folded(prefix) == word else one
    odd = not asked.pattern and _SHORT.fullmatch(word) and word not in COVERAGE.silent | COVERAGE.strict["phone"]
    known = {*_OPENS, *said(asked.question).plain.split()}
    return replace(one, why="a word may belong to it") if odd and word not in known else one


def _prefix(pattern: str) -> str:
    """The letters that every number of this pattern begins with."""
    found = re.match(r"\^?\(?(?:\?:)?([A-Z]{2,})", pattern)
    return found[1] if found else ""


def _five(one: Found, region: str) -> Found:
    lengths = _POSTAL.get(region, (5, 9))
    if len(one.value) == 9 and 9 in lengths:
        begun, whole = one.value[:4], one.value[4:]
        why = "it may have been begun twice" if whole.startswith(begun) else ""
        return Found(f"{one.value[:5]}-{one.value[5:]}", one.start, one.end, why, (whole,) if why else ())
    return one if len(one.value) == 5 else Found(one.value, one.start, one.end, "another number of digits")


def _named(plain: str) -> list[Found]:
    """Runs of letters and figures, one where nothing else stands between them."""
    opening = _OPENING.match(plain + " ")
    at = min(opening.end(), len(plain)) if opening else 0
    found: list[Found] = []
    for piece in _pieces(plain, at):
        before = found[-1] if found else None
        between = plain[before.end : piece.start].split() if before else []
        if before and all(word in _PASSED for word in between):
            found[-1] = Found(before.value + piece.value, before.start, piece.end)
        else:
            found.append(piece)
    return [one for one in found if any(c.isdecimal() for c in one.value) or len(one.value) > 2]


def _pieces(plain: str, at: int) -> list[Found]:
    tokens = list(re.finditer(r"\S+", plain))
    names = [token[0] for token in tokens]
    found: list[Found] = []
    index = 0
    while index < len(tokens):
        start = tokens[index].start()
        if start < at or CORRECTION.match(plain, start):
            index += 1
        elif re.fullmatch(r"[\d-]*\d[\d-]*|[a-z]*\d[a-z\d]*", names[index]):
            found.append(Found(names[index].replace("-", "").upper(), start, tokens[index].end()))
            index += 1
        else:
            letter, end = spelled(names, index, nato=True)
            if not letter and names[index + 1 : index + 2] == ["guion"] and len(names[index]) < _LONG:
                letter, end = names[index], index + 1
            if letter:
                found.append(Found(letter.upper(), start, tokens[end - 1].end()))
            index = max(end, index + 1)
    return found


def _fitted(one: Found, asked: Asked) -> Found:
    value = one.value
    if asked.pattern:
        whole = dict.fromkeys((value, _prefix(asked.pattern) + value))
        spellings = [
            form for each in whole for form in (each, *(f"{each[:at]}-{each[at:]}" for at in range(1, len(each))))
        ]
        value = next((spelling for spelling in spellings if _matches(asked.pattern, spelling)), "")
        return Found(value or one.value, one.start, one.end, "" if value else "not of the form that was asked for")
    count = len(re.sub(r"[^\w]", "", value))
    wrong = asked.digits and count != asked.digits
    return Found(value, one.start, one.end, "another number of characters" if wrong else one.why)


def _matches(pattern: str, value: str) -> bool:
    return fits(pattern, value, any_case=True)
