"""E-mail addresses in Spanish: "juan punto pérez arroba gmail punto com"."""

import re

from backend.language.asked import Asked
from backend.language.es.doubt import Found, hedged, settled
from backend.language.es.letters import LETTERS, spelled
from backend.language.es.words import Said, folded, said
from backend.language.reading import Reading, doubtful

__all__ = ["read_email"]

_WRITTEN = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_SIGNS = (
    (r"guion bajo|guion abajo|raya baja|raya abajo|subguion|sub guion|underscore|guion de abajo|linea baja", "_"),
    (r"guion(?: medio| normal| alto)?|raya|menos", "-"),
    (r"punto|dot", "."),
    (r"arroba|aroba|at", "@"),
    (r"mas", "+"),
)
_OPENING = re.compile(
    r"^(?:(?:si|claro|es|seria|mi|el|la|su|correo|electronico|email|e mail|mail|direccion|a(?! de\b)|al|de|eh|este|pues"
    r"|anote|apunte|mire|tome nota|personal"
    r"|puede|mandar|mandarlo|mandelo|mandemelo|mande|envielo|enviarlo|envie|esta|por|favor|a ver|bueno) )*"
)
_TAIL = re.compile(
    r"(?: (?:y|todo))* (?:por favor|gracias|sin acentos?|sin (?:la )?enie|con minuscula|nada mas|es todo"
    r"|eso es todo|todo junto|todo pegado|sin espacios"
    r"|todo en minusculas|en minusculas|con minusculas|(?:todo )?(?:en )?minuscula|asi|y ya)\b"
)
_TOGETHER = re.compile(r"\b(?:todo junto|todo pegado|sin espacios|junto)\b")
_TELLS = frozenset(
    "nombre apellido apellidos inicial iniciales letra letras con sin acento apostrofe mayuscula algo alguien".split()
)
"""How an address is written is told with these, or what nobody remembers of it."""
_INTRODUCES = re.compile(r"^(?P<before>[^._@-]*) (?:es|seria) (?=\S)")
"""A sentence may lead to an address: "el de mi casa es ..."."""
_PUTS_RIGHT = re.compile(r" (?:no|perdon|digo|espere|mejor|bueno)\b")
"""Behind an address: another one may follow."""
_SPELLED = 3
"""Letters one by one that are a name's spelling."""
_TOP = re.compile(r"\.[a-z]{2,6}$")


def read_email(words: str, asked: Asked) -> Reading:
    """The address in lower case, without accents; a question where words before the "arroba" may be joined or not."""
    written = list(_WRITTEN.finditer(words))
    if written:
        return settled(
            [Found(match[0].lower().rstrip("."), *match.span()) for match in written], Said(words, folded(words))
        )
    answer = said(words)
    plain = answer.plain
    for pattern, sign in _SIGNS:
        plain = re.sub(rf"\b(?:{pattern})\b", sign, plain)
    if plain.count("@") != 1:
        return settled([], answer) if "@" not in plain else doubtful("more than one address")
    together = _TOGETHER.search(plain) is not None
    plain = _TAIL.sub("", " " + _TAIL.sub("", " " + plain)).strip()
    opening = _OPENING.match(plain)
    local, _, domain = plain[opening.end() if opening else 0 :].partition("@")
    led_in = _INTRODUCES.match(local)
    local = local[led_in.end() :] if led_in else local
    if _PUTS_RIGHT.search(domain):
        return doubtful("something was put right")
    names, sure = _joined(_once(local.split()), together=together)
    place, _ = _joined(domain.split(), together=True)
    if not names or not place:
        return doubtful("a part of the address is missing")
    if not _TOP.search(place):
        return doubtful("the end of the address is missing", f"{names}@{place}.com")
    if not _TELLS.isdisjoint(local.split()):
        return doubtful("it is told how it is written", f"{names}@{place}")
    if led_in or not sure or hedged(answer) or "ñ" in words.lower():
        return doubtful("its words may be joined or not, or be none of it", f"{names}@{place}")
    return settled([Found(f"{names}@{place}", 0, len(plain))], Said(words, plain))


def _once(tokens: list[str]) -> list[str]:
    """Without the letters of a word that is spelled behind it: "beto be e te o" is beto."""
    for at, token in enumerate(tokens):
        letters, end = "", at + 1
        while end < len(tokens) and (tokens[end] in LETTERS or len(tokens[end]) == 1) and len(letters) < len(token):
            letter, after = spelled(tokens, end)
            letters, end = letters + letter, max(after, end + 1)
        if len(token) >= _SPELLED and letters == token:
            return tokens[: at + 1] + tokens[end:]
    return tokens


def _is_between_words(tokens: list[str], at: int) -> bool:
    """Is a "de" a word of its own, and no D: "la casa de ana"?"""
    near = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    return len(near) == 2 and all(len(one) > 2 and one not in LETTERS for one in near)


def _joined(tokens: list[str], *, together: bool) -> tuple[str, bool]:
    """Words, letters and figures in one; sure where at most one whole word stands between two signs."""
    parts: list[str] = []
    sure, words = True, 0
    index = 0
    while index < len(tokens):
        is_letter = tokens[index] in LETTERS or len(tokens[index]) == 1
        word = tokens[index] == "de" and _is_between_words(tokens, index)
        letter, end = spelled(tokens, index) if is_letter and not word else ("", index)
        if tokens[index] in "._-+":
            words, letter = 0, ""
        elif not letter and not tokens[index].isdecimal():
            words += 1
            sure = sure and (words < 2 or together)
        parts.append(letter or tokens[index])
        index = max(end, index + 1)
    return "".join(parts), sure
