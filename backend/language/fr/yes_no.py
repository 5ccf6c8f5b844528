"""Yes and no in French."""

import re

from backend.language.asked import Asked
from backend.language.fr.signs import SIGNS, read_aside, said
from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["read_yes_no"]

_NO = re.compile(
    r"\b(?:(?:bien sûr|certainement|surtout|absolument) (?:que )?(?:non|pas)|pas du tout|jamais|c'est faux|pas d'accord"
    r"|ce n'est pas (?:ça|bon|juste|correct|exact)|c'est pas (?:ça|bon|juste|correct|exact)"
    r"|pas (?:ça|encore|vraiment)|non)\b"
)
_YES = re.compile(
    r"\b(?:oui|ouais|si|d'accord|exact|exactement|tout à fait|c'est (?:ça|bon|juste|correct|exact)|bien sûr|absolument"
    r"|parfait|allez y|volontiers|entendu|correct)\b"
)
_IDIOM = re.compile(r"\b(?:pas de (?:problème|souci)|sans problème)\b")
_BUT = re.compile(r"\b(?:mais|sauf|changez|excepté|d'abord|avant|à part)\b")


def read_yes_no(text: str, asked: Asked) -> Reading:
    """A plain yes or no. A yes with a "mais" is none; a yes and a no together are asked again."""
    plain = " ".join(said(text))
    if read_aside(text) in ("question", "wait", "person"):
        return nothing()
    left = _IDIOM.sub("oui", plain)
    no, yes = _NO.search(left), _YES.search(_NO.sub(" ", left))
    if any(sign.sort == "hedge" for sign in SIGNS.find(said(text))):
        return doubtful("not said for sure", *([True] if yes else [False] if no else [])) if yes or no else nothing()
    if yes and no:
        return doubtful("a yes and a no")
    if yes and _BUT.search(left):
        return Reading("value", False, unread=(left,)) if asked.confirms else doubtful("a yes with a but", True)
    return sure(yes is not None, (plain,)) if yes or no else nothing()
