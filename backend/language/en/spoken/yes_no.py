"""A yes or a no that is nothing but the verb of the question: "it does", "no it wasn't"."""

import re

from backend.language.tokens import words

__all__ = ["read_verb"]

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
