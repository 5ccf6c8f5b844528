"""Spanish people who are told in several words, or of whom only something else is told than who did it."""

import re

__all__ = ["in_one_word", "owns", "rode_along", "told_beside", "without_planned"]

_WORKS = re.compile(
    r"\b(?:un|una|el|la|mi|otro|otra) (?:muchach[oa]|se[ñn]or|se[ñn]ora|chav[oa]|tipo|joven|persona|cuate) que trabaja"
    r" (?:conmigo|con nosotros|para m[ií]|para nosotros)\b",
    re.IGNORECASE,
)
_LEADING_NO = re.compile(r"^\W*(?:no[,.;]+ )+(?=(?:iba|fui|era|manejaba|ven[ií]a|yo)\b)", re.IGNORECASE)
"""A no of its own, with its pause: "no, iba yo solo"."""
_LENT = re.compile(r"\b(?:se|me) l[oa] (?:preste|habia prestado|deje|di|presto|habia dejado) a $")
"""Before somebody who had it then: "se lo presté a mi hijo"."""
_PLANNED = re.compile(
    r"\b(?:le tocaba(?: manejar)? a|iba a manejar|tenia que manejar|debia manejar|quedo de manejar) "
    r"(?:mi|el|la|un|una) \w+(?: \w+)?? pero\b"
)
"""What was only planned, and came otherwise."""
_CALLER_WAS = re.compile(
    r"\byo (?:(?:ni|no) )?(?:iba|venia|estaba|andaba|me quede|me encontraba)"
    r" (?:en|de|por|con|atras|dormid[oa]|trabajando)(?: (?!manej|pero)\w+){0,4}"
)
"""Where the caller was while somebody else drove: "yo iba en el camión"."""
_FELL_TO_ME = re.compile(
    r"\b(?:le tocaba a (?:mi|el|la) \w+ pero )?(?:(?:pero )?al final |y )?"
    r"(?:me toco(?: manejar)? a mi|(?:acabe|termine) manejando(?: yo)?|maneje yo)\b"
)
_RODE = re.compile(
    r"(?:mi|el|la|un|una) \w+(?: (?!yo\b)\w+)?? (?:iba|venia|estaba|andaba)"
    r" (?:de (?:pasajer|copilot|acompan)|dormid|atras"
    r"|al? (?:un |mi )?lado|junto|en el asiento)"
)


_NEITHER = re.compile(
    r"^\W*(?:(?:no|pues),? )*ni (?:yo|(?:mi|el|la) \w+),? ni (?:yo|(?:mi|el|la) \w+),?"
    r" (?:(?:fue|era|sino|sino que|manejaba|iba)\b ?)+(?=(?:mi|el|la|un|una) \w)",
    re.IGNORECASE,
)
"""Two who did not, before the one who did: "ni mi hijo ni yo, fue mi cuñada"."""


def in_one_word(words: str) -> str:
    """ "Un muchacho que trabaja conmigo" as an employee; without a no that stands before all of it, and those who did
    not do it."""
    return _WORKS.sub("un empleado", _LEADING_NO.sub("", _NEITHER.sub("", words)))


def without_planned(tokens: list[str], plain: str) -> tuple[list[str], str]:
    """Without who was only to do it: "iba a manejar mi esposo, pero". The words, and the same in plain spelling."""
    found = _PLANNED.search(plain)
    if found is None:
        return tokens, plain
    before, many = len(plain[: found.start()].split()), len(found[0].split())
    return [*tokens[:before], *tokens[before + many :]], " ".join(plain.replace(found[0], " ", 1).split())


def rode_along(plain: str) -> bool:
    """Is it told of the one who is named first in these words that they only rode along?"""
    return _RODE.match(plain) is not None


def told_beside(plain: str, who: str) -> list[str]:
    """What is told beside who did it, and makes it nobody else: where the caller was, or that it fell to them."""
    return [found[0] for found in (_FELL_TO_ME if who == "caller" else _CALLER_WAS).finditer(plain)]


def owns(before: str) -> bool:
    """ "El carro de mi papá", "iba con mi esposa": somebody who is spoken of, and did not do it."""
    return (
        _LENT.search(before) is None
        and re.search(
            r"\b(?:de|del|con|llevaba a|llevando a|llevar a|traia a|por|para|a|recoger a|visitar a|ver a|junto a|y"
            r"|preguntarle a) $",
            before,
        )
        is not None
        and not re.search(r"\b(?:yo no era|no era yo) (?:era )?(?:y )?$", before)
    )
