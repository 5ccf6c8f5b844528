"""Several people in Spanish: who else was there, with their names and what they are to the caller."""

import re

from backend.language.es.doubt import hedged
from backend.language.es.names import name_tokens
from backend.language.es.people import KIN, others_in
from backend.language.es.words import folded, said
from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["companions", "read_people"]

_ALONE = re.compile(
    r"^(?:no|nadie|ninguno|ningun pasajero|no gracias)$|\b(?:nadie|ninguno|ninguna|sol[oa]|solit[oa]|sin "
    r"(?:pasajeros|nadie)|cero"
    r"|no (?:llevaba|iba|iban|habia|traia|llevabamos|hubo) (?:a )?(?:nadie|pasajeros|ningun\w*))\b"
)
_GROUP = r"(?:hijos|hijas|ninos|amigos|amigas|personas|pasajeros|hermanos|hermanas|companeros|sobrinos|nietos)"
_MANY = re.compile(
    rf"\b(?P<number>\d{{1,2}}) (?:{_GROUP}|mas|otros|otras)\b|^(?:eran |ibamos |iban "
    rf")?(?P<alone>\d{{1,2}})$"
)
_YET_NOBODY = re.compile(
    r"\bnadie\b(?! (?:mas|menos|excepto))|\b(?:iba|venia|andaba|estaba) (?:yo )?sol[oa]\b"
    r"|\bse (?:quedo|quedaron)\b|\bno (?:iba|iban|venia|venian|estaba|estaban)\b"
)
"""Beside somebody who is named: "mi esposa, no, ella se quedó en casa"."""
_SOME = re.compile(rf"\b(?:mis|los|las|unos|unas|varios) {_GROUP}\b")
_MOST = 20


def read_people(text: str) -> Reading:
    """``[{"name", "relationship"}]``, empty for nobody; a doubt where somebody was there and nobody."""
    answer = said(text)
    found = _everybody(text)
    if found and _YET_NOBODY.search(answer.plain):
        return doubtful("somebody is named, and nobody was there", found)
    if many := _MANY.search(answer.plain):
        number = int(many["number"] or many["alone"])
        found += [{"name": "", "relationship": ""} for _ in range(min(number, _MOST))]
        return sure(found[:_MOST], (answer.plain,)) if number else sure([], (answer.plain,))
    if some := _SOME.search(answer.plain):
        found.append({"name": some[0], "relationship": ""})
    if found:
        return doubtful("not said for sure", found) if hedged(answer) else sure(found[:_MOST], (answer.plain,))
    return sure([], (answer.plain,)) if _ALONE.search(answer.plain) else nothing()


def companions(text: str) -> list[dict[str, str]]:
    """Who is said to have been there beside the one who did it: "yo iba con mi esposa"."""
    plain = folded(text)
    beside = re.search(r"\b(?:con|llevaba a|llevando a|traia a|acompanad[oa] (?:de|por)|a mi lado)\b", plain)
    return _everybody(text[beside.end() :]) if beside else []


def _everybody(text: str) -> list[dict[str, str]]:
    tokens = name_tokens(text)
    return [
        {"name": one.name[:100], "relationship": KIN[one.kin]}
        for one in others_in(tokens, " ".join(folded(token) for token in tokens), riders=True)
    ]
