"""What is told with a name and turns it into no other: an old name, what friends say, letters that it has not."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.language.en.kin import KIN
from backend.language.en.not_names import FILLERS, NOT_NAMES

__all__ = ["NameTold", "said_for_short", "told_with_it"]

_SHORT = 3
"""Letters of a name for short."""

_NOW = re.compile(
    r"^(?P<beside>.*\b(?:maiden name|used to be|was|call me|calls me|go by|goes by|known as|know me as)\b.*? but)"
    r" (?:now )?(?:(?:my|the) (?:full |legal |real |actual )?name(?:'s| is)|it's|it is|i'm|i am|legally it's"
    r"|officially it's) (?:now |really |actually |legally |officially )?(?P<name>\w.*?)"
    r"(?: now| these days| again| on paper| legally)?$"
)
"""What it was, or what friends say, and the name behind it."""
_USED_TO_BE = re.compile(
    r"^(?P<beside>(?:(?:well|so) )?(?:i|it|my (?:last |full )?name) (?:used to be|was)"
    r" (?:(?!not\b|no\b)[a-z'-]+ ){1,3}?"
    r"(?:(?:and|but) )?(?:now )?(?:it's|it is|i'm|i am|i go by)) (?P<name>[a-z'-]+(?: [a-z'-]+){1,2}?)"
    r" (?:now|these days|since \w+(?: \w+)?)$"
)
"""What it was, and what it is now: "I used to be harris, it's anna cole now"."""
_REMARK = re.compile(
    r"^(?P<name>\w[\w' -]+?) (?P<beside>no relation(?: (?:to|of) .+)?"
    r"|(?:just |exactly |same |you know )?(?:like|as) the (?:\w+ )?(?!sound|letter|color|name|month|day)[a-z]{4,}"
    r"|(?:(?:and )?(?:i'm|i am) )?sorry (?:about |for )?my (?:\w+ )?(?:english|accent|voice|pronunciation)"
    r"|(?:and )?(?:i'll|i will|i can|i could|shall i|let me) spell (?:it|that)(?: out)?(?: for you)?"
    r"(?: if (?:you (?:want|need|like)|it helps|that helps).*)?)$"
)
"""A remark behind a name: "no relation to the singer", "I am sorry, my English"."""
_OF_THEM = re.compile(
    r"^(?P<name>\w[\w' -]+?) (?P<beside>(?:he|she)(?:'s| is| was| has| had| works| lives| drives| owns|'d)\b"
    r"(?!.*\b(?:not|but|or|name|names|named|called|spelled|goes|known|no|wait|sorry|mean|married|used|actually)\b).*)$"
)
"""What somebody does or is, told behind their name."""
_I_AM = re.compile(
    rf"^(?P<beside>(?:it's |that's |well |um )?(?:(?:in|under) )?"
    rf"(?:my (?:{'|'.join(sorted(KIN))})|the (?:account|policy|card|name on)"
    r"|he|she|his|her)\b.*?(?: but| and)?) (?:i'm|i am|my name's|my name is|mine's|mine is|me i'm) "
    r"(?P<name>[a-z'-]+(?: [a-z'-]+){1,3})$"
)
"""Somebody else, and behind them who speaks: "my husband's name is raul but I'm grace wilson"."""
_OUR_OWN = re.compile(
    rf"^(?P<name>[a-z'-]+(?: [a-z'-]+){{1,2}}?) (?P<beside>(?:(?:he's|she's|that's|it's) )?(?:my|our)"
    rf" (?:{'|'.join(sorted(KIN))})(?! (?:is|was|has|had|drove|named|called)\b)"
    r"(?!.*\b(?:not|but|or|name|named|called|no|wait|sorry|mean)\b).*)$"
)
"""What somebody is to the caller, behind their name: "lou novak, my dad"."""
_AT_THE_END = re.compile(
    r"^(?P<beside>(?!.*\b(?:not|but|used|was|maiden|if|or|his|her|their|don't|isn't|wife|husband)\b).*"
    r"\bmy (?:full |whole |own )?name(?:'s| is)) (?P<name>[a-z'-]+ [a-z'-]+(?: [a-z'-]+)?)$"
)
"""Behind everything else: "oh god I'm bleeding, my name is mary cole"."""
_OTHER_LETTERS = re.compile(
    r"^(?P<name>.*\b\w \w.*?) (?P<beside>(?:and )?not (?:with )?(?:an? )?(?:(?:double )?[a-z](?: |$))+)$"
)
"""Letters that are spelled, and those that it is not spelled with: "l e e not l e i g h"."""


_PART = r"(?!(?:my|name|is|was|i'm|i|it's|this|that|his|her)\b)[a-z'-]+"
_INTRODUCED = re.compile(
    r"^(?P<beside>(?P<talk>.*?)\b(?:it's|it is|this is|i'm|i am|my name's|my name is)) "
    rf"(?P<name>(?!(?:so|just|still|a|an|at|in|on|the|not|really|all) ){_PART}(?: (?:um |uh )?{_PART}){{1,2}}?"
    r"(?: [a-z](?= |$))*)"
    r"(?P<behind> (?:and |and then )?(?:i (?:had|was|am|need|want|got|just|have|hit|would|called)|i'm|i'd|i've)\b"
    r"(?!.*\b(?:name|called|spell|spelled|by|no|not|sorry|mean|meant|married|maiden|or)\b).*)?$"
)
"""Who speaks, behind talk and before a story: "good morning, this is eugene watts, I had ..."."""
_OTHERS = KIN.keys() | frozenset(
    "he she they him her them his hers their he's she's they're not no or but if other the guy lady man woman person"
    " owner somebody someone name was used maiden called think guess maybe said says don't isn't wasn't under".split()
)
"""In such talk: somebody else may be the one of that name, or it is not sure."""


_TALK = frozenset("good morning afternoon evening dear love thought had have already right sorry hello hi hey".split())


@dataclass(frozen=True, slots=True)
class NameTold:
    """A name, and the words beside it.

    Args:
        spelled: was it told by its letters, so that one word may be all of it?
    """

    name: str = field(repr=False)
    beside: str = field(repr=False)
    spelled: bool = False


def told_with_it(said: str, *, own: bool = False) -> NameTold | None:
    """The name without what is told with it; None where nothing of the kind is.

    Args:
        said: the words.
        own: was the caller's own name asked for?
    """
    found = _INTRODUCED.match(said) if own else None
    if (
        found
        and _OTHERS.isdisjoint(found["talk"].split())
        and _is_talk(found["talk"])
        and (found["talk"] or found["behind"])
    ):
        return NameTold(found["name"].strip(), f"{found['beside']}{found['behind'] or ''}")
    for pattern in (
        *((_I_AM, _AT_THE_END) if own else (_OUR_OWN,)),
        _NOW,
        _USED_TO_BE,
        _REMARK,
        _OF_THEM,
        _OTHER_LETTERS,
    ):
        if found := pattern.match(said):
            return NameTold(found["name"].strip(), found["beside"].strip(), pattern is _OTHER_LETTERS)
    return None


def _is_talk(words: str) -> bool:
    """Has it no word that may be a name: "good morning", "sorry, I thought you had it"?"""
    return all(word in NOT_NAMES or word in FILLERS or word in _TALK for word in words.split())


def said_for_short(name: Sequence[str]) -> bool:
    """Is a given name said twice, the short way and the long one: "gwen, gwenllian"?"""
    pairs = itertools.pairwise(name)
    return any(long != short and long.startswith(short) and len(short) >= _SHORT for short, long in pairs)
