"""Names in Spanish answers, as they are written: two surnames, "de la", accents, spelled letters."""

import re
import unicodedata
from collections.abc import Sequence

from backend.language.asked import Asked
from backend.language.es.asides import leading_aside
from backend.language.es.capitals import written
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.letters import LETTERS, spelled
from backend.language.es.name_beside import told_with_it
from backend.language.es.not_names import FILLERS, NOT_NAMES, PARTICLES, TITLES
from backend.language.es.words import folded, said
from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["known_name", "name_at", "name_tokens", "read_name"]

_LEAD = re.compile(
    r"^(?:(?:si|no|pues|bueno|eh|este|ah|hola|buenas tardes|buenos dias|buenas noches|claro|mire|mucho gusto"
    r"|a sus ordenes) )*(?:(?:yo )?(?:me llamo|soy|le habla|habla|aqui habla|aqui)"
    r"|(?:y )?(?:mi|el|su) (?:nombre|apellido)(?: completo)?(?: es)?|(?:se|el se|ella se) llama(?:ba)?|es|fue|era"
    r"|(?:esta )?a nombre de|apunte|ponga|anote|seria|son|mis apellidos son|con el nombre de|nombre completo"
    r"|servidor|su servidor|los apellidos son) (?:(?:el|la) (?=senor|senora|doctor))?"
)
_TRAIL = re.compile(
    r" (?:para servirle|a sus ordenes|por favor|gracias|senor(?:ita)?|senora|servidor|es todo|nada mas|asi "
    r"nomas|es mi nombre(?: completo)?|ese es mi nombre|asi es)$"
)
_WITH = re.compile(
    r" (?:(?:se escribe )?(?P<how>con|sin) (?P<rest>(?:doble |2 |la |una? )?(?:letra )?\w+(?: (?:al final|al "
    r"principio|y no con \w+"
    r"|en la \w+|chica|grande|corta|larga|griega|latina|de \w+))*))$"
)
_HOW = r"(?:doble |la )?\w+(?: (?:latina|griega|chica|grande|corta|larga|de \w+))?(?: al (?:final|principio))?"
_WITH_BETWEEN = re.compile(
    rf"^(?P<said>\w+) (?P<how>con|sin) (?P<rest>{_HOW}) (?P<full>(?P=said)\b.*|\w+ (?P=said)\b.*)$"
)
"""A part of a name, how it is written, and the whole name: "ximena con equis ximena solís"."""
_OWN = r"(?:(?:mi|el|su|de) )?"
_PART = r"\w+(?: \w+)?"
_GIVEN = r"\w+(?: \w+)??"
_HALVES = (
    re.compile(
        rf"^(?:es )?(?:{_OWN}nombre(?: es)?|me llamo) (?P<first>{_GIVEN}) (?:y )?{_OWN}apellidos?(?: (?:es|son))?"
        rf" (?P<last>{_PART})$"
    ),
    re.compile(
        rf"^(?:es )?{_OWN}apellidos?(?: (?:es|son))? (?P<last>{_PART}) (?:y )?{_OWN}nombre(?: es)? (?P<first>{_PART})$"
    ),
    re.compile(rf"^(?:es |son )?(?P<last>{_PART}) de apellidos? (?:y )?(?:de )?nombre (?P<first>{_PART})$"),
    re.compile(rf"^(?P<first>{_GIVEN}) y {_OWN}apellidos?(?: (?:es|son))? (?P<last>{_PART})$"),
    re.compile(rf"^(?:es )?(?P<first>{_PART}) de nombre (?:y )?(?P<last>{_PART}) de apellidos?$"),
)
"""The name and the surnames by themselves, in either order."""
_NOT_A_PART = frozenset("mi el su de y es nombre apellido apellidos no".split())
_FULL = re.compile(r"\bcomplet[oa]\b")
_LONGEST = 6
_TWICE = 2


def read_name(words: str, asked: Asked) -> Reading:
    """The name that the words give. One word for a full name, two spellings, and other words around it are a doubt."""
    answer = said(words)
    if leading_aside(answer) != "other":
        return nothing(leading_aside(answer))
    plain = " ".join(name_tokens(words))
    fold = folded(plain)
    told = told_with_it(plain, fold, own="su nombre" in folded(asked.question))
    plain = told.name
    corrected = [match for match in CORRECTION.finditer(folded(plain)) if match.end() < len(plain)]
    if corrected:
        plain = plain[corrected[-1].end() :].strip()
    tokens, agrees = _without_frame(_together(plain))
    name, end = name_at(tokens, 0)
    if not name:
        return nothing()
    name, again = _once(name)
    value = known_name(written(name), asked)
    if again:
        return doubtful("a part of it is said twice", value)
    if folded(name[0]) in ("de", "del"):
        return doubtful("it may be somebody of that name", value)
    if len(folded(value).split()) == 1 and (_FULL.search(folded(asked.question)) and "apellido" not in asked.question):
        return doubtful("only half of a name", value)
    if end < len(tokens) or not agrees or hedged(answer) or len(name) > _LONGEST:
        return doubtful("two spellings, or words around it", value, against=tuple(tokens[end:]))
    letters = (token for token in tokens if _named(folded(token)))
    return sure(value, (*name, *letters), against=told.beside)


def _once(name: list[str]) -> tuple[list[str], bool]:
    """Without what is said again at once ("josé luis, josé luis ramírez"); and whether another part stands twice."""
    plain = [folded(part) for part in name]
    for size in range(len(name) // 2, 0, -1):
        if plain[:size] == plain[size : 2 * size]:
            return _once(name[size:])
    if len(name) > _TWICE and plain[0] == plain[-1]:  # "arriaga, jesús arriaga"
        return _once(name[1:])
    return name, any(part in plain[at + 2 :] and part not in PARTICLES for at, part in enumerate(plain))


def _together(plain: str) -> str:
    """Name and surnames that are told apart, as one name."""
    fold = folded(plain)
    found = next((match for pattern in _HALVES if (match := pattern.match(fold))), None)
    if found is None or _NOT_A_PART & set(f"{found['first']} {found['last']}".split()):
        return plain
    return f"{plain[found.start('first') : found.end('first')]} {plain[found.start('last') : found.end('last')]}"


def name_tokens(words: str) -> list[str]:
    """The words in small letters with their accents, without marks."""
    text = re.sub(r"[^\w\s'-]|_", " ", words.replace("’", "'"))
    return [token if _inner_capital(token) else token.lower() for token in text.split()]


def _inner_capital(token: str) -> bool:
    return re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", token) is not None


def known_name(name: str, asked: Asked) -> str:
    """As a book writes it, where it is one of those that may be meant."""
    return next((one for one in asked.known if folded(one) == folded(name)), name)


def _without_frame(plain: str) -> tuple[list[str], bool]:
    """Only the name, without "me llamo" and "para servirle"; and whether it has the letters it is said to have."""
    before = ""
    while before != plain:
        before = plain
        lead = _LEAD.match(folded(plain) + " ")
        plain = plain[lead.end() :].strip() if lead and lead.end() < len(plain) else plain
        trail = _TRAIL.search(folded(plain))
        plain = plain[: trail.start()] if trail else plain
    if between := _WITH_BETWEEN.match(folded(plain)):
        name = plain[between.start("full") :]
        return name.split(), _has(folded(name), name, between)
    found = _WITH.search(folded(plain))
    if not found:
        return plain.split(), True
    name = plain[: found.start()]
    return name.split(), _has(folded(name), name, found)


def _has(fold: str, name: str, found: re.Match[str]) -> bool:
    """Has the name the letter that it is said to have, or lack?"""
    tokens = [
        token
        for token in found["rest"].split()
        if token not in ("la", "una", "un", "letra", "al", "final", "principio")
    ]
    if tokens and tokens[0] in ("acento", "tilde"):
        return (fold != folded_keeping(name)) is (found["how"] == "con")
    double = bool(tokens) and tokens[0] in ("doble", "2")
    letter, end = spelled(tokens, 0) if tokens else ("", 0)
    if not letter and double and len(tokens) > 1:
        one, end = spelled(tokens, 1)
        letter = one.rstrip("s") * 2 if one else ""
    return bool(letter) and (letter in fold) is (found["how"] == "con") and end == len(tokens)


def folded_keeping(name: str) -> str:
    """The name in small letters with its accents; an "ñ" is no accent."""
    return name.lower().replace("ñ", "n")


def name_at(tokens: Sequence[str], start: int) -> tuple[list[str], int]:
    """The words of the name that begins at ``start``, and the place behind it."""
    name: list[str] = []
    index = start
    while index < len(tokens):
        word, behind = _spelled_word(tokens, index)
        if word:
            _place(name, word)
            index = behind
            continue
        fold = folded(tokens[index])
        follows = folded(tokens[index + 1]) if index + 1 < len(tokens) else ""
        if fold in TITLES or (not name and (fold in FILLERS or (fold in ("el", "la") and follows in TITLES))):
            index += 1
            continue
        if not _may_stand(fold, name, tokens, index):
            break
        name.append(tokens[index])
        index += 1
    while name and folded(name[-1]) in PARTICLES - {"san", "santa", "van"}:
        name, index = name[:-1], index - 1
    return name, index


def _may_stand(fold: str, name: Sequence[str], tokens: Sequence[str], index: int) -> bool:
    letters = re.sub(r"['-]", "", fold)
    if not letters.isalpha() or (fold in NOT_NAMES and fold not in PARTICLES):
        return False
    if fold in PARTICLES - {"san", "santa", "van", "von", "da", "di"}:
        follows = folded(tokens[index + 1]) if index + 1 < len(tokens) else ""
        joins = bool(follows) and (follows in PARTICLES or follows not in NOT_NAMES) and follows not in FILLERS
        return joins and (bool(name) or (fold in ("de", "del") and len(tokens) > index + 1))
    return True


def _spelled_word(tokens: Sequence[str], start: int) -> tuple[str, int]:
    """The word that is spelled from ``start`` on, and the place behind it; three letters and more make one."""
    plain = ["eñe" if token in ("eñe", "ñ") else folded(token) for token in tokens]
    letters, count, index = "", 0, start
    while index < len(tokens):
        letter, end = spelled(plain, index) if _named(plain[index]) else ("", index)
        if not letter:
            break
        written = unicodedata.normalize("NFC", tokens[index])
        letter = written if len(written) == 1 and folded(written) == letter else letter  # "i v á n"
        letters, count, index = letters + letter, count + 1, end
    return (letters, index) if count > 2 else ("", start)


def _named(token: str) -> bool:
    return len(token) == 1 or token in LETTERS or token in ("eñe", "doble", "elle", "che")


def _place(name: list[str], word: str) -> None:
    """A spelled word takes the place of the same one said before it; else it comes behind."""
    for length in (1, 2):
        same = folded("".join(name[-length:]))
        if same and same[0] == folded(word)[0] and _alike(same, folded(word)):
            if length == 1 and same == folded(word) and folded_keeping(word) == same:
                return  # spelled without the accents that it was said with
            del name[-length:]
            break
    name.append(word)


def _alike(one: str, other: str) -> bool:
    return one == other or (abs(len(one) - len(other)) <= 1 and len(set(one) ^ set(other)) <= 2)
