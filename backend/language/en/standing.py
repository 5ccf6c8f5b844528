"""Callers who cannot or will not show who they are: somebody else's spouse, a broker, somebody who refuses."""

import re

from backend.language.en.leaving import does_not_know
from backend.language.en.spokesman import ROLE, speaks_for_another
from backend.language.en.third_person import answers_for_another, answers_in_the_business
from backend.language.standing import StandingPatterns, StandingReader, StandingWords, one_of
from backend.language.tokens import words

__all__ = ["obstacle"]

_I_AM = r"(?:i'?m|i am|this is|it'?s|it is|speaking as|you're speaking (?:to|with)|you are speaking (?:to|with))"
_HOLDER = ("owner", "customer", "client", "account holder")
_THINGS = ("account", "contract")
_LACKED = ("number", "numbers", "digits", "code", "details", "that", "it", "those", "them", "card")
_WHOSE = rf"(?:{ROLE}|kid|child|children|baby|toddler|boy|girl)s?"
_BY_TRADE = r"(?:myself\b|by (?:trade|profession|training)\b)"
"""Behind a role: what a caller is to nobody in particular."""
_SORT = r"(?!(?:and|or|is|was|to|in|on|at|but|with|has|had|for|of)\b)[\w-]+"
"""Before the thing: "my daughter's next visit"."""
_REFUSES = re.compile(
    r"\b(?:don't|do not|not going to|won't|will not|wouldn't|not gonna|refuse to|not willing to|rather not"
    r"|prefer not to|not comfortable) (?:\w+ ){0,3}?"
    r"(?:tell|telling|give|giving|say|saying|share|sharing|answer|disclose|provide)\b"
    r"|\b(?:i'm|i am) (?:just )?not (?:giving|telling|sharing|saying|handing|reading)\b"
    r"|\bnone of your business\b|\b(?:i'd |i would )?(?:rather|prefer) not\b|\bi refuse\b|\bnot comfortable\b"
    r"|\bthat(?:'s| is) (?:private|personal|confidential)\b|\bwhy should i\b"
    r"|\b(?:not|ain't|isn't|never) (?:in the habit of|about to|keen on|happy|fond of|one for|into|up for) "
    r"(?:\w+ ){0,2}?(?:hand|handing|giv|give|giving|tell|telling|shar|share|sharing|say|saying)\w*\b"
    r"|\b(?:that's|that is|it's|this is) (?:strictly )?between me and\b|\bkeep (?:that|it|this|them) to myself\b"
    r"|\b(?:don't|do not|not|never) (?:just )?(?:hand|handing|give|giving|read|reading) (?:that|those|it|them|this)"
    r"(?: kind of thing| sort of thing| stuff)? (?:out|over|away|to)\b"
    r"|\byou (?:don't|do not) need (?:that|my \w+)$"
    r"|\bnot (?:with|to) (?:a |some )?(?:computer|machine|robot)s?\b"
    r"|\b(?:over|on) my dead body\b|\bno business of yours\b|\bmind your own\b|\bi'll pass\b|\bnot a chance\b"
)


def _patterns(about: StandingWords) -> StandingPatterns:
    holder = one_of(*_HOLDER, *about.holder)
    things = one_of(*_THINGS, *about.things)
    reasons = one_of("report", "new", *about.reasons, *about.things)
    whose = rf"(?:his|her|their|the {holder}'?s?|my \w+'s?|[\w']+'s|a|an|the|just a)"
    other = (
        rf"\b{_I_AM} (?:only |just |actually )?{whose} (?:[\w'-]+ )?{ROLE}\b(?! {_BY_TRADE})"
        rf"|\b(?:calling|call|phoning|here|reporting (?:this|it)?) ?(?:for|on behalf of|in the name of|instead of) "
        rf"(?:my|a|the|our|his|her|somebody|someone|him|them)\b(?! {reasons})"
        rf"|\bon behalf of\b|\bunder my {ROLE}\b"
        rf"|\b(?:not|isn't|ain't) (?:really )?(?:the|my|mine) ?(?:{holder}|{things}|own {things})?$"
        rf"|\b(?:not|isn't) the {holder}\b"
        rf"|\bnot (?:even |actually )?(?:an? )?{holder} (?:with|by|through|at|of|here)\b"
        rf"|\bnot (?:one of )?your {holder}s?\b"
        r"|\bi(?:'m| am) not with you(?: guys)?\b"
        r"|\b(?:i|i'm|i am|i've|we|we're) (?:\w+ )?(?:with|have|through|use|got) (?:another|a different"
        rf"|some other) (?:company|{things})\b"
        rf"|\b{_I_AM} the other (?!(?:way|one|day|thing|night|time|week|number|name)\b)\w+\b"
        rf"|\b(?:the |it'?s |it is )?{things}(?:'s| is| belongs| runs)?(?: under| in| to| on)* my {ROLE}\b"
        rf"|\b(?:it'?s|it is|that'?s|that is|the {things} is) my {ROLE}'?s? (?:{things}|name)\b"
        rf"|\bmy {ROLE} (?:is|has|holds|owns) (?:(?:the|an?) )?(?:{holder}|{things}|one with the {things})\b"
        rf"|\b(?:don't|do not) have (?:a|any) {things}\b|\b{holder}(?:'s| is| was) my {ROLE}\b"
        rf"|(?<!as )(?<!still )\byour (?:own )?{holder}(?: (?!(?:for|since|number|id|card|and|i)\b)[\w'-]+){{0,2}} "
        r"(?:hit|ran|rear|backed|struck|has|had|did|was|owes|damaged|caused|is)\b"
        rf"|\bbut (?:the |it'?s |this )?{things}(?:'s| is)\b|\bmy {_WHOSE}'s? (?:{_SORT} ){{0,2}}{things}\b"
        rf"|\b(?:the|that|this) (?:{_SORT} )?{things} (?:of|for|from) my {_WHOSE}\b(?!'s)"
    )
    lacked = one_of(*_LACKED, *about.parts)
    lacks = (
        r"\b(?:don't|do not|didn't|can't|cannot|could not|couldn't|never) (?:[\w']+ ){0,2}?"
        rf"(?:know|remember|recall|have|find|think of) (?:[\w']+ ){{0,4}}?(?:{lacked}|four|these|one|by heart)\b"
        rf"|\b(?:forgot|forgotten|lost) (?:[\w']+ ){{0,3}}?(?:{lacked}|four)\b"
        rf"|\bno (?:idea|clue)\b|\bdon't have (?:a |any )?{one_of(*about.parts, 'idea')}\b"
    )
    return StandingPatterns(
        re.compile(other), re.compile(lacks), answers_in_the_business((*_HOLDER, *about.holder), about.reasons)
    )


def _plain(text: str) -> str:
    return " ".join(words(text))


obstacle = StandingReader(
    plain=_plain,
    patterns=_patterns,
    speaks_for_another=speaks_for_another,
    answers_for_another=answers_for_another,
    does_not_know=does_not_know,
    refuses=_REFUSES,
).obstacle
"""What keeps an English caller from being verified, by their own words."""
