"""Somebody who is left out of what all are: "nobody except my wife"."""

import itertools
import re

from backend.language.en.clauses import clauses_of
from backend.language.en.kin import KIN, PEOPLE

__all__ = ["EXCEPT", "leaves_out"]

_QUANTIFIED = re.compile(
    r"\b(?:everybody|everyone|all|nobody|none|no-one)(?: of (?:us|them))? (?:but|except|besides|apart from|aside from"
    r"|other than|save)(?: for)? (?P<who>.+)"
)
_OF_OTHERS = re.compile(r"\b(?:any|some)(?:body|one) else\b", re.IGNORECASE)
_BUT_ME = re.compile(r"\b(?:but|except|besides|apart from|other than) (?:for )?(?:me|myself)\b", re.IGNORECASE)
EXCEPT = frozenset("except besides apart".split())


def leaves_out(words: str, question: str = "") -> bool:
    """ "Nobody except my wife", "everyone but the cyclist is fine": somebody is left out of what all are.

    Where a question is about others ("could anybody else know it?"), the caller is none of them: "nobody but me".
    """
    if _OF_OTHERS.search(question) and _BUT_ME.search(words):
        return False
    pieces = clauses_of(words)
    whole = " ".join(piece.text for piece in pieces)
    if (found := _QUANTIFIED.search(whole)) and _speaks_of_people(found["who"].split()[:4]):
        return True
    for before, piece in itertools.pairwise(pieces):
        excepted = piece.tokens[0] in EXCEPT or (piece.tokens[0] == "but" and len(piece.tokens) <= 3)
        if excepted and _speaks_of_people(list(piece.tokens[1:5])) and before.tokens[0] not in EXCEPT:
            return True
    return False


def _speaks_of_people(tokens: list[str]) -> bool:
    return any(token in PEOPLE or token.removesuffix("'s") in KIN for token in tokens)
