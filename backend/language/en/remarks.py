"""What English remarks beside a value begin with, and what of them may speak of the value."""

import re

from backend.language.en.number_words import DIGITS, TEENS, TENS
from backend.language.en.roads import WAYS
from backend.language.remarks import Remarks, Side

__all__ = ["REMARKS"]

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|\d{1,2})"
_CLOCK = rf"{_HOUR}(?:[ :]?(?:thirty|fifteen|forty five|\d\d|o'?clock|[ap]\.? ?m\b\.?|in the \w+|at night|or so))*"
_REACHED = (
    r"(?:answer|pick up|pick it up|hear|get to it|respond|reply|be there|be home|there|available|home|around|free|up)"
)
_IT_IS = r"(?:it|that|he|she|what|here|there|let|who|where)'s\b"
_HARMLESS = re.compile(
    rf"\b(?:not )?(?:after|before|until|till|from|past|around|by|between|to|and|at) {_CLOCK}(?= |$|[,.])"
    rf"|\bif (?:i|we|he|she|you|they|nobody|no one) (?:don't|do not|can't|doesn't|didn't|won't|am not|isn't|get no)"
    rf" (?:{_REACHED}|get me|reach me|answer)(?: it| you| me)?"
    rf"|\b(?:i|we|he|she) (?:don't|do not|can't|won't|doesn't|may not|might not)"
    rf" (?:always|often|usually|really|ever)? ?(?:{_REACHED}|talk|take calls)(?: it| you| me)?"
    r"|\bnot (?:at|on|in|during|when|while|too) (?!service|use)(?:\w+ )?\w+"
    r"|\b(?:best|good|only|right|same|this|that|new|the) one\b"
    rf"|\bdon't (?:call|ring|phone|text)(?: me)? (?:too|at|on|in|during|when|while|late|early)(?: \w+)?|\b{_IT_IS}"
)
_OF_NO_PLACE = re.compile(
    r"\b(?:mile|block|minute|door|yard|feet|foot|house|step)s? (?:from|north|south|east|west|away)(?: of)?\b"
    rf"|\b{_IT_IS}"
)
_OF_NO_SUM = re.compile(rf"\bwith tax(?:es)?\b|\btaxes? included\b|\b{_IT_IS}")
_FIGURES = rf"\d|(?:{'|'.join((*DIGITS, *TEENS, *TENS, 'hundred', 'thousand', 'double', 'triple', 'oh'))})\b"
_TAKES_BACK = (
    r"(?:no|nope|not|nor|never|neither|none|wait|sorry|actually|mean|meant|correction|scratch|rather|instead|except"
    r"|cannot|\w+n't)\b"
)
_HEDGES = (
    r"(?:or|either|maybe|perhaps|probably|possibly|think|believe|guess|suppose|hope|sure|certain|remember|recall"
    r"|forget|forgot|forgotten|know|unless|should|could|might|would|almost)\b"
)
_ANOTHER = (
    r"(?:other|another|old|older|former|formerly|previous|used|wrong|changed|changing|change|changes|disconnected|dead"
    r"|broke|broken|lost|stolen|missing|digits?|figures?|letters?|starts|begins|ends|last|ex|his|hers|their|theirs"
    r"|\w+'s)\b"
)
_SHAKES = rf"{_FIGURES}|{_TAKES_BACK}|{_HEDGES}|{_ANOTHER}"
_OF_A_NUMBER = (
    r"|(?:claim|order|account|case|confirmation|reference|social|credit|debit|member|membership|customer|ticket|report"
    r"|invoice|serial|routing|fax|badge|ssn|vin|pin|cvv|expir\w+|renew\w*|cancel\w*|back|first|second|part|rest)\b"
)
_OF_A_SUM = (
    r"|(?:each|apiece|per|every|plus|minus|more|less|extra|without|counting|including|deductible|excess|month|monthly"
    r"|week|year|years|before|after|first|second|rest|half|quarter|discount|off|down|up|least|most|over|under|nearly"
    r"|until|worth|owe|owed|offer\w*|fine|ticket|premium|for|that|wanted|asked|covered|paid|pay|bought"
    r"|too|but|top|altogether|total)\b"
)
_NAMES_NO_ROAD = frozenset("way square place close court circle plaza row".split())
_ROADS = "|".join(sorted(WAYS - _NAMES_NO_ROAD))
_OF_A_PLACE = rf"|(?:{_ROADS}|interstate|route|exit|junction|live|lives|lived|works?|worked|says|told)\b"
_BEFORE = (
    r"|(?:turn\w*|merg\w*|pull\w*|exit\w*|past|before|after|until|between|going|headed|heading|driving|coming|drove"
    r"|got|getting|leaving|left|toward|towards|to|off|but|said)\b|in (?!the|a|an|my|our|front|back|this)\b"
    r"|(?:the|my|our|his|her|their) (?:[\w']+ ){1,3}?(?:is|are|was|were)\b|(?:he|she|they) (?:was|were|is)\b"
    r"|on (?!the|an?|my|our|way|top)\w"
)
"""What they did before, on the way to the place, or where a thing is of which nobody asked."""
_NUMBERED = r"(?=(?:\w+ ){1,4}?(?:street|avenue|road|boulevard|drive|lane|court|place|way|terrace|circle)\b)"
_CLAUSE = (
    r"(?:and|but|so|that's|that is|that'll|it's|it is|if|please|text|call|ring|leave|give|i|i'm|i'll|i've|we|you|he"
    r"|she|they|because|cause|which|when|while|though|anytime|any time|according|right|just|only|can you|the)"
)
_BEHIND_A_NUMBER = re.compile(rf"(?<=\w)[,.;]* (?=(?:{_CLAUSE}|ask|speak|talk|my|our) )")
_BEHIND_A_SUM = re.compile(r"(?<=\w)[,.;]* (?=(?:and|because|cause|according|can you|i|i've|we|with|it's|it was) )")
_BEHIND_A_PLACE = re.compile(
    r"(?<=\w)[,.;]* (?=(?:just|right|about|a (?:couple|few|mile|block|half|quarter)|half|near|close|next|across"
    r"|opposite|heading|headed|going|when|where|as|like|by|over by|outside|in front|behind|toward|towards|past|because"
    rf"|{_HOUR} (?:miles?|blocks?|minutes?|doors?|houses|or)) )"
)
_BEFORE_A_PLACE = re.compile(
    rf"(?<=\w)[,.;]* (?=(?:on|at) \w)|\b(?:house|home|place|apartment|flat)[,.;]* (?=(?:{_FIGURES}) ?){_NUMBERED}"
)
_OF_A_COUNT = re.compile(
    rf"\b(?!one\b)(?:{_FIGURES})|\b(?:{_TAKES_BACK.replace('none|', '')}|{_HEDGES})|\b(?:another|more|also|too|plus|if"
    r"|with|count\w*|an? (?!row|line)|including (?!me|mine|us)|besides|pushed|shoved|into|hit\w*|struck|ran|rear"
    r"|back\w*|bumped|clipped|slid|front|behind|and (?!nobody|no one|i |he |she |they |we |it |thank)\w+)\b"
)
_BEHIND_A_COUNT = re.compile(
    r"(?<=\w)[,.;]* (?=(?:but |and |so )?(?:in a (?:row|line)|all in|including (?:me|mine|us)"
    r"|one of (?:them|us|those)|the other|nobody|no one|they|he|she|mine|i|we|thank"
    r"|it|that's|the last|the first) )"
)
_BEFORE_A_COUNT = re.compile(
    rf"\b(?:so|makes|that's|that makes|so that's|that is) (?=(?:{'|'.join(DIGITS)}|\d\d?)(?: \w+)?\W*$)"
)
_LED_TO = re.compile(r"\b(?:it's|it is|that's|that is|me at|me on|is)[,:]? (?=\S)")


def _side(at: re.Pattern[str], shakes: str, harmless: re.Pattern[str] = _HARMLESS) -> Side:
    return Side(at, re.compile(rf"\b(?:{shakes})"), harmless)


_NUMBER = _side(_BEHIND_A_NUMBER, _SHAKES + _OF_A_NUMBER)

REMARKS = Remarks(
    before={
        "integer": _side(_BEFORE_A_COUNT, rf"{_FIGURES}|{_TAKES_BACK}|{_HEDGES}|(?:another|more)\b"),
        "phone": _side(_LED_TO, _SHAKES),
        "address": _side(_BEFORE_A_PLACE, _SHAKES + _OF_A_PLACE + _BEFORE, _OF_NO_PLACE),
    },
    behind={
        "integer": Side(_BEHIND_A_COUNT, _OF_A_COUNT),
        "phone": _side(_BEHIND_A_NUMBER, _SHAKES),
        "digits": _NUMBER,
        "code": _NUMBER,
        "postal_code": _side(_BEHIND_A_NUMBER, rf"{_SHAKES}{_OF_A_NUMBER}|(?:moved|live|lives)\b"),
        "money": _side(_BEHIND_A_SUM, _SHAKES + _OF_A_SUM, _OF_NO_SUM),
        "address": _side(_BEHIND_A_PLACE, _SHAKES + _OF_A_PLACE, _OF_NO_PLACE),
    },
)
"""The rule in English."""
