"""An answer that may mean two things, "last Friday" on a Saturday, or points to one that is known: what is offered
instead of the question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from backend.domain.field_spec import FieldSpec
from backend.domain.question import Question
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.form import joined
from backend.forms.reading import parts_of, read
from backend.forms.saying import said_value
from backend.language.words import words_of
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["in_same_half", "keep_offer", "offered_instead", "picked", "same_on_the_clock"]

_KINDS = frozenset({"date", "time"})
"""Kinds whose values tell apart when they are said: of a name or a place it may be anything."""
_TWO = 2
_FEW = 7
_HOUR = re.compile(r"\d\d:\d\d")
_DAY_H, _FAR_H = 24, 6
_NOON = "12:00"


def offered_instead(
    filling: Filling, field: FieldSpec, question: Question, between: Sequence[Any], about: About
) -> Question | None:
    """The question with what is offered as its other words; ``None`` where nothing is, or the form has no words for it.

    Where the answer may mean just two: "Was that 10 AM or 10 PM?". Where it is likely one, "today at eight PM" at noon:
    "Was that Thursday?". Where it points to one of those that a book knows: "It was your 2019 Honda Civic, is that
    right?".

    Args:
        filling: the form in this call.
        field: what was asked.
        question: its question.
        between: what the answer may mean.
        about: what helps to say it.
    """
    texts = filling.form.texts_of(field)
    if len(between) == 1 and between[0] in about.offered(field) and texts.offer_again:
        return replace(question, again=texts.offer_again.format(value=said_value(field, between[0], about)))
    if field.kind not in _KINDS or not 0 < len(between) <= _TWO or not texts.offer_some:
        return None
    items = [texts.offer_item.format(value=said_value(field, one, about)) for one in between]
    return replace(question, again=texts.offer_some.format(values=joined(items, filling.form.texts.either)))


def keep_offer(filling: Filling, field: FieldSpec, between: Sequence[Any], question: Question, ask: str | None) -> None:
    """Note what was offered where it is what is asked now; "the first" is none of two once anything else was.

    Args:
        filling: the form in this call.
        field: what was asked.
        between: what the answer may mean.
        question: the offer (``offered_instead``).
        ask: what is asked now.
    """
    if ask and ask == question.again:
        filling.facts.put(_key(filling, field), {"turn": filling.ctx.session.turn, "ask": ask, "of": list(between)})


def picked(filling: Filling, field: FieldSpec, text: str, about: About) -> Any:
    """Which of the two that were just offered is meant by its place, "the second", or the one by a yes; ``None`` where
    none is."""
    session = filling.ctx.session
    offer: Any = filling.facts.get(_key(filling, field))
    if not isinstance(offer, dict) or cast("dict[str, Any]", offer)["turn"] == session.turn:
        return None
    filling.facts.pop(_key(filling, field))
    noted = session.facts.get(OPEN_QUESTION, {})
    if (noted.get("name"), noted.get("ask")) != (field.name, offer["ask"]):
        return None
    offered: list[Any] = offer.get("of", [])  # a session of the version before names it otherwise
    parts = [parts_of(field, one) if field.parts else tuple(words_of(said_value(field, one, about))) for one in offered]
    place = about.language.account.which(text, parts, about.form.said_of(field.beside) or ())
    return None if place is None else offered[place]


def in_same_half(field: FieldSpec, text: str, known: Any, about: About) -> str | None:
    """The hour that puts another right, "no, it was at eleven": in the half of the day that was not contradicted.

    Where noon or midnight lies between, the other half is nearer: "at twelve", "no, at eleven" is asked about.
    """
    if not isinstance(known, str) or _HOUR.fullmatch(known) is None:
        return None
    signs = about.form.said_of(field.story_words) or ()
    for clause in about.language.account.plain_clauses(text):
        said = f" {' '.join(words_of(clause))} "
        before, found, _ = text.lower().partition(clause)
        if any(f" {sign} " in said for sign in signs) or (found and _names(field, before, known, about)):
            may_be = read(field, clause, about, told=True).candidates
            same = [one for one in may_be if (one < _NOON) == (known < _NOON)]
            if len(may_be) == _TWO and len(same) == 1 and _apart_h(str(same[0]), known) <= _FAR_H:
                return str(same[0])
    return None


def _names(field: FieldSpec, before: str, known: str, about: About) -> bool:
    """Is what stands there named in a few words before: "I said ten, but it was nine"?"""
    said = words_of(before)
    return 0 < len(said) <= _FEW and known in read(field, before, about, told=True).candidates


def _apart_h(one: str, other: str) -> float:
    """Hours between two moments of a day, the shorter way around."""
    hours = [int(each[:2]) + int(each[3:]) / 60 for each in (one, other)]
    apart = abs(hours[0] - hours[1])
    return min(apart, _DAY_H - apart)


def same_on_the_clock(one: str, other: Any) -> bool:
    """Do two hours look the same on a clock of twelve hours: 04:05 and 16:05?"""
    if not isinstance(other, str) or not (_HOUR.fullmatch(one) and _HOUR.fullmatch(other)):
        return False
    return one[3:] == other[3:] and int(one[:2]) % 12 == int(other[:2]) % 12


def _key(filling: Filling, field: FieldSpec) -> str:
    return f"{filling.facts.BETWEEN}_{field.name}"
