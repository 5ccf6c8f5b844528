"""A place as it was told, without what is told around it: where they live, that they said it before, "um"."""

import re
from collections.abc import Sequence

from backend.language.en.place_written import without_how_it_is_written
from backend.language.en.roads import is_road
from backend.language.en.states import CITIES, STATES
from backend.language.words import words_of

__all__ = ["put_plainly", "without_side"]

_MEETS = re.compile(r"\bwhere (\w+(?: \w+)?) (?:meets|crosses|intersects|joins|hits|runs into) ", re.IGNORECASE)
_ALREADY = re.compile(
    r"^\W*(?:(?:but|and|well|like) )*(?:i|we) (?:\w+ )?(?:already )?(?:said|told you)"
    r"(?: already| that| it was)? (?=\w)",
    re.IGNORECASE,
)
"""Said before, and said again now."""
_AT_HOME = re.compile(
    r"\b(?:at|outside|in front of|near)? ?(?:my )?(?:home|house|place|work),? (?:at )?(?=(?:number )?\d+ \w)",
    re.IGNORECASE,
)
"""Before the number of a house: "at home 12 elm street"."""
_THE_STREET = re.compile(
    r"(?<=\w),? (?:on |at )?the street (?:is |called |named )?"
    r"(?!(?:from|where|in|near|with|outside|by|and|is)\b)(\w+)$",
    re.IGNORECASE,
)
"""The kind of road before its name, as other languages have it: "in chicago the street wabash"."""
_HOMES = r"(?:house|home|place|apartment|flat|address|shop|store|office|work|job|school)"
_ELSEWHERE = re.compile(
    rf"^.*\b(?:live|work|am from|i'm from|(?:(?:i|we)(?:'d| had)?|had) (?:just )?left"
    rf"|my (?:[\w']+ )?{_HOMES}(?: is|'s))\b.*?"
    r"(?:\bbut (?:(?:it|this|that|we|i) (?:was|happened|were) )?"
    r"|\b(?:but |and )?(?:it|this|that|we|i|the \w+(?: \w+)?) (?:was|were|happened|got|hit|[a-z]+ed)"
    r" (?:\w+ ){0,2}?)(?=on |in |at |near )",
    re.IGNORECASE,
)
"""Where they live, before where it was."""
_AND_IT_WAS = re.compile(
    r"\b(?:it's|(?:it|this|that|i|we) (?:was|were|happened|is))[\s,]+(?:(?:right|just|over|down)[\s,]+)*"
    r"(?=(?:on|at|in|near|where|the corner|[\w']+ (?:street|avenue|road|boulevard|drive|lane)) )",
    re.IGNORECASE,
)
"""Behind what they tell before it: "i'm shaking it was on ...", "i dropped my kids off and it was on ..."."""
_ON_THEIR_WAY = re.compile(
    r"(?:\b(?:i'm|i am|i was|we're|we are|we were)[\s,]+|^\W*)(?:just )?(?:heading|headed|driving|going|coming|riding) "
    r"(?:back )?(?:home |to (?:work|school|church) )?(?:down|up|along) (?=(?!the |my |to |from |for )\w)",
    re.IGNORECASE,
)
"""Behind what they did before it: "i'd dropped off my mother and i'm heading home down ..."."""
_SOMEWHERE = frozenset("on onto at in by near outside behind corner intersection between past around".split())
_CALLED = re.compile(
    r"\b(?:(?:it's|it was|it is|this is|that's|on|at),? )?an? (?:little |small |side )?(?:street|road|avenue|lane)"
    r",? (?:called|named) (?=\w)",
    re.IGNORECASE,
)
""" "It's a street called ..."."""
_SOMEBODYS = re.compile(
    r"\b(?:in front of|outside(?: of)?|near|by|next to|across from|at) (?:my|our) (?:[\w']+ ){1,3}?"
    rf"{_HOMES},? (?=on )",
    re.IGNORECASE,
)
"""Whose house it was at, before its street."""
_WITH_CORNER = re.compile(r",? \b(?:with|and) (?:the )?corner (?:of|with|to) (?:the )?", re.IGNORECASE)
_STREET_FIRST = re.compile(r"\b(in|on|at) the (street|avenue) (\w+) (?=and )", re.IGNORECASE)
""" "In the street main with corner of fifth", as other languages have it."""
_AGAIN = re.compile(
    r"\b(?P<name>[\w']+(?: [\w']+)?),? (?:yeah|yes|yep|right|okay|that's it),? (?=(?P=name) [\w'])", re.IGNORECASE
)
"""A name that came back to them: "willow yeah willow street"."""
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_MINUTES = r"(?:(?:oh|twenty|thirty|forty|fifty)(?: \w+)?|five|ten|fifteen|:?\d\d)"
_HALF = (
    r"(?:,? ?[ap]\.? ?m\b\.?|,? (?:in the (?:morning|afternoon|evening)|at night|this (?:morning|afternoon|evening)))"
)
_AWAY = (
    r"(?:half|(?:a )?quarter|five|ten|twenty(?: five)?|\d{1,2})(?: minutes)? (?:past|to|after|till?|before|of) "
    rf"{_HOUR}{_HALF}?"
)
_BY_NAME = "".join(
    f"(?<!{word} )"
    for word in "the exit route marker mile highway interstate number junction road loop us fm i rd".split()
)
"""Such a number is no hour."""
_DAY = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:the )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty |thirty )?[a-z]+(?:st|nd|rd|th))"
)
_TO_THE_PLACE = r",? (?=(?:just |right |over )?(?:on|at|in|near|off|by|along|outside) (?:the )?[a-z0-9])"
_CLOCK = re.compile(
    rf"\b(?:(?:at|around|about|by) )?{_HOUR} ?o[' ’]?clock\b{_HALF}?,?\s*"
    rf"|\b(?:at|around|about|by) {_HOUR}(?:[ :]?{_MINUTES})?{_HALF}?{_TO_THE_PLACE}"
    rf"|\b{_BY_NAME}(?:(?:at|around|about|by) )?"
    rf"(?:{_AWAY}|{_HOUR}(?:[ :]{_MINUTES}{_HALF}?|{_HALF})|(?:on )?{_DAY}){_TO_THE_PLACE}"
    rf"|(?<=\w),? (?:(?:at|around|about|by) (?:{_HOUR}(?:[ :]?{_MINUTES})?{_HALF}?|{_AWAY})|{_AWAY})(?=\W*$)",
    re.IGNORECASE,
)
"""A time or a day beside the place: "at nine thirty on main street". Of "at 930 main street" it is the house."""
_HEADED = re.compile(
    r",? \b(?:headed|heading|going|traveling|travelling|driving) (?:due )?(?:north|south|east|west)\w*\W*$",
    re.IGNORECASE,
)
"""Which way they went, behind the place: "in reno headed north"."""
_FILLERS = re.compile(r"\b(?:um+|uh+|er+m?|h+m+)\b[,.]?\s*", re.IGNORECASE)

_TELLERS = frozenset("i i'm i'd we we're he she they".split())
_TURNS = frozenset("no not sorry mean meant actually wait or maybe".split())
_SIDE = re.compile(
    rf",? \b(?:on )?the (?P<state>{'|'.join(sorted(STATES, key=len, reverse=True))}) side\b(?! (?:street|road|of)\b)",
    re.IGNORECASE,
)
_NAME = r"(?!(?:on|in|at|near|by|and|but|when|where|from|off|it|i|we)\b)[\w']+"
_HEADED_TO = re.compile(
    rf",? \b(?:headed|heading|going|traveling|travelling) (?:out |back |up |down |over )?(?:to|toward|towards|into|for)"
    rf" {_NAME}(?: {_NAME}){{0,2}}\W*$",
    re.IGNORECASE,
)
"""Where they went, behind a road: "lake street heading out to oak park"."""
_NOT_THERE = re.compile(rf",? not (?:in )?(?P<name>{_NAME}(?: {_NAME}){{0,2}})\W*$", re.IGNORECASE)
"""A place that is taken for it: "saint paul, not minneapolis"."""
_BOUND_FOR = re.compile(
    r"^\W*(?:(?:well|so|um|uh) )*(?:i|we)(?: was| were|'m|'re|'d been) (?:\w+ )?"
    r"(?:headed|heading|going|driving|on (?:my|our|the) way)"
    r" (?:out |back |up |down |over |home )?(?:to|for|toward|towards)\b(?:(?!\bbut\b).){2,40}?\bbut "
    r"(?:(?:it|this|that|we|i) (?:was|were|happened|got hit) (?:\w+ ){0,2}?(?=on |in |at |near )"
    r"|(?:(?:i|we) )?(?:only |just )?(?:made it|got)(?: only)?(?: as far as| to) )",
    re.IGNORECASE,
)
"""Where they were going, before where it was: "we were headed to reno but only made it to ..."."""


def put_plainly(words: str) -> str:
    """The words of the place itself: "where oak meets elm" is "oak and elm"."""
    words = _STREET_FIRST.sub(r"on \3 \2 ", _WITH_CORNER.sub(" and ", without_how_it_is_written(words)))
    told = _ALREADY.sub("", _MEETS.sub(r"\1 and ", " ".join(_CLOCK.sub("", _FILLERS.sub(" ", words)).split())))
    told = _without_story(_SOMEBODYS.sub("", _AGAIN.sub("", _ELSEWHERE.sub("", _BOUND_FOR.sub("", told)))))
    return _without_tail(_HEADED.sub("", _THE_STREET.sub(r", \1 street", _AT_HOME.sub("", _CALLED.sub("on ", told)))))


def _without_tail(told: str) -> str:
    """Without where they were going, and without a city or a state that it is not."""
    headed = _HEADED_TO.search(told)
    if headed and is_road(words_of(told[: headed.start()])):
        return told[: headed.start()]
    other = _NOT_THERE.search(told)
    if other and other.start() and (other["name"].lower() in CITIES or other["name"].lower() in STATES):
        return told[: other.start()]
    return told


def _without_story(told: str) -> str:
    """From the clause that tells where it was, where no road, no city and no "no" stands before it."""
    for found in _AND_IT_WAS.finditer(told):
        story = words_of(told[: found.start()])
        if _TELLERS.isdisjoint(story):
            continue
        if is_road(story) or not _TURNS.isdisjoint(story[1:]) or CITIES.keys() & _names(story):
            return told
        return told[found.end() :]
    on_their_way = _ON_THEIR_WAY.search(told)
    before = told[: on_their_way.start()].strip() if on_their_way else ""
    if on_their_way and (not before or _only_tells(before)):
        return told[on_their_way.end() :]
    return told


def _only_tells(before: str) -> bool:
    """Is it what somebody did, and no place at all?"""
    story = words_of(before)
    no_place = _SOMEWHERE.isdisjoint(story) and not is_road(story) and not CITIES.keys() & _names(story)
    return no_place and not _TELLERS.isdisjoint(story) and _TURNS.isdisjoint(story)


def _names(words: Sequence[str]) -> set[str]:
    return {" ".join(words[at : at + size]) for at in range(len(words)) for size in (1, 2, 3)}


def without_side(text: str) -> tuple[str, str]:
    """The words without the state whose side of a city or a river it was, and that state: "on the missouri side"."""
    found = _SIDE.search(text)
    return (_SIDE.sub(",", text), STATES[found["state"].lower()]) if found else (text, "")
