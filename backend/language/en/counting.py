"""Counts what an English answer names: "two cars", "a truck and my car", "mine and three more", "nobody else".

What is counted comes from the question: nouns, and the words for the caller's own, which always counts.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.counted import counted
from backend.language.en.parties import parties_of
from backend.language.en.said import said
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.mention import Mention
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.signs import Sign
from backend.language.tally import Item, tally

__all__ = ["read_count"]

_ALONE = frozenset({"just", "only"})
_JOINS = frozenset({"and", "plus"})
_SPEAKERS = frozenset({"i", "we", "me", "us"})
_SOMEBODY = frozenset("he she they somebody someone who guy lady man woman driver kid it that".split())
_DID = frozenset(
    "hit hits hitting ran run backed bumped rear clipped scraped scratched sideswiped swiped struck slammed crashed "
    "smashed pushed shoved keyed cut turned pulled took drove fled".split()
)
_SIX = re.compile(r"\b(?:half a|a half|half) dozen\b")
_SUMS_UP = re.compile(r"\b(?:so|altogether|all together|in total|in all|overall|that makes|makes it|total of)\b")
_MORE_CAME = re.compile(
    r"\b(?:pushed|shoved|knocked|sent|threw|spun) (?:me|us|my \w+) (?:right |straight )?(?:into|onto|in)"
    r"|\bthen (?:\w+ ){0,2}?(?:another|one more|a third|a second|a fourth)\b"
)
""" "He hit me and pushed me into another car": who did is one, too; "two, then another one slid into us"."""
_ONE = re.compile(r"\ba single\b")
_HEARD_FOR = {"for": 4, "fore": 4, "to": 2, "too": 2}
"""How a number may be written that was said before what is counted: "for cars, counting mine"."""
_ON_FOOT = re.compile(
    r" (?:and|plus) (?:an?|the|some) (?:pedestrian|jogger|(?:guy|man|woman|lady|person|kid|girl|boy|bloke)"
    r" (?:(?:who|that) was )?(?:on foot|walking(?: by| past)?|crossing(?: the street| the road)?))\b"
)
"""Somebody who is no such thing, joined to those that are."""
_HIT_SOMETHING = re.compile(
    r"\W*(?:(?:well|oh|um|uh|so|it was) )*(?:i|we) (?:only |just )?(?:hit|struck|clipped|ran (?:into|over)|slid into"
    r"|backed into|swerved into) (?:an?|the|some|my) (?:\w+ )?(?P<what>\w+)"
    r"[,.]? (?:and )?(?:(?:that's|that was|that is) (?:it|all|about it)|nothing else|nobody else|no one else)\W*"
)
""" "I hit a deer, that's it": nothing but what was hit is beside their own."""
_RIDDEN = frozenset({"cyclist", "bicycle", "bike", "rental"})
"""May be told beside, and may count."""
_THEIRS = frozenset({"his", "hers", "theirs"})
_WHOEVER = frozenset("whoever whatever whichever whomever who".split())
"""How many those are nobody can tell, nor whether they count: "me and whoever that was" is not one."""


_OWN_STATE = re.compile(
    r"(?<=\w),? (?:and|but) mine (?:(?:still|only|just|barely|luckily) )*(?:drives|runs|starts|moves|works"
    r"|doesn't|isn't|won't|can|can't|cannot|is(?! (?:the|a|an|one|another|in|on|at|behind|next)\b))\b.*$"
)
""" "And mine still drives" says how the caller's own is, and names none beside those that were counted."""


def read_count(text: str, asked: Asked) -> Reading:
    """The number of things in all."""
    alone = _HIT_SOMETHING.fullmatch(text.lower())
    has_own = any(choice.value is None for choice in asked.choices)
    if has_own and alone and alone["what"] in _things_beside(asked):
        return sure(1, (text,))
    if has_own and (listed := parties_of(said(text.lower(), owners=True), asked)):
        return sure(listed[0], (text,)) if len(listed) == 1 else doubtful("one may have been said twice", *listed)
    on_foot = tuple(found[0] for found in _ON_FOOT.finditer(text.lower()))
    told = _OWN_STATE.sub("", _ON_FOOT.sub("", text.lower()))
    words = said(_SIX.sub("six", _ONE.sub("one", told)), owners=True)
    mentions = counted(asked.choices).find(words, None)
    if all(mention.values[0].sort == "stray" for mention in mentions):
        return nothing()
    signs = [sign for sign in signs_for(SIGNS.find(words), mentions, ()) if not _is_no_guess(words, sign, mentions)]
    kept = _after_corrections(_not_denied(mentions, signs), signs)
    if (number := _heard_for(words, kept, asked)) is not None:
        return doubtful("a number may have been misheard", *(() if _JOINS.intersection(words) else (number,)))
    if not kept:
        against = tuple(" ".join(words[sign.start : sign.end]) for sign in signs)
        return doubtful("only what it is not was said", against=against)
    if any(sign.sort == "or" for sign in signs):
        return weigh(words, [_alone(mention, has_own) for mention in kept], signs, breaks=BREAKS)
    reading = weigh(words, _together(words, kept, asked, has_own=has_own), signs, breaks=BREAKS)
    return replace(reading, against=(*reading.against, *on_foot))


def _heard_for(words: Sequence[str], mentions: Sequence[Mention], asked: Asked) -> int | None:
    """The number that a first word may be, where what is counted stands right behind it and no other number does."""
    nouns = {word for one in asked.choices if one.value is not None for word in one.words if word.endswith("s")}
    if len(words) < 2 or words[1] not in nouns or any(one.values[0].sort not in ("own", "alone") for one in mentions):
        return None
    return _HEARD_FOR.get(words[0])


def _is_no_guess(words: Sequence[str], sign: Sign, mentions: Sequence[Mention]) -> bool:
    """Is it the "around" of a place: "nobody else around", "he came around the corner"?"""
    plain = sign.sort == "about" and words[sign.start : sign.end] in (["around"], ["toward"], ["towards"], ["about"])
    return plain and not any(mention.start == sign.end for mention in mentions)


def _not_denied(mentions: Sequence[Mention], signs: Sequence[Sign]) -> list[Mention]:
    ends = {sign.end for sign in signs if sign.sort == "denial"}
    return [mention for mention in mentions if mention.start not in ends]


def _after_corrections(mentions: Sequence[Mention], signs: Sequence[Sign]) -> list[Mention]:
    for sign in reversed(signs):
        behind = [mention for mention in mentions if mention.start >= sign.end]
        if sign.sort in ("correction", "afterthought") and behind and len(behind) < len(mentions):
            return behind
    return list(mentions)


def _alone(mention: Mention, has_own: bool) -> Mention:
    """What one of several comes to by itself."""
    item: Item = mention.values[0]
    own = 1 if has_own and item.sort == "more" else 0
    return replace(mention, values=() if item.sort in ("vague", "stray") else (item.count + own,))


def _together(words: Sequence[str], mentions: Sequence[Mention], asked: Asked, *, has_own: bool) -> list[Mention]:
    """The mentions, each with the number in all, which is in doubt where something else is joined to them."""
    inside = {at for mention in mentions for at in range(mention.start, mention.end)}
    hedged = {at for sign in SIGNS.find(words) for at in range(sign.start, sign.end)}
    left = {word for at, word in enumerate(words) if at not in inside | hedged}
    did = not _DID.isdisjoint(left)
    strays = any(mention.values[0].sort == "stray" for mention in mentions)
    found = tally(
        words,
        mentions,
        has_own=has_own,
        joins=_JOINS,
        summed=_SUMS_UP.search(" ".join(words)) is not None,
        ours=not _SPEAKERS.isdisjoint(left) or (did and "me" in words),
        unlisted=(did and (strays or not _SOMEBODY.isdisjoint(left))) or _leaves_one_out(words, inside, asked),
    )
    alone = not _ALONE.isdisjoint(words)
    beside = frozenset(word for one in asked.beside for word in one.split()) if alone else frozenset[str]()
    known = _things_beside(asked)
    if not found.why and _MORE_CAME.search(" ".join(words)) and not _is_summed(words, mentions):
        counts = tuple(number + more for more in (1, 0) for number in found.counts)
        return [replace(mention, values=counts, why="more may have come", doubtful=True) for mention in mentions]
    why = found.why or ("nothing beside what was named" if _takes_all_back(words, mentions) else "")
    if not why and alone and len(mentions) == 1 and words[mentions[0].start] in _THEIRS:
        return [replace(mentions[0], values=(1, *found.counts), why="it may be the only one", doubtful=True)]
    why = why or ("something else was named" if _names_more(words, mentions, beside, known) else "")
    counts = () if why and not _WHOEVER.isdisjoint(words) else found.counts
    return [replace(mention, values=counts, why=why, doubtful=bool(why)) for mention in mentions]


def _is_summed(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Is the last that was said the number of all: "and pushed me into another one, so three"?"""
    return mentions[-1].values[0].sort == "total" and _SUMS_UP.search(" ".join(words)) is not None


def _takes_all_back(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Does it end with the caller's own alone, behind one that was named: "a kid on a bike hit it, so just my car"?"""
    *before, last = mentions
    if not before or last.values[0].sort != "alone" or words[last.start] not in _ALONE:
        return False
    gap = words[before[-1].end : last.start]
    return _JOINS.isdisjoint(gap) and any(one.values[0].sort in ("named", "more") for one in before)


def _things_beside(asked: Asked) -> frozenset[str]:
    """What the store tells beside the number, and is not counted: "deer", "pole"."""
    return frozenset(word for one in asked.beside for word in one.split()) - _RIDDEN


def _names_more(
    words: Sequence[str], mentions: Sequence[Mention], beside: frozenset[str], known: frozenset[str]
) -> bool:
    """Is one of them joined to something that was not counted: "me and a cyclist"?"""
    starts, ends = {mention.start for mention in mentions}, {mention.end for mention in mentions}
    inside = {at for mention in mentions for at in range(mention.start, mention.end)}
    for at, word in enumerate(words):
        if word not in _JOINS or at in inside or not (at in ends or at + 1 in starts) or _ends_it(words, at + 1):
            continue
        if words[at + 1 : at + 2] in (["a"], ["an"], ["the"]) and _is_all(words, at + 2, known):
            continue
        behind = any(place in starts for place in range(at + 1, at + 4))
        before = any(place in ends for place in range(at - 3, at + 1))
        if not (behind and before) and not beside.intersection(words[at + 1 : at + 4]):
            return True
    return False


def _is_all(words: Sequence[str], at: int, known: frozenset[str]) -> bool:
    """Does it end with one of these, as "me and a deer" does?"""
    return words[at : at + 1] != [] and words[at] in known and words[at + 1 : at + 2] in ([], ["."])


def _ends_it(words: Sequence[str], at: int) -> bool:
    """ "And that was it", "and that's all"."""
    return words[at : at + 1] == ["that"] and words[at + 2 : at + 3] in (["it"], ["all"])


def _leaves_one_out(words: Sequence[str], inside: set[int], asked: Asked) -> bool:
    """Is one spoken of that no mention counts: "the bus hit us"?"""
    nouns = {word for choice in asked.choices if choice.value is not None for word in choice.words}
    left = (at for at, word in enumerate(words) if word in nouns and at not in inside)
    return any("the" in words[max(at - 2, 0) : at] for at in left)
