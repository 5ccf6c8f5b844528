"""Callers who speak of what they have reported already: "I filed a claim two weeks ago", "any news on my claim?"."""

import re

from backend.language.tokens import words

__all__ = ["has_reported", "means_the_old_one"]

_CASE = r"(?:claims?|report|case)"
_DONE = (
    r"(?:filed|reported|submitted|opened|made|put in|sent in|turned in|placed|lodged|registered|phoned in|called in)"
)
_TO_OTHERS = (
    r"(?! (?:(?:already|online|in|it|this|that|everything|the \w+) )*"
    r"(?:to|with|at|by|for) (?!you\b|y'all\b|us\b|your\b|the claims\b)[\w']+)"
)
"""Behind it: the police, the store's manager, the other one's company."""
_TO_SOMEBODY = r" (?:to|with|at) (?!you\b|y'all\b|us\b|your\b|the claims\b)"
_WHEN = (
    r"(?:already|before|last (?:week|month|year|night|time|[a-z]+day)|yesterday|(?:on )?[a-z]+day|earlier|(?:a|an"
    r"|one|two"
    r"|three|four|five|six|ten|few|couple|\d+)(?: (?:of|or two))* (?:hours?|days?|weeks?|months?) (?:ago|back)"
    r"|(?:days|weeks"
    r"|months) ago|a while (?:ago|back))"
)
_YEARS_AGO = (
    r"(?! (?:was|were) (?:back |way back |all the way back )?(?:in (?:\d{4}|nineteen|twenty|two thousand|the)"
    r"|(?:[\w-]+ ){1,4}years? (?:ago|back)|years ago|a long time ago|ages ago|decades ago))"
)
"""Behind it: what is told of other years is over ("my last claim was in 2019"), and asks for nothing."""
_OLD = r"(?:existing|open|pending|earlier|previous|last|other|old|current|first|same|original)"
_HAS_REPORTED = re.compile(
    rf"\b(?:i|we|he|she|they|husband|wife)(?:'ve| have| had|'d)? (?:already |just |also )?{_DONE} "
    rf"(?:a|an|my|our|the|this|that|one|another) (?:\w+ )?(?<!police )(?<!accident )(?<!incident ){_CASE}\b{_TO_OTHERS}"
    rf"|\balready (?:been |have |got )?(?:reported|filed|submitted|called (?:it|this|that) in|phoned (?:it|this) in)\b"
    rf"(?! (?:a |an |the )?(?:police|accident|incident))(?! an? (?:\w+ )?{_CASE}{_TO_SOMEBODY}){_TO_OTHERS}"
    rf"|\b(?:reported|filed) (?:it|this|that|the (?:accident|damage|thing))(?: (?:in|online|to you"
    rf"|with you))* {_WHEN}\b"
    r"|\b(?:status|news|update|updates|progress|decision|word) (?:of|on|about|with|for|regarding) (?:my|our|the|a"
    r"|that|this)"
    rf" (?:\w+ )?{_CASE}\b|\b{_CASE} status\b"
    rf"|\b(?:my|our|the|an|a|this|that) {_OLD} {_CASE}\b{_YEARS_AGO}"
    rf"|\b(?:happening|going on|wrong|check|checking|follow(?:ing)? up|calling|call|stand|stands|asking"
    rf"|ask) (?:up )?(?:on|about"
    rf"|with|regarding|in) (?:my|our|that|the) {_CASE}\b"
    rf"|\b(?:my|our|the) {_CASE} (?:number is|that (?:i|we) (?:filed|made|reported|opened))"
    rf"|\bthe {_CASE} (?:i|we) (?:filed|made|reported|opened|sent)\b"
)
_THE_OLD_ONE = re.compile(
    rf"^(?:(?:no|the|it's|it is|that's|about|my|well|um|uh) )*(?:{_OLD}) (?:one|{_CASE})(?: (?:please|thanks"
    rf"|i (?:filed|reported|made)))*$"
    r"|\b(?:one|thing) (?:that )?i (?:already )?(?:filed|reported|made|told you about)\b"
)


def has_reported(text: str) -> bool:
    """Do they speak of a report that they have made already? What they told the police is none."""
    return bool(_HAS_REPORTED.search(" ".join(words(text))))


def means_the_old_one(text: str) -> bool:
    """Asked whether it is something new: do they say that it is what they have reported?"""
    said = " ".join(words(text))
    return bool(_THE_OLD_ONE.search(said) or _HAS_REPORTED.search(said))
