"""A yes that comes behind a no: "no no, yeah that's right", "it's not the best but it works, so yeah".

Whoever says both has not refused, whatever else the no was about.
"""

import re
from collections.abc import Callable, Collection, Sequence

__all__ = ["agrees_after_all", "denies_with_it", "without_tag", "without_why_not"]

_PLAIN = frozenset("yes yeah yep yup".split())
_BARE = frozenset("no nope nah".split())
_JOINTS = frozenset("but so just then otherwise sorry and".split())
_PASSED = frozenset("um uh oh well please".split())
_GOES_ON = frozenset("go carry crack proceed continue keep let's".split())
"""Behind a no they do not agree: "no, go on" to "shall I leave it?" wants what the no wants."""


_DENIALS = frozenset("nobody none nothing never neither".split())
_OF_NOBODY = re.compile(
    r"^(?:(?:no|nope|nah|well|um|uh|thank god|correct|right) )*"
    r"(?:nobody|no one|none|not (?:a|one|even|anybody|anyone)\b)"
    r"(?: (?!right\b|true\b|correct\b|word\b|wrong\b|chance\b|that\b|it\b)[\w']+){0,4}$"
)
"""Denies that there was anybody, or anything: "not a scratch"."""
_WHY_NOT = " why not "
_TAGS = ("isn't it", "is it not", "innit", "isn't that right", "isn't that so", "aren't i", "wasn't it", "doesn't it")


def without_tag(said: Sequence[str]) -> list[str]:
    """The words before "isn't it", which denies nothing and asks back; empty where there is none."""
    text = " ".join(said)
    return next((text.removesuffix(tag).split() for tag in _TAGS if text.endswith(f" {tag}")), [])


def agrees_after_all(said: Sequence[str], refuses: Callable[[str], bool], agrees: Callable[[list[str]], bool]) -> bool:
    """Does a plain yes, or a clause that only agrees, stand behind the last word that refuses?

    Args:
        said: the words of the answer.
        refuses: does this word refuse or deny?
        agrees: do all of these words together agree?
    """
    last = max((at for at, word in enumerate(said) if refuses(word)), default=-1)
    if last < 0:
        return False
    behind = list(said[last + 1 :])
    if _PLAIN.intersection(behind):
        return True
    clauses: list[list[str]] = [[]]
    for word in behind:
        if word in _JOINTS:
            clauses.append([])
        elif word not in _PASSED:
            clauses[-1].append(word)
    # what stands right behind "don't" is denied by it; behind a bare no it is not
    free = clauses if said[last] in _BARE else clauses[1:]
    return any(len(clause) > 1 and clause[0] not in _GOES_ON and agrees(clause) for clause in free)


def without_why_not(said: Sequence[str]) -> list[str]:
    """The words without "why not", which refuses nothing: "sure, why not, everybody else does"."""
    return f" {' '.join(said)} ".replace(_WHY_NOT, " ").split()


def denies_with_it(said: Sequence[str], asked: Collection[str]) -> bool:
    """Does the answer deny what the question denies: "thank God, no, nobody" to "nobody was hurt, right"?"""
    if _OF_NOBODY.match(" ".join(said)):
        return True
    return not _DENIALS.intersection(said).isdisjoint(asked)
