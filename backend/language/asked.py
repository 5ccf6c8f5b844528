"""What was asked: everything that helps to read an answer, and nothing that only one business knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from backend.language.learned import Learned

__all__ = ["Asked", "Choice", "Kind"]

Kind = Literal[
    "text", "yes_no", "choice", "integer", "date", "time", "digits", "code", "phone", "email", "postal_code",
    "money", "name", "person", "address", "group",
]  # fmt: skip
"""What an answer is made of, and the JSON value that a reading of it has:

text         the words themselves
yes_no       true or false
choice       the ``value`` of one of the choices
integer      7
date         "2026-11-20"
time         "17:30"
digits       "4821": exactly the digits that were said
code         "SW1A2AA", "POL-A10001": capitals and figures
phone        "+13125550142" (E.164)
email        "john.smith@example.com", lower case
postal_code  "60601", "SW1A 2AA"
money        {"amount": 1500, "currency": "USD"}
name         "Michael O'Brien", as it is written
person       {"who": "caller" | "nobody" | "other", "name": ..., "relationship": ...}, the last two only as far as said;
             relationship: spouse, child, parent, sibling, friend, employee, other
address      {"street", "city", "state", "zipcode"}: only the parts said
group        {part: value} of its ``parts``: only the parts said
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a choice, one yes or no in other words, or one thing that is counted."""

    value: Any
    words: tuple[str, ...] = ()
    """Words and short phrases that stand for it, in the language of the call, lower case; the store's, not the code's.
    The value's own words need not be among them. ``backend.language.store_words`` says how they are written."""
    of: Any = None
    """In a group: the answer of another part that this one belongs to, as a model to its make."""
    offered: bool = True
    """Is it named where the choices are? One that is not may stand for all that are: "either"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer.

    Args:
        kind: what an answer is made of.
        now: the caller's local date and time; "yesterday" and "an hour ago" count from it.
        region: "US", "GB", "MX": decides 11/3, "half seven", country codes, the currency.
        question: the words of the question, where they say what a yes means.
        choices: of a ``choice``: its answers. Of a ``yes_no``: what says yes (``True``) or no (``False``) in other
            words ("it was towed" for "Is it drivable?"). Of an ``integer``: what is counted, one ``Choice`` a noun
            (value 1), so that "a truck and my car" is 2; the nouns of the first are those for all of them ("two cars"),
            so that "two trucks" may leave the caller's own out, and those that are not ``offered`` are names
            ("a honda"), which count in a plain list only; ``None`` as the value: the caller's own, which always counts.
        digits: how many, for ``digits`` and ``code``; 0: any number. An ``integer`` of a group with four
            digits is a year.
        pattern: regular expression that a ``code`` must match whole; empty: any.
        past: a ``date`` or ``time`` that cannot be to come.
        future: a ``date`` that cannot be gone.
        born: a ``date`` that is none without its year, which may be told in two figures.
        parts: of a ``group``: name and question of each.
        known: names that may be meant, for ``name`` and ``person`` (a book's), as they are written.
        caller: the caller's own name, where it is known.
        confirms: of a ``yes_no``: it agrees to something that was proposed or read out, so that a yes with anything
            more behind it is none.
        prevails: of a ``yes_no``: the answer that one clause is enough for, whatever the others say: ``True`` for "Was
            anybody hurt?".
        ordered: of a ``choice``: where several fit, the one that comes first is meant.
        brief: a ``date`` or ``time`` is said in few words: a read-back has little room.
        beside: words of the store that may stand beside any answer to this, and say nothing.
        told_with: words of the store that an answer to this is told with: they may stay unread.
        told: the words were no answer to this question but told in passing: what stands beside the value is no doubt.
        learned: of a ``yes_no``: what example answers to this question taught, a witness beside the words.
        otherwise: of a ``choice``: the value of everything that fits none of the choices; ``None``: there is none.
    """

    kind: Kind
    now: datetime
    region: str = "US"
    question: str = field(default="", repr=False)
    choices: tuple[Choice, ...] = ()
    digits: int = 0
    pattern: str = ""
    past: bool = False
    future: bool = False
    born: bool = False
    parts: Mapping[str, "Asked"] = field(default_factory=dict)
    known: tuple[str, ...] = field(default=(), repr=False)
    caller: str = field(default="", repr=False)
    confirms: bool = False
    prevails: bool | None = None
    ordered: bool = False
    otherwise: Any = None
    brief: bool = False
    beside: tuple[str, ...] = ()
    told_with: tuple[str, ...] = ()
    told: bool = False
    learned: Learned | None = field(default=None, repr=False)
