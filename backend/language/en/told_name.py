"""The name that somebody gives of themselves in English, among other words."""

import re
from collections.abc import Collection, Sequence

from backend.language.en.capitals import PARTICLES, written
from backend.language.en.city import ends_in_place
from backend.language.en.not_names import EITHER, FILLERS, NOT_NAMES, TITLES
from backend.language.en.spelled import join_spelled
from backend.language.tokens import words

__all__ = ["ToldNames"]

_INTRODUCTION = re.compile(
    r"\b(?:name(?:'s| is)?|this is|i'?m|i am|it'?s|it is|call me|speaking (?:with|to)|under|said|told you|gave you"
    r"|mentioned|would be|(?:off|from) my (?:card|licen[sc]e|policy|papers?|id))\b"
)
_NO_NAMES = NOT_NAMES - {"nobody"}
"""Who gives their own name may be called Nobody; who speaks of others means that there was none."""
_SILENT = FILLERS | TITLES
_EXCLAIMED = frozenset(
    "oh god gosh man boy lord jesus christ dear thank goodness heaven heavens damn hell quick home department service "
    "customer customers payment account perfectly office team sales support desk billing ended terrible awful "
    "horrible".split()
)
"""Words of exclamations and of what a line is called for; two of them are no name."""
_OR = re.compile(r"\b[\w'-]+ or (?!(?:what|who|how)ever\b)(?P<other>[\w'-]+)")
_BEHIND_A_NAME = frozenset("here speaking calling".split())
_OPENING = 3
"""Pieces of an utterance, between pauses, in which somebody may say who they are."""
_OPENING_WORDS = 3
_LONGEST = 4


class ToldNames:
    """The names in what callers say.

    Args:
        strange: words of the business, in lower case, that no name has: "policy", "wreck".
    """

    def __init__(self, strange: Collection[str] = ()) -> None:
        self._strange = frozenset(strange)

    def told(self, text: str) -> str:
        """The name that somebody gives as their own, in title case; empty for everything that is no name.

        Noise, questions, refusals and talk of other things are none: "uh", "do you speak spanish", "none of your
        business".
        """
        said = " ".join(word for word in words(text) if word not in _SILENT)
        if (either := _OR.search(said)) and not _is_no_name(either["other"]):
            return ""  # "john smith or jim smith": one of them is another one's
        found = [_name_in(name, self._strange) for name in _candidates(said)]
        name = next((name for name in found if " " in name), next(filter(None, found), ""))
        return name or self._by_itself(text)

    def opening(self, text: str) -> str:
        """The name with which somebody begins who was not asked for it, where it stands by itself: "Anna Kovacs here, I
        had an accident", "yes hello, Anna Kovacs, ..."; else empty. Two or three words, and no exclamation."""
        for piece in re.split(r"[,.;!]+(?:\s|$)", text)[:_OPENING]:
            said = [word for word in words(piece) if word not in _SILENT]
            ends = next((at for at, word in enumerate(said) if word in _BEHIND_A_NAME), None)
            name = self.whole(said[:ends]) if ends is not None or piece != text else ""
            if name and (not _is_written(text) or name in " ".join(piece.split())):
                return name
        return ""

    def whole(self, said: Sequence[str]) -> str:
        """The name, where all of these words together are one of two or three words; else empty."""
        plain = [word for word in said if word not in _SILENT]
        fits = 1 < len(plain) <= _OPENING_WORDS and not any(self._is_none(word) for word in plain)
        return written(plain) if fits and not ends_in_place(" ".join(plain)) else ""

    def _by_itself(self, text: str) -> str:
        """The one piece between pauses that is a whole name: "as in the policy, John Smith"; empty where two are."""
        found = [name for piece in re.split(r"[,;.:]+(?:\s|$)", text) if (name := self.whole(words(piece)))]
        return found[0] if len(found) == 1 else ""

    def _is_none(self, word: str) -> bool:
        return _is_no_name(word) or word in _EXCLAIMED | self._strange or not word.replace("'", "").isalpha()


def _is_written(text: str) -> bool:
    """Has it capitals as names have, so that a name without is none?"""
    return re.search(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]", text) is not None


def _is_no_name(word: str) -> bool:
    """Is this, in small letters, a word that is not part of a name where other words stand around it?"""
    return word in _NO_NAMES or word in FILLERS or word in EITHER


def _candidates(said: str) -> list[str]:
    """Where in the words the name may stand: behind each introduction, else at the beginning."""
    halves = [_half(said, which) for which in ("first", "last")]
    if all(halves):
        return [" ".join(half[1] for half in halves if half)]
    if name := _one_half(said):
        return [name]
    introduced = [said[found.end() :] for found in _INTRODUCTION.finditer(said)]
    backwards = re.sub(r"\s+(?:is|it's|was|my|the|name|here).*$", "", said)  # "john smith is my name"
    return [*introduced, backwards] if introduced else [said]


def _one_half(said: str) -> str:
    """ "My name is johnson, first name robert"."""
    for half in ("first", "last"):
        named = re.search(rf"\b{half} name(?: is|'s)? ([\w'-]+)", said)
        rest = re.search(r"(?<!first )(?<!last )\bname(?: is|'s) ([\w'-]+)", said)
        if named and rest and named[1] != rest[1] and not _is_no_name(named[1]) and not _is_no_name(rest[1]):
            return f"{named[1]} {rest[1]}" if half == "first" else f"{rest[1]} {named[1]}"
    return ""


def _half(said: str, which: str) -> re.Match[str] | None:
    """ "Garcia is my last name", "my last name is garcia"."""
    turned = re.search(rf"\b([\w'-]+) is (?:my|the) {which} name\b", said)
    return turned or re.search(rf"\b{which} name(?: is|'s)? ([\w'-]+)", said)


def _name_in(text: str, strange: Collection[str]) -> str:
    tokens = _until_other_words(join_spelled(text.split()), strange)
    counted = [token for token in tokens if token not in PARTICLES]
    none = (token in EITHER or token in strange or len(token) == 1 for token in counted)
    if not counted or len(counted) > _LONGEST or all(none):
        return ""
    return written(tokens)


def _until_other_words(tokens: list[str], strange: Collection[str]) -> list[str]:
    """The name that the words begin with; nothing when they begin with other words or are no name as a whole."""
    name: list[str] = []
    for token in tokens:
        if (
            (token in _NO_NAMES and not (token == "a" and name))
            or (token in strange and len(name) > 1)
            or any(c.isdigit() for c in token)
        ):
            break
        name.append(token)
    else:
        return name
    while name and name[-1] in EITHER:  # "john smith my zip code is ..."
        name.pop()
    return name if len(name) > 1 else []
