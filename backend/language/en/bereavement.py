"""Somebody has died, in English: here and now, or is it told by who is left behind and has papers to put in order?

A death that something says is of this moment is an emergency. Whoever tells of one and asks for what follows from it,
"and his name is still on it", is none, and is not asked whether anybody is in danger either.
"""

import re
from collections.abc import Sequence

from backend.language.death import Death, DeathWords
from backend.language.en.bygone import is_bygone
from backend.language.en.canonical import canonical
from backend.language.en.kin import KIN
from backend.language.hinted import hinted, part
from backend.language.tokens import words

__all__ = ["A_DEATH", "death_in", "may_have_died", "mourns", "tells_of_death"]

_CLAUSE = re.compile(r"[.;!?]+|,|\b(?:but|though|although|however|except|and|because|so)\b")
_KIN = (
    rf"(?:{'|'.join(sorted(KIN, key=len, reverse=True))}|father in law|mother in law|brother in law|sister in law"
    r"|grand\w+|family|parents?|kids|children|sons|daughters|roommate)"
)
_STRANGER = (
    r"(?:man|men|woman|women|guys?|lady|person|people|somebody|someone|cyclist|bicyclist|biker|rider|pedestrian|jogger"
    r"|kid|child|boy|girl"
    r"|(?!(?:policy|account|card|title|lien|home|contract|lease)? ?(?:holder|owner|member|customer)\b)"
    r"[\w']+(?<!oth)(?<!de)(?<!numb)(?<!comput)(?<!print)(?<!start)(?<!pow)er)"
)
_OF = r"(?: (?:in|on|from|of|behind|with|at|who is|that is|who was) (?:[\w']+ ){0,3}?[\w']+)?"
_FATE = (
    r"(?: (?:has|have|had|is|are|was|were|got|been|just|recently|already|both|suddenly|now|unexpectedly|sadly"
    r"|unfortunately|finally|also|all|then))*"
)
_HARD = (
    r"(?:died|dead(?! (?:to|set|keen|sure|serious|tired|certain|right|wrong|asleep|against|busy|easy|good|nice|end"
    r"|weight|lucky|on(?= time| the money| target|$)|in the water|simple|beat|slow|broke|bored)\b)|killed)"
)
_SOFT = (
    r"(?:deceased|departed|passed(?= away| on$|$| (?:in|last|this|yesterday|from|at|early|two|three|a few|a couple)\b))"
)
_MY = r"(?:my|our|his|her|their|the)"
_TOO = r"(?:holder|owner|member|customer)"
_ONE = rf"(?:he|she|they|{_MY} (?:[\w']+ ){{0,2}}?{_KIN}|both of them)"
_HINTS = "died|dead|killed|deceased|departed|passed|lost|bury|burie|losing|death| late "
A_DEATH = part("died(?!)", _HINTS)
"""Finds nothing by itself; where it may stand, a death may be told."""
_TOLD = hinted(
    rf"(?<!thought )(?<!figured )(?<!feared )\b(?:{_ONE}|(?:a|an|the|that|this|other|another|one|two|some) "
    rf"(?:[\w']+ ){{0,2}}?(?:{_KIN}|{_STRANGER}|{_TOO}){_OF}|holder|owner|somebody|someone|who|everyone|everybody)"
    rf"{_OF}{_FATE} (?:{_HARD}|{_SOFT})\b"
    rf"|\b(?:lost|buried|burying|losing|death of) {_MY} (?:[\w']+ )?{_KIN}\b|\b{_MY} late {_KIN}\b"
    r"|\b(?:a|the|sudden|recent) death\b"
    r"|\bi (?:think i |just |have |might have |may have )*killed (?:somebody|someone|him|her|them|an? [\w']+)\b",
    _HINTS,
)
"""That somebody died; a battery and a telephone are nobody."""
_HARSH = re.compile(rf"\b{_HARD}\b")
_HERE = re.compile(
    r"\bright here\b|\bin my arms\b|\b(?:next to|beside|in front of|on top of|underneath) (?:me|us)\b|\bat the wheel\b"
    r"|\b(?:on|in) (?:the|his|her|my|our|a) (?:\w+ )?(?:seat|bed|chair|recliner|couch|sofa|floor|ground|road|street"
    r"|sidewalk|pavement|highway|ditch|grass|tub|bathtub|shower|bathroom|kitchen|tracks|middle of)\b|\bin bed\b"
    r"|\b(?:just|right) now\b|\ba (?:second|moment|minute) ago\b|\bminutes ago\b|\bon impact\b|\binstantly\b"
    r"|\bat the scene\b|\b(?:found|find) (?:my|him|her|our|the|a) (?:[\w']+ )*dead\b"
    r"|\bthink (?:he|she|they|my|our|the|that)\b|\bkilled (?:right )?(?:in front|here)\b"
    r"|\bi (?:think i |just |have |might have |may have )*killed\b"
)
"""In the clause that tells of it: it is of this moment, or of this place."""
_LIES_DEAD = re.compile(r"\b(?:is|are) (?:(?:just|really|already|both|all) )*dead\b")
_PRESENT = re.compile(
    r"\b(?:in|on|at) (?:the|this) (?!hospital|hospice|home|nursing|spring|summer|fall|autumn|winter|war|army|navy"
    r"|military|service|marines|meantime|family|icu|er\b|care|house|night|morning|evening|afternoon|past|process|end|age|weekend"
    r"|policy|account|plan|states|u\b|us\b|first|second|third|line|pandemic|\w+(?:st|nd|rd|th)\b"
    r"|beginning|middle|week|month|year)\w+|\bhere\b(?! (?:in|at) (?:the|a|home))"
)
_CRIES = re.compile(
    r"\bhelp(?: (?:me|us|him|her|please|now))*$|\b(?:ambulance|paramedics?|911|breath\w*|bleed\w*|blood|hurry|trapped"
    r"|screaming|pulse|unconscious|not (?:moving|waking)|oh (?:my )?god|join (?:him|her|them)|please come"
    r"|still (?:here|inside|in the|on the (?:road|highway|street))"
    r"|(?:is|are|was) cold|weapon|knife|shooting|do not want to (?:live|be here))\b"
)
"""Anywhere: whoever says so has more to tell than of a death."""
_EVENT = re.compile(
    r"\b(?:accident|hit|hits|hitting|struck|\w{2}ash(?:ed)?|flipped|rolled|ran (?:over|into|out|off)|run over|drove"
    r"|slammed|collided|went off|slid|spun|shot|stabbed|drowned|fire|burned|explosion|explo\w+|killed by)\b"
    r"|\bin an? (?!hospital|hospice|nursing|home|coma|care|facility|house|war|foreign|few)\w+"
)
_AFFAIRS = re.compile(
    r"\b(?:tak(?:e|ing|en)|get|getting|put|putting|keep|have|move|moved|drop) (?:(?:him|her|them|it|that|this|me"
    r"|everything|(?:my|his|her|their|our|the) (?:[\w']+ )?\w+) )+(?:off|out of|over|from|to|in|on|into)\b"
    r"|\b(?:remov\w+|cancel\w*|clos(?:e|ing) (?:his|her|the|their|an?|my|out|down|that)|updat\w+|transfer\w*|switch\w*"
    r"|chang(?:e|ing)|reassign\w*|return\w* (?:his|her|the)|stop (?:the|his|her|my|taking|sending|charging|billing))\b"
    r"|\b(?:names?|account|bill|bills|billing|billed|pay|paying|payments?|premiums?|policy|policies|title|estate"
    r"|executor|executrix|probate|certificate|widow|widower|inherit\w*|sell|selling|sold|own|owns|owned|owner|ownership"
    r"|beneficiary|listed|cover|covers|covered|coverage|renewal|renews?|refund|paperwork|documents?|letters?|mail"
    r"|statements?|card|cards|bank|charg\w+|owe|owed|register\w*|registration|contract|subscription|appointment"
    r"|lease|loan|benefits?|lawyer|attorney|funeral|paid|auto ?pay|invoice)\b"
    r"|\b(?:left|leaves|leaving|gave|willed) (?:me|us|him|her|everything|it|his|the)\b"
    r"|\byou (?:people |guys |all |lot )?(?:are|keep|kept) (?:still )?\w+ing\b|\b(?:is|are|am) now the (?:only|new)\b"
    r"|\b(?:got|have|drive|driving|using) (?:his|her) \w+|\b(?:his|her) \w+ is (?:still )?(?:sitting|parked)\b"
    r"|\b(?:what|how|who|whether|if) (?:(?:i|we|she|he|that|to|happens?|do|does|should|can|would|goes?|else) )+"
    r"(?:do about|do with|to do about|to do with|about|with|to|need|go about)\b|\bwhat happens\b"
    r"|\b(?:need|want|like|trying|have|supposed|asked me|told|was told|meaning) to (?:call|know|ask|find out|talk"
    r"|report (?:his|her|the|that|a) death|notify|let you|tell you|inform|see what)\b"
    r"|\bcalling (?:about|to|regarding)\b"
)
"""What the living put in order after it."""
_WORDS = DeathWords(
    tells=lambda clause: _TOLD.search(clause) is not None,
    here=_HERE,
    cries=_CRIES,
    affairs=_AFFAIRS,
    lies_dead=_LIES_DEAD,
    present=_PRESENT,
    harsh=_HARSH,
    event=_EVENT,
)


def tells_of_death(clause: str) -> bool:
    """Does a clause tell that somebody died?"""
    return _TOLD.may_stand_in(clause) and _TOLD.search(canonical(clause)) is not None


def death_in(clauses: Sequence[str]) -> Death:
    """What is told of somebody's death in what is not bygone of the words.

    Args:
        clauses: in small letters.
    """
    for clause in clauses:
        if _TOLD.may_stand_in(clause):
            break
    else:
        return "none"  # which is so of nearly all that callers say
    return _WORDS.death_in([*map(canonical, clauses)])


def mourns(text: str) -> bool:
    """Has the caller lost somebody, and nothing says that it is of this moment?"""
    lower = text.lower().replace("’", "'")
    if not _TOLD.may_stand_in(lower):
        return False
    return death_in([" ".join(words(clause)) for clause in _CLAUSE.split(lower)]) == "mourned"


def may_have_died(clause: str) -> bool:
    """Does a clause tell that somebody died, and neither of papers nor of another time?"""
    return death_in([clause]) == "perhaps" and not is_bygone(clause)
