"""Yes and no, in the words that people use for them."""

import re

from backend.language.en.spoken.consent import read_consent
from backend.language.en.spoken.tokens import words
from backend.language.en.spoken.unsure import does_not_know

__all__ = ["read_verb", "read_yes_no"]

_YES = frozenset(
    "yes yeah yep yup yea sure correct right absolutely definitely certainly affirmative indeed exactly true okay ok "
    "fine please perfect good yet guess".split()
)
_WEAK = frozenset("right correct yet guess please good fine perfect true sure exactly".split())
"""Words that are a yes only in a short answer or after "that's": "the right little" is none."""

_NO = frozenset(
    "no nope nah not never negative wrong incorrect false none nobody nothing don't doesn't isn't can't".split()
)
_NO_PHRASES = ("not correct", "not right", "that's wrong", "not quite", "no one")

_LEADS = r"(?:(?:um|uh|er|well|oh|yes|yeah|yep|no|nope|sure|actually|of course|certainly|luckily|thankfully) )*"
_SUBJECT = r"(?:it|that|this|he|she|they|we|i|you|there|someone|somebody|(?:the|my|our) (?:car|truck|van))"
_VERB = r"(?:is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|should)"
_DENIED = (
    rf"(?:{_VERB} not|cannot|can't|won't|ain't|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|couldn't|hasn't"
    r"|haven't|hadn't|wouldn't|shouldn't)"
)
_ADVERB = r"(?: (?:still|really|certainly|definitely|just|indeed|actually|sure|all|both))*"
_BEHIND = r"(?: (?:still|indeed|actually|really|now|yes|yeah|no|thanks|thank you|any ?more|at all|so far|for sure))*"
_IT_DOES = re.compile(rf"^{_LEADS}{_SUBJECT}{_ADVERB} {_VERB}{_BEHIND}$")
_IT_DOES_NOT = re.compile(
    rf"^{_LEADS}(?:{_SUBJECT}{_ADVERB} {_DENIED}|(?:it|that|he|she|they|we|i|there)(?:'s|'re|'m) not){_BEHIND}$"
)


def read_verb(text: str) -> bool | None:
    """An answer with nothing but the verb of a question: "it does" is a yes, "no it wasn't" a no; else ``None``.

    Only for questions that ask for a fact and deny nothing.
    """
    said = " ".join(words(text))
    lead = set(said.split()[:2])
    if _IT_DOES.match(said):
        return None if lead & {"no", "nope"} else True
    if _IT_DOES_NOT.match(said):
        return None if lead & {"yes", "yeah", "yep", "sure"} else False
    return None


def read_yes_no(text: str) -> bool | None:
    """``True`` for a yes, ``False`` for a no, ``None`` when it is neither, or both.

    For answers about facts ("yes, it still drives"), where more may be said than a yes. What is agreed to is read by
    ``backend.language.en.spoken.consent``, which is stricter.
    """
    if does_not_know(text):
        return None
    plain = read_consent(text)
    if plain in ("yes", "no"):
        return plain == "yes"
    tokens = words(text)
    said = " ".join(tokens)
    if _IT_DOES.match(said) or _IT_DOES_NOT.match(said):
        return read_verb(text)
    if any(phrase in said for phrase in _NO_PHRASES):
        return False
    denied = any(token in _NO or token.endswith("n't") for token in tokens)
    agreed = any(token in _YES - _WEAK for token in tokens)
    if denied or agreed:
        return None if denied and agreed else agreed
    short = len(tokens) <= 2 or any(
        lead in said for lead in ("that is", "that's", "is right", "is correct", "all right")
    )
    return True if short and set(tokens) & _WEAK else None
