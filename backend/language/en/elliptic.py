"""The verb alone, which says again of something what was said before: "it does", "I'm okay, my wife isn't"."""

import re

from backend.language.en.kin import KIN, PEOPLE

__all__ = ["ADVERB", "BEHIND", "VERB", "agrees", "denies", "ends_denied", "is_of_a_thing", "says_again"]

_SUBJECT = r"(?:it|that|this|mine|he|she|they|we|i|you|there|somebody|someone|(?:the|my|our) [\w'-]+)"
_ONE_OF_SEVERAL = r"(?:the|my|our|his|her|their) (?:[\w'-]+ ){0,2}?[\w'-]+?"
"""Named by more than a word: "the other driver"."""
VERB = r"(?:is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|should)"
_DENIED = rf"(?:{VERB} not|cannot|[a-z]+n't)"
ADVERB = r"(?: (?:still|really|certainly|definitely|just|indeed|actually|sure|all|both))*"
BEHIND = r"(?: (?:still|indeed|actually|really|now|any ?more|at all|so far|for sure|sir|ma'am|unfortunately|too|yeah))*"
_DOES = re.compile(rf"^(?:but |and |so |only )?{_SUBJECT}{ADVERB} {VERB}{BEHIND}$")
_DOES_NOT = re.compile(
    rf"^(?:but |and |so )?(?:{_SUBJECT}{ADVERB} {_DENIED}|(?:it|that|he|she|they|we|i|there)(?:'s|'re|'m)"
    rf" not){BEHIND}$|^but (?:the|my|our) [\w'-]+ not?$"
)
""" "But the wheel no" as well, as who learned the language says it."""
_THEY_DO = re.compile(rf"^(?:but |and |so |only )*{_ONE_OF_SEVERAL}{ADVERB} {VERB}{BEHIND}$")
_THEY_DO_NOT = re.compile(rf"^(?:but |and |so )*{_ONE_OF_SEVERAL}(?:{ADVERB} {_DENIED}|(?:'s|'re) not){BEHIND}$")
_NAMED = re.compile(
    rf"^(?:but |and |so |only )*(?P<who>{_ONE_OF_SEVERAL})(?:'s|'re)?{ADVERB} (?:not|{VERB}|[a-z]+n't)\b"
)
_DOER = re.compile(r"(?!bump|fend|trail|scoot|radiat|mirr|mot|do|lett|comput|camp|pap)[\w-]+(?:er|or|ist|man)s?")
_BUT_NOT = re.compile(
    r"\b(?:fine|okay|ok|good|safe|alright|all right|unhurt) [\w' -]*(?:(?:is|are|was|were|'s|'re) not|isn't|aren't"
    r"|wasn't|weren't)$"
)


def ends_denied(said: str) -> bool:
    """Does it end with the verb denied of somebody who was not made out: "we're fine the one in the back isn't"?"""
    return _BUT_NOT.search(said) is not None


def agrees(said: str) -> bool:
    """Is it nothing but the verb of the question: "it does"?"""
    return _DOES.match(said) is not None


def denies(said: str) -> bool:
    """Is it nothing but that verb denied: "it doesn't"?"""
    return _DOES_NOT.match(said) is not None


def says_again(said: str) -> bool | None:
    """Is what was said before true of somebody else, too? ``None`` where it is not only the verb of it."""
    if denies(said) or _THEY_DO_NOT.match(said):
        return False
    return True if agrees(said) or _THEY_DO.match(said) else None


def is_of_a_thing(said: str) -> bool:
    """Is it said of something that is nobody, as far as its name tells: "the car isn't"?"""
    if (named := _NAMED.match(said)) is None:
        return False
    words = [word.removesuffix("'s") for word in named["who"].split()[1:]]
    return not any(word in PEOPLE or word in KIN or _DOER.fullmatch(word) for word in words)
