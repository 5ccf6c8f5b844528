"""Who it was, in Spanish: "fui yo", "mi hijo luis yo estaba en la casa", "nadie"."""

import re
from dataclasses import dataclass, field
from typing import Any

from backend.language.asked import Asked
from backend.language.es.asides import aside, leading_aside
from backend.language.es.capitals import written
from backend.language.es.declining import declines
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.names import known_name, name_at, name_tokens
from backend.language.es.not_names import TITLES
from backend.language.es.person_doubt import PERSON_DOUBT
from backend.language.es.told_people import in_one_word, owns, rode_along, told_beside, without_planned
from backend.language.es.words import folded, said
from backend.language.es.yes_no import plain_hints
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.store_words import find

__all__ = ["KIN", "others_in", "read_person"]

_RELATIONSHIPS = {
    "spouse": "esposo esposa marido mujer pareja conyuge prometido prometida novio novia",
    "child": "hijo hija hijastro hijastra nino nina bebe muchacho chamaco hijito hijita",
    "parent": "padre madre papa mama padrastro madrastra jefa mai pai apa",
    "sibling": "hermano hermana hermanito hermanita medio gemelo gemela hermanastro",
    "friend": "amigo amiga vecino vecina roomie compadre comadre cuate",
    "employee": "empleado empleada colega companero companera chofer trabajador trabajadora ayudante",
    "other": (
        "tio tia primo prima sobrino sobrina abuelo abuela nieto nieta suegro suegra cunado cunada yerno nuera "
        "padrino madrina "
        "ahijado ahijada jefe mecanico valet ex entenado"
    ),
}
KIN = {word: name for name, words in _RELATIONSHIPS.items() for word in words.split()}
_NOBODY = re.compile(
    r"\b(?:nadie|ninguno|no (?:habia|iba|estaba|manejaba) nadie|(?:estaba|iba|carro|coche|auto|camioneta|quedo) "
    r"(?:vaci[oa]|sol[oa]|estacionad[oa]|parquead[oa]|aparcad[oa]|parad[oa])|^(?:estaba )?(?:estacionad[oa]"
    r"|parquead[oa]|vaci[oa]))\b"
    r"(?! (?:mas|salio|resulto|sabe|me"
    r"|l[oa](?! (?:dej[eo]|(?:tenia|habia) (?:estacionad|parquead|guardad)|estacione))))"
)
_EMPTY = re.compile(r"\bno (?:habia|iba|estaba) nadie(?: (?:adentro|dentro|en el (?:carro|coche)))?\b")
_NOBODY_FIRST = re.compile(
    r"(?:pues |no |este )*nadie\b"
    rf"(?!.*\b(?:pero|creo|menos|excepto|sabe|sino|salvo|mas|yo|o|{'|'.join(sorted(KIN))})\b)"
)
"""Nobody, and behind it no more than a remark."""
_ME = (
    r"(?:yo(?: (?:mism[oa]|mer[oa]|merit[oa]|solit[oa]))?|un servidor|su servidor|servidor|la de la voz|el de la voz"
    r"|conmigo al volante)"
)
_NOT_ME = re.compile(rf"\b(?:no (?:fui|era|soy|fue|iba|estaba|manejaba|iba manejando)? ?{_ME}|{_ME} no\b|ni {_ME})")
_I_WAS = re.compile(
    rf"\b(?:me toco(?: manejar)? a mi|(?:acabe|termine) manejando"
    rf"|(?:fui|era|soy|iba|manejaba|estaba|venia|manejando|conducia|el que (?:iba|manejaba)"
    rf"|la que (?:iba|manejaba)) {_ME}|{_ME})\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:fui|maneje|conduje|venia|iba|manejaba|conducia|llevaba)\b(?! (?:mi|el|ella|un|una|otr))"
)
_ELSEWHERE = re.compile(
    rf"\b{_ME} (?:(?:no|ni) \w+|(?:iba|venia) (?:de (?:pasajer|copilot|acompan)|dormid|atras|al? (?:un )?lado|junto"
    r"|en (?:el|un|la) (?!.*manej)|en (?:mi|una) (?:bici|patin)|a pie|caminando)"
    rf"|(?:estaba|andaba|me quede|seguia|me encontraba) (?:en|dormid|trabajando|con"
    r"|adentro|fuera|de|por|a pie|caminando|paseando|cruzando|corriendo))\w*"
)
_WITH = re.compile(
    r"\b(?:con|y llevaba a|llevaba a|llevando a|traia a|junto a|al lado de|acompanad[oa] de|de|del|a|para|por) $"
)
_NOT_THIS_ONE = re.compile(r"\bmi \w+ no (?:perdon )?mi \w+")
_DENIED = re.compile(r"\b(?:no|ni) (?:(?:fue|era|es|iba|manejaba|la|el) )*$")
_OR = re.compile(r"\bo\b")
_VERB = r"(?:fue|era|es|iba|manejaba|manejo|conducia|conducio|venia|llevaba|traia|lo|la|el que|la que|quien|que)"
_NAMED = re.compile(rf"^(?:(?:{_VERB}|manejando|conduciendo|se llama|si|pues|eh|este|no|ah) )+")
_WHICH = re.compile(
    r"(\bmi \w+),? (?:(?:el|la) )?"
    r"(?:mayor|menor|m[aá]s (?:grande|chic[oa]|joven)|grande|chic[oa]|mediano|mediana|de en medio)\b,?",
    re.IGNORECASE,
)
"""Which of several: "mi hija la mayor"."""
_MY_LADY = re.compile(r"\bmi (?:señora|vieja)\b(?! (?:madre|mamá))", re.IGNORECASE)
_OF_KIN = re.compile(rf"(?:\w+ )?\w+ del? (?:(?:mi|su|la|un|una) )?(?:{'|'.join(KIN)})\b")
"""Somebody's of somebody's: "el novio de mi hija"."""
_SPOUSE = re.compile(rf"\b(?:{_RELATIONSHIPS['spouse'].replace(' ', '|')})$")
"""A child of a spouse's may be the caller's as well."""
_STRANGER = re.compile(
    r"(?:el|la|un|una) (?:muchach[oa]|chamac[oa]|nin[oa]|senor|senora|joven) del? (?!mi\b|la casa\b)"
)
""" "El muchacho del valet" is nobody of the caller's."""
_CALLED = re.compile(r"\b(?:se llama(?:ba)?|llamad[oa]|de nombre|su nombre es) ")


@dataclass(frozen=True, slots=True)
class _Person:
    start: int
    kin: str
    name: str = field(default="", repr=False)


def read_person(words: str, asked: Asked) -> Reading:
    """Who was meant. Whoever only rode along, was elsewhere, or owns the thing is not."""
    answer = said(words)
    if leading_aside(answer) != "other":
        return nothing(leading_aside(answer))
    tokens = name_tokens(in_one_word(_MY_LADY.sub("mi esposa", _WHICH.sub(r"\1", words))))
    plain = " ".join(folded(token) for token in tokens)
    tokens, plain = without_planned(tokens, plain)
    if _ANOTHERS.search(plain) and not _mine(plain):
        return doubtful("the driver of something else", {"who": "other"})
    others = others_in(tokens, plain)
    mine = _mine(plain)
    if mine:
        others = [one for one in others if not rode_along(plain[one.start :])]
    if not others and not mine and (aside(answer) == "unknown" or declines(answer.plain)):
        return nothing("other" if declines(answer.plain) else "unknown")
    if mine and others and not _NOT_ME.search(plain) and len(others) > 0:
        others = (
            [one for one in others if not _WITH.search(plain[: one.start])] if not _ELSEWHERE.search(plain) else others
        )
    if len({(one.kin, one.name) for one in others}) > 1 or (_OR.search(plain) and others):
        return doubtful("two people may be meant", *[_value(one, asked) for one in others])
    values = [_value(one, asked, plain) for one in others]
    if mine and not _ELSEWHERE.search(plain) and not _NOT_ME.search(plain):
        values.append({"who": "caller"})
    return _settled(values, tokens, plain, asked, answer_hedged=hedged(answer), asks=answer.asks)


_ANOTHERS = re.compile(
    r"\b(?:el|la|un|una) (?:chofer|conductor|conductora|operador|senor|senora|muchach[oa]|joven|tipo)"
    r" (?:del? (?:camion|trailer|autobus|taxi|micro|combi|pesero|troca|otr[oa]|otro carro)\b|que me\b|que nos\b)"
)
"""Whoever drives something else, or did something to the caller."""


def _settled(
    values: list[dict[str, Any]], tokens: list[str], plain: str, asked: Asked, *, answer_hedged: bool, asks: bool
) -> Reading:
    told = list(find(plain_hints(asked.choices), plain)) if not values else []
    signs, signs_said = [found.value for found in told], [found.words for found in told]
    nobody = not values and (_NOBODY.search(plain) is not None or "nobody" in signs)
    if nobody:
        values = [{"who": "nobody"}]
        signs_said += [found[0] for found in _EMPTY.finditer(plain)]
        if _NOBODY_FIRST.match(plain):
            signs_said.append(plain)
    if not values and (_NOT_ME.search(plain) or re.search(r"\bno (?:fue |era )?(?:mi|un|una) ", plain)):
        return doubtful("only who it was not was said")
    if not values:
        values = _bare(tokens, plain, asked)
    if not values:
        return nothing(aside(said(plain)))
    if len(values) > 1 and CORRECTION.search(plain):
        values = values[-1:]
    if len(values) == 1 and _NOT_THIS_ONE.search(plain):  # "mi hermano no mi primo": either may be taken back
        return doubtful("somebody else is named after a no", *values)
    if len(values) > 1 or answer_hedged or asks:
        return doubtful("two people may be meant" if len(values) > 1 else "not said for sure", *values)
    if why := PERSON_DOUBT.why(plain, values[0]):
        return doubtful(why, *values)
    return sure(values[0], (*signs_said, *told_beside(plain, values[0]["who"]), str(values[0].get("name", ""))))


def _mine(plain: str) -> bool:
    if _I_WAS.search(plain):
        return True
    first = _FIRST_PERSON.search(plain)
    return bool(first and first[0] in ("fui", "maneje", "conduje"))


def others_in(tokens: list[str], plain: str, *, riders: bool = False) -> list[_Person]:
    """Relatives and friends with their names; those who only rode along or own something where ``riders`` says so."""
    found: list[_Person] = []
    index = 0
    while index < len(tokens):
        kin = folded(tokens[index])
        if kin not in KIN or (
            index and folded(tokens[index - 1]) not in ("mi", "un", "una", "el", "la", "su", "era", "fue", "mejor")
        ):
            index += 1
            continue
        start = len(" ".join(folded(token) for token in tokens[:index])) + (index > 0)
        behind = index + 1
        if tokens[behind : behind + 2] and folded(" ".join(tokens[behind : behind + 2])) in (
            "de trabajo",
            "del trabajo",
            "de cuarto",
        ):
            kin = "vecino" if folded(tokens[behind + 1]) == "cuarto" else kin
            behind += 2
        behind += tokens[behind : behind + 1] != [] and folded(tokens[behind]) in ("mio", "mia", "nuestro", "nuestra")
        called = _CALLED.match(" ".join(folded(token) for token in tokens[behind:]) + " ")
        behind += len(called[0].split()) if called else 0
        name, end = name_at(tokens, behind)
        before = _name_before(tokens, index)
        if name and folded(name[0]) in ("de", "del"):  # "el chofer de la compañía"
            name = []
        if not name and before:
            name = before
        determiner = start - len(folded(tokens[index - 1])) - 1 if index else start
        if not _DENIED.search(plain[:determiner]) and (riders or not owns(plain[:determiner])):
            found.append(_Person(determiner, kin, written(name) if name else ""))
        index = max(end, index + 1)
    return found


def _name_before(tokens: list[str], index: int) -> list[str]:
    """ "Luis mi hijo", "Carlos Gómez un amigo"."""
    if index < 2 or folded(tokens[index - 1]) not in ("mi", "un", "una", "el", "la"):
        return []
    plain = " ".join(folded(token) for token in tokens[: index - 1])
    lead = _NAMED.match(plain + " ")
    skip = len(lead[0].split()) if lead else 0
    name, end = name_at(tokens[: index - 1], skip)
    return name if end == index - 1 else []


def _bare(tokens: list[str], plain: str, asked: Asked) -> list[dict[str, Any]]:
    """A name that stands by itself: "anna kovacs", "lo manejaba Carlos Gómez", "un señor que se llama Juan"."""
    called = _CALLED.search(plain)
    skip = len(plain[: called.end()].split()) if called else 0
    lead = _NAMED.match(plain + " ")
    skip = skip or (len(lead[0].split()) if lead else 0)
    if (
        skip < len(tokens)
        and folded(tokens[skip]) in ("el", "la")
        and folded(" ".join(tokens[skip + 1 : skip + 2])) in TITLES
    ):
        skip += 1
    name, end = name_at(tokens, skip)
    rest = " ".join(folded(token) for token in tokens[end:])
    if not name or not re.fullmatch(rf"(?:{_VERB}|manejando|conduciendo|al volante|el carro|mi carro|quien| )*", rest):
        return []
    full = known_name(written(name), asked)
    return (
        [{"who": "caller"}]
        if asked.caller and folded(full) == folded(asked.caller)
        else [{"who": "other", "name": full}]
    )


def _value(one: _Person, asked: Asked, plain: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {"who": "other"}
    if one.name:
        value["name"] = known_name(one.name, asked)
    of_kin = None if KIN[one.kin] == "friend" else _OF_KIN.match(plain[one.start :])
    if of_kin is None or not (KIN[one.kin] == "child" and _SPOUSE.search(of_kin[0])):
        value["relationship"] = "other" if of_kin or _STRANGER.match(plain[one.start :]) else KIN[one.kin]
    return value
