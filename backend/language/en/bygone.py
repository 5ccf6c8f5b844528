"""What is no need now, though it is told in the words of one, in English: over, usual, feared, seen somewhere.

A clause that says so is left out before a need is looked for; what goes on all the same is kept.
"""

import re

__all__ = ["is_bygone"]

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_RECENT = r"(?:yesterday|last night|the other (?:day|night)|(?:on )?(?:this past |last )?" + _DAY + r"(?: night)?)"
_LONG = (
    rf"(?:last (?:week\w*|month|year|summer|winter|spring|fall|autumn|christmas|{_MONTH})|in {_MONTH}\b(?! i\b)"
    r"|in (?:the )?(?:(?:19|20)\d\d|(?:twenty|nineteen) \w+|(?:early|late) \w+)"
    r"|(?:[\w-]+ ){0,2}(?:weeks?|months?|years?) (?:ago|back)|ages ago|long ago|(?:[\w-]+) days ago|back then"
    r"|when (?:i|he|she|we) (?:was|were) (?:a |an |\w+ years? )?(?:kid|child|little|young|younger|old|teenager|boy"
    r"|girl)"
    r"|used to|as a (?:kid|child|teenager)|in my (?:childhood|twenties|youth))"
)
_PAST = re.compile(rf"\b(?:{_RECENT}|{_LONG}|at the time)\b")
_LONG_AGO = re.compile(rf"\b(?:{_LONG})\b")
_LASTS = re.compile(
    r"\b(?:pills?|tablets?|medication|medicine|meds|overdos\w+|poison\w*|bleach|antifreeze|swallowed|drank"
    r"|died|dead|killed|suicid\w+|(?:my|him|her)self)\b"
)
"""What is as bad a day later."""
_GOES_ON = re.compile(
    r"\b(?:still|since|right now|help|hurry|keeps?|can't|cannot|won't|hasn't|haven't|isn't|aren't|not (?:\w+ )?"
    r"(?:breathing|moving|waking|responding)|getting worse|again)\b"
    r"|\b(?:is|are|am|'s|i'm|we're|he's|she's|they're|it's|\w+'s) (?:\w+ing|in|on|under|stuck|trapped|unconscious|not"
    r"|bleeding)\b"
    r"|\b(?:from (?:yesterday|last night)|all (?:day|night))\b"
)
_IS_NOW = re.compile(
    r"(?:\b(?:is|are|am|has|have)\b|'(?:s|re|m|ve)\b)(?! (?:(?:all|just|totally|perfectly|completely) )?(?:fine|okay|ok"
    r"|good|safe|well|alright|all right|asleep|sleeping)\b)"
)
"""Behind what was feared: "i thought he was asleep he's gone blue", in one breath."""
_USUAL = re.compile(
    r"\b(?:as (?:usual|always|ever|prescribed|directed|normal)|like (?:(?:i|we|he|she) )?(?:always|usually|usual"
    r"|normal(?:ly)?|every)|always (?:do|does)|every (?:single )?(?:day|morning|night|evening|week)|(?:once|twice"
    r"|three times) a day)\b|^(?!.*\b(?:poison\w*|bleach|antifreeze|overdos\w+)\b).*\bwith (?:my |his |her )?"
    r"(?:breakfast|lunch|dinner|supper|coffee)\b"
)
_SEEN = re.compile(
    r"\b(?:on|from) (?:the )?(?:tv|telly|television|news|radio|youtube|facebook|internet|screen)\b"
    r"|\b(?:in|like|from) (?:the|a|that|this|some) (?:movies?|films?|tv|show|newspaper|paper|book|video|game|series"
    r"|documentary|horror)\b|\bthe (?:films?|movies?|show|documentary|video game) (?:had|has|showed|where|about)\b"
    r"|\b(?:i|he|she) (?:had a )?(?:dream\w*|nightmares?)\b|\bi read (?:that|about)\b"
)
_FEARED = re.compile(
    r"\b(?:(?:i|we|he|she|they|everybody|everyone) (?:(?:really|just|first|even|honestly|actually) )*(?:thought|figured"
    r"|assumed|imagined|feared|worried)|(?:was|were) (?:(?:so|really|just|a bit) )*(?:worried|afraid|scared|sure"
    r"|convinced))\b(?! (?:about|of) (?:killing|hurting|ending|dying|suicide))"
    r"|\b(?:nearly|almost|could have|could've|would have|would've|might have) (?:had|got|hit|ran|run|drove|fell"
    r"|went|died|choked|drowned|killed|caught|been|gone|burned|happened)\b"
)
"""Thought of then: "I think" is no such thing."""
_MANNER = re.compile(
    r"\bout of (?:my|his|her) ears\b|\bdrowning in (?!the|a|water|there|here)\w+|^(?:that's|that is|which is) (?:how"
    r"|why|when)\b"
)
"""A manner of speaking, or the end of a story."""
_ASKED = re.compile(
    r"\b(?:cover(?:s|ed|age)?|pays?|paid|deductible|premium|quote|compensation|worth)\b.*\?*$"
    r"|^(?:\w+ )?(?:what|how much)\b.*\bif\b|\bin case\b"
)
_MONEY_ASKED = re.compile(
    r"^(?:and )?(?:is|are|does|do|am|would|will|isn't)\b|\b(?:am i|are we|is (?:it|that|this)|do i|do you|does"
    r"|do they|would|will|isn't|not)\b"
)


def is_bygone(clause: str) -> bool:
    """Does this clause tell of what is over, usual, feared, seen on a screen, or asked of money?

    Args:
        clause: in lower case, without marks, as it was said.
    """
    if _GOES_ON.search(clause) and not _MANNER.search(clause):
        return False
    if _LASTS.search(clause):
        return _tells_of(clause, _LONG_AGO)
    return _tells_of(clause, _PAST) or _was_feared(clause) or _MANNER.search(clause) is not None


def _was_feared(clause: str) -> bool:
    feared = _FEARED.search(clause)
    return feared is not None and not _IS_NOW.search(clause, feared.end())


def _tells_of(clause: str, past: re.Pattern[str]) -> bool:
    if past.search(clause) or _USUAL.search(clause) or _SEEN.search(clause):
        return True
    return _ASKED.search(clause) is not None and _MONEY_ASKED.search(clause) is not None
