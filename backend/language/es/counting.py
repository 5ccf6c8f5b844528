"""Whole numbers in Spanish, also where things are counted: "un camión y mi carro", "el mío y otros tres"."""

import re
from collections.abc import Iterable

from backend.language.asked import Asked, Choice
from backend.language.es.doubt import Found, settled
from backend.language.es.words import folded, said
from backend.language.reading import Reading, doubtful

__all__ = ["read_integer"]

_ONLY = re.compile(
    r"\b(?:solo|solamente|unicamente|nada mas|nomas|no mas|no fue mas que)(?: (?:era|fue|fui|es|estaba|iba|con))* "
    r"(?:el mio|la mia|yo|mi \w+|uno|1|el nuestro)\b|\b(?:yo|el mio|la mia|1) (?:solo|sola|solito|nada mas"
    r"|nomas|unicamente|solamente)\b"
)
_NO_OTHER = re.compile(
    r"\b(?:nadie mas|ningun otro|ninguna otra|ningun[oa] mas|no (?:hubo|habia|hay|fue|involucro)(?: (?:a "
    r")?(?:otro|otra|otros"
    r"|otras|nadie|ningun|mas)\b)+)"
)
_NOT_COUNTED = re.compile(
    r"\b(?:\d+|un|una) (?:segund|minut|moment|hora|dia|ano|vez|vece|semana|mes|metro|kilometro)\w*|\ba la 1\b"
)
_OWN = r"el mio|la mia|del mio|de la mia|los mios|el nuestro|la nuestra|yo|conmigo"
_ALL = re.compile(
    r"\b(?:en total|conmigo|con el mio|con la mia|con mi \w+|por todo|por todos|entre todos|todos|contando\w*"
    r"|incluyendo\w*|incluid[oa]s?|eran|fuimos"
    r"|eramos|juntos)\b"
)
_ALSO_THEIRS = re.compile(r"\b(?:el|la) (?:de (?:el|ella|ellos|la otra|el otro|un|una)|del (?:otro|senor|muchacho))\b")
"""One of those that were counted: "dos, el de él y el mío"."""
_BOTH = re.compile(r"\b(?:l[oa]s 2|ambos|ambas|el otro y (?:yo|el mio)|l[oa]s 2 \w+)\b")
_MORE = re.compile(r"\b(?:otr[oa]s?|(?<!nada )(?<!no )mas|aparte|ademas)\b")
_ABOUT = re.compile(r"\b(?:como|unos|unas|aproximadamente|cerca de|casi|mas de|menos de|varios|varias|muchos)\b")
_EITHER = re.compile(r"\b(\d+) o (?:quiza |tal vez |hasta )?(\d+)\b")


def read_integer(words: str, asked: Asked) -> Reading:
    """A whole number; where things are counted, those that were named one by one are added up."""
    answer = said(words)
    plain = _NOT_COUNTED.sub(" ", answer.plain)
    either = _EITHER.search(plain)
    if either:
        return doubtful("one of two numbers", int(either[1]), int(either[2]))
    if not asked.choices:
        return settled([Found(int(m[0]), *m.span()) for m in re.finditer(r"\b\d+\b(?![/:.,-])", plain)], answer)
    if _ABOUT.search(plain) and not _ONLY.search(plain):
        numbers = [int(number) for number in re.findall(r"\b\d+\b", plain)]
        return doubtful("counted roughly", *numbers[:1])
    found = _counted(plain, asked)
    return settled([found] if found else [], answer)


def _counted(plain: str, asked: Asked) -> Found | None:
    """The things of an answer in one number."""
    nouns, own = _nouns(asked)
    mine = re.search(rf"\b(?:{own})\b", plain)
    numbers = list(re.finditer(r"\b\d+\b", plain))
    singles = _singles(plain, nouns, own)
    whole = (0, len(plain))
    if (_ONLY.search(plain) or _NO_OTHER.search(plain)) and not any(int(match[0]) > 1 for match in numbers):
        return Found(1, *whole, "others beside it" if singles and not _NO_OTHER.search(plain) and not mine else "")
    if not numbers and not singles:
        return Found(1, *whole, "only their own was named") if mine and len(plain.split()) < len(own) else None
    total = sum(int(match[0]) for match in numbers) + len(singles)
    if _ALL.search(plain) or _BOTH.search(plain):
        return Found(int(numbers[0][0]) if numbers else 2, *whole, "" if len(numbers) < 2 else "more than one number")
    if mine and numbers and len(singles) + 1 == int(numbers[0][0]) and len(numbers) == 1:
        return Found(
            int(numbers[0][0]), *whole, "" if singles else "their own may be among them", (total + 1,) * (not singles)
        )
    if mine and numbers and _ALSO_THEIRS.search(plain):
        return Found(int(numbers[0][0]), *whole, "their own may be among them", (total + 1,))
    if mine:
        return Found(total + 1, *whole)
    others = _MORE.search(plain) is not None
    if len(numbers) == 1 and not singles and not others:
        return Found(int(numbers[0][0]), *whole)
    return Found(total + 1, *whole, "their own may be among them", (total,))


def _nouns(asked: Asked) -> tuple[str, str]:
    """What is counted and what is the caller's own, as alternatives."""
    counted = _alternatives(one for one in asked.choices if one.value is not None)
    own = _alternatives(one for one in asked.choices if one.value is None)
    return "|".join(counted) or r"(?!)", "|".join([*own, _OWN, *(f"mi {word}" for word in counted)])


def _alternatives(choices: Iterable[Choice]) -> list[str]:
    """Their words as patterns, the longest first."""
    words = {folded(word.strip()) for one in choices for hint in one.words for word in hint.split("|")}
    return [re.escape(word).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True) if word]


def _singles(plain: str, nouns: str, own: str) -> list[re.Match[str]]:
    """Single things: "un camión", "otra moto", "el otro"."""
    named = rf"(?:un|una|otr[oa]|el otro|la otra)(?: (?:otr[oa]|gran|pequen[oa]))? (?:{nouns})"
    pattern = rf"\b(?:{named}|el otro|la otra|otr[oa](?! \d))\b"
    without_own = re.sub(rf"\b(?:{own})\b", lambda match: " " * len(match[0]), plain)
    return list(re.finditer(pattern, without_own))
