"""What speaks against a choice whose word was said: it was said of something else, shut out, or taken back."""

import re

from backend.language.en.kin import KIN
from backend.language.words import words_of

__all__ = ["speaks_against"]

_GREETS = r"good (?:morning|afternoon|evening)|(?:hi|hello|hey) (?:everyone|everybody|neighbou?rs?)"
_OF_ANOTHER_TIME = (
    r"(?:this|that|yesterday|last|every) (?:morning|afternoon)"
    r"|(?:i'm|am|was|too|running|my|his|her) late(?! (?:afternoon|in the))"
)
_SHUTS_OUT = (
    r"any ?(?:time|thing|day)s? but|except|besides|apart from|other than|instead of|rather than|(?:but|just) not"
    r"|(?:any|every|all|none|no)\w*(?: \w+){0,4} but(?: for)? (?:me|us|mine|ours|my|our|the|in)"
)
_TELLS_APART = (
    r"the other (?:one|card|way|kind)|still (?:have|has|got|there|works?)(?! no\b)|not any ?more"
    r"|ha(?:ve|s) (?:it|theirs)|(?:is|are) on"
)
_SAYINGS = (
    r"credit (?:where|score|union|rating|report|history|for|to)|(?:you|you've) lost (?:me|us)|at a loss"
    r"|lost (?:my|his|her|our|your) (?:mind|patience|temper|way|voice|job|husband|wife|mother|father|train of)"
    r"|took (?:forever|ages|so|too|long|a while|you|my breath|an hour|hours|minutes)|answering machine"
    r"|(?:morning|afternoon) (?:person|people|sickness)"
)
_OTHERWISE = re.compile(
    rf"\b(?:{_GREETS}|{_OF_ANOTHER_TIME}|{_SHUTS_OUT}|{_TELLS_APART}|{_SAYINGS})\b"
    r"|\b(?:no|no wait|wait no|sorry no|no sorry|scratch that|never mind|actually no|not)$"
)
_REJECTED = (
    r"(?: card| one)? (?:(?:is|are|was|were|would be|'s)(?: \w+)?"
    r" (?:bad|terrible|awful|horrible|impossible|worse|worst|hard|difficult|tough|out of town"
    r"|all right|alright|away|on)\b"
    r"|(?:aren't|isn't|wasn't|weren't|doesn't|don't|won't|didn't)\b)"
)
"""Behind the words of a choice: "mornings are terrible", "the neighbors aren't"."""
_OWNERS = rf"(?:(?:{'|'.join(sorted(KIN))})'s|his|her|their|somebody's|someone's) (?:\w+ )?"
"""Before them: "my wife's debit card"."""
_REJECTS, _OWNED = re.compile(_REJECTED), re.compile(rf"\b{_OWNERS}")
"""The same of whatever choice. They are compiled once, and where they find nothing no choice needs its own."""


def speaks_against(words: str, said: tuple[str, ...]) -> bool:
    """Do the words beside a choice make it doubtful, though nothing in its own clause denies it?

    Args:
        words: the answer.
        said: the words of the choices that were found in it.
    """
    text = " ".join(words_of(words))
    if _OTHERWISE.search(text):
        return True
    rejects, owned = _REJECTS.search(text), _OWNED.search(text)
    return any(
        (rejects and re.search(rf"\b{re.escape(each)}\w{{0,1}}{_REJECTED}", text))
        or (owned and each not in KIN and re.search(rf"\b{_OWNERS}{re.escape(each)}\b", text))
        for each in said
    )
