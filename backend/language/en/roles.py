"""What words say that somebody did in the car: drove, rode along, was elsewhere."""

import re
from typing import Literal

__all__ = ["DID", "HIRED", "ONLY_WAS", "Role", "role_of"]

Role = Literal["driver", "companion", "denied", "open"]
DID = re.compile(
    r"^(?:who |that |\| )?(?:(?:was|were|is|am|had been|he|she|did|just|only|actually|the one|who|himself|herself) )*"
    r"(?:(?:test |(?:ended|wound) up )?driving|took the wheel|drove|drives|drive"
    r"|borrowed it|borrowed|took it|took the car|had borrowed|had it|use it"
    r"|(?:bringing|moving|returning|delivering|taking|parking) it"
    r"|took the keys(?= \||$)|take it|borrow it|behind the wheel|at the wheel|the driver|in the driver's seat)\b"
)
HIRED = re.compile(
    r"\b(?:(?:an?|the|my|our|this|that|some) )?(?:uber|lyft|taxi|cab|ride-?share|ride share|limo|hired) driver\b"
)
"""Who drives people for money, and is nobody of the caller's."""
ONLY_WAS = re.compile(r"^(?:who |that )?(?:was|did|am|is)(?: (?:yes|yeah|of course|alone|by myself))?(?: \||$)")
_ON_THE_WAY = re.compile(
    r"^(?:was |were )?(?:just )?(?:taking|going|coming|heading|pulling|backing|turning|parking|alone|by myself)\b"
)
_AT_THE_WHEEL = re.compile(
    r"\b(?:driver (?:was|is)|driven by|driving was|drove was|wheel was|it was|that was|it is|that is)$"
    r"|^(?:it's|that's)$|\bby$"
)
_RODE = re.compile(
    r"^(?:(?:was|were|is|are|who|sat|sitting|riding|rode|also|both|just|all|came|had|in|along) )*"
    r"(?:next to|beside|with (?:me|us|him|her|them)|in the (?:back|passenger|front|car|seat)|on the passenger"
    r"|passengers?"
    r"|(?:a|the) passenger|as (?:a )?passengers?|along|riding|in it|asleep)\b"
)
_TOOK_ALONG = re.compile(
    r"\b(?:with|beside|next to|taking|driving|drove|and had|had|dropping off|bringing|passengers?"
    r"(?: (?:was|were|is|are))?)(?: (?:only|just|both|also))?$"
)
_ELSEBODY = re.compile(
    r"\b(?:behind|for|to|of|at|after|from|towards|picking up|visiting|meeting|pick up|see|visit)(?: [\w']+)?$"
    r"|\b(?:phone|talking|speaking|spoke|talked|texting|call)(?: [\w']+)? (?:with|to)$"
)
"""Before somebody who was not in the car: "to my brother", "behind my sister", "on the phone with my wife"."""
_SPOKE = re.compile(
    r"^(?:don't|do not|didn't|won't|can't|cannot|couldn't|wouldn't|would|already|just|told|said|want|need|called|know"
    r"|think|guess|believe|prefer|refuse|have to|have no|had no|mean|never|really)\b(?!.*\b(?:driv|drove|wheel))"
)
"""Behind "I": what they think, want or say now, not what they did in the car."""
_NOT = re.compile(r"\b(?:not|wasn't|isn't|weren't)$")
_ELSEWHERE = re.compile(
    r"^(?:was|were) (?:(?:just|still|already|even|all) )*(?:at (?!the wheel)|away|in bed|in (?:a|the|my) (?:house"
    r"|store|shop|office|garden|kitchen|meeting|class|shower|hospital"
    r"|other room|bathroom)|in (?:class|school|church|court|jail)"
    r"|on (?:a|the|my) (?:bus|train|plane|subway|tram|ferry|boat|flight|couch|sofa|toilet)|out"
    r"|upstairs|downstairs|inside|sleeping|shopping|walking|working|abroad|overseas)\b"
)
_DID_NOT = re.compile(r"^(?:wasn't|was not|didn't|did not|isn't|is not|am not|weren't|not)\b")


_MEANT_TO = re.compile(r"^(?:was|were|is|had been) (?:supposed|going|meant|about|planning) to\b")
"""What they only were to do."""


def role_of(before: str, after: str, *, is_caller: bool) -> Role:
    """What the words before and behind somebody say that they did."""
    if _MEANT_TO.match(after):
        return "denied"
    if _NOT.search(before) or _DID_NOT.match(after) or (is_caller and _SPOKE.match(after)):
        return "denied"
    if _ELSEWHERE.match(after) or (not is_caller and _ELSEBODY.search(before) and not DID.match(after)):
        return "denied"
    if DID.match(after) or ONLY_WAS.match(after) or (is_caller and _ON_THE_WAY.match(after)):
        return "driver"
    if _AT_THE_WHEEL.search(before):
        return "driver"
    if _RODE.match(after) or (not is_caller and _TOOK_ALONG.search(before)):
        return "companion"
    return "open"
