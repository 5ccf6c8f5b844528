"""Callers who cannot or will not show who they are: somebody else's spouse, a broker, somebody who refuses."""

import re
from typing import Literal

from backend.domain.spoken.tokens import words
from backend.domain.spoken.unsure import does_not_know

__all__ = ["Obstacle", "obstacle"]

Obstacle = Literal["", "not_the_holder", "does_not_know", "refuses"]

_ROLE = (
    r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fianc\w+|son|daughter|mother|father|mom|mum|dad|brother"
    r"|sister|parents?|grand\w+|nephew|niece|uncle|aunt|cousin|in-law|neighbou?r|friend|roommate|colleague|boss|employee"
    r"|employer|broker|insurance agent|attorney|lawyer|assistant|secretary|carer|caregiver|guardian|landlord"
    r"|mechanic|body shop|tow truck)"
)
_WHOSE = (
    r"(?:his|her|their|the (?:policy ?holder|insured|owner|customer|client)'?s?|my \w+'s?|[\w']+'s|a|an|the|just a)"
)
_I_AM = r"(?:i'?m|i am|this is|it'?s|it is|speaking as|you're speaking (?:to|with)|you are speaking (?:to|with))"
_OTHER = re.compile(
    rf"\b{_I_AM} (?:only |just |actually )?{_WHOSE} (?:[\w'-]+ )?{_ROLE}\b"
    rf"|\b(?:calling|call|phoning|here|reporting (?:this|it)?) ?(?:for|on behalf of|in the name of|instead of) "
    rf"(?:my|a|the|our|his|her|somebody|someone|him|them)\b(?! (?:car|claim|accident|policy|quote|report|new))"
    rf"|\bon behalf of\b|\bunder my {_ROLE}\b"
    rf"|\b(?:not|isn't|ain't) (?:really )?(?:the|my|mine) ?(?:policy ?holder|policy|insured|owner|account|own policy)?$"
    rf"|\b(?:not|isn't) the (?:policy ?holder|insured|owner|account holder|customer)\b"
    rf"|\b(?:the |it'?s |it is )?(?:policy|insurance|contract|account)(?:'s| is| belongs| runs)?"
    rf"(?: under| in| to| on)* my {_ROLE}\b"
    rf"|\b(?:it'?s|it is|that'?s|that is|the policy is) my {_ROLE}'?s? (?:policy|insurance|contract|account|name)\b"
    rf"|\bmy {_ROLE} (?:is|has|holds|owns) (?:the )?(?:policy ?holder|policy|insured|insurance|one with the policy)\b"
    rf"|\b(?:don't|do not) have (?:a|any) (?:policy|insurance|account)\b"
)
_REFUSES = re.compile(
    r"\b(?:don't|do not|not going to|won't|will not|wouldn't|not gonna|refuse to|not willing to|rather not"
    r"|prefer not to|not comfortable) (?:\w+ ){0,3}?"
    r"(?:tell|telling|give|giving|say|saying|share|sharing|answer|disclose|provide)\b"
    r"|\bnone of your business\b|\b(?:i'd |i would )?(?:rather|prefer) not\b|\bi refuse\b|\bnot comfortable\b"
    r"|\bthat(?:'s| is) (?:private|personal|confidential)\b|\bwhy should i\b"
)
_LACKS = re.compile(
    r"\b(?:don't|do not|didn't|can't|cannot|could not|couldn't|never) (?:[\w']+ ){0,2}?"
    r"(?:know|remember|recall|have|find|think of) (?:[\w']+ ){0,4}?"
    r"(?:social|ssn|zip|number|numbers|digits|code|four|details|that|it|those|them|these|one|card|by heart)\b"
    r"|\b(?:forgot|forgotten|lost) (?:[\w']+ ){0,3}?"
    r"(?:social|ssn|zip|number|numbers|digits|code|four|card|that|it|those|them)\b"
    r"|\bno (?:idea|clue)\b|\bdon't have (?:a |any )?(?:social|ssn)\b"
)


def obstacle(text: str) -> Obstacle:
    """What keeps this caller from being verified, by their own words; empty when nothing does."""
    said = " ".join(words(text))
    if _OTHER.search(said):
        return "not_the_holder"
    if does_not_know(text) or _LACKS.search(said):
        return "does_not_know"
    return "refuses" if _REFUSES.search(said) else ""
