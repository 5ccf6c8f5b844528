"""Adds up the things that an answer names: "mine and three more", "two cars, mine and the taxi", "nobody else".

A language finds the items; what they come to is the same in each. Where the first number may be that of all of them or
of some, where the caller's own may or may not be among them, and where somebody is spoken of who was not counted, it
is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.language.grammar import Found, Meaning
from backend.language.mention import Mention

__all__ = ["Item", "Sort", "Tally", "meaning_of", "tally"]

Sort = Literal["total", "named", "more", "own", "alone", "vague", "stray"]
"""
total  how many there are in all: "four altogether", "two"
named  so many of a noun: "a truck", "two cars"
more   so many beside the caller's own: "three more", "the other guy", "the one behind me"
own    the caller's own: "mine", "my car"
alone  nothing beside it: "nobody else", "no other car"
vague  no certain number: "a few cars", "at least three"
stray  a number of something else: "three people", "the second car", "two days ago"
"""


_MOST = 100
"""So many are no count of things that somebody saw, but a year or a price."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing, or some of them, that an answer names.

    Args:
        count: how many; 0 where nobody can tell.
        article: "a truck", "the other one": named without a number.
        general: by the noun for all that is counted ("two cars"), not for some sort of it ("two trucks").
        loose: beside the caller's own, it seems: "one in front" of whom?
    """

    sort: Sort
    count: int = 1
    article: bool = False
    general: bool = True
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What the items of an answer come to.

    Args:
        counts: the likeliest first; none where nothing was counted that is asked for.
        why: why it is in doubt, in a few words for an operator; empty when it is not.
    """

    counts: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    item: Item
    joined: bool
    """Does an "and" lead to it?"""
    apart: bool = False
    """Do other words?"""


def meaning_of(sort: Sort, count: int = 0) -> Meaning:
    """What a rule of a language's grammar means: one ``Item`` of this sort, as many as its words say.

    Args:
        count: how many, where the rule has no number in it; one when 0.
    """

    def mean(_context: object, found: Found) -> Mention | None:
        number = found.get("number", found.get("few", count or 1))
        if number >= _MOST:
            return Mention(0, 0, (Item("stray", number),))
        item = Item(
            sort, number, "number" not in found, general=found.get("noun", True), loose=not found.get("where", True)
        )
        return Mention(0, 0, (item,))

    return mean


def tally(
    words: Sequence[str],
    mentions: Sequence[Mention],
    *,
    has_own: bool,
    joins: frozenset[str],
    ours: bool = False,
    unlisted: bool = False,
    summed: bool = False,
) -> Tally:
    """What the items come to.

    Args:
        words: the answer.
        mentions: its items in their order; the value of each is one ``Item``.
        has_own: is one of what is counted the caller's, so that it counts though it is not named?
        joins: the language's words for "and".
        ours: does the caller speak of what they themselves did or suffered ("I hit", "hit me")?
        unlisted: is somebody spoken of who is no item: "he hit me"?
        summed: is it said that the number behind the items is that of all: "so three altogether"?
    """
    parts = _parts(words, mentions, joins)
    if not parts:
        return Tally(())
    if vague := [part.item for part in parts if part.item.sort == "vague"]:
        return Tally(tuple(item.count for item in vague if item.count), "no certain number")
    if not any(part.item.sort in ("named", "more") for part in parts):
        return _plain(parts, has_own=has_own, unlisted=unlisted or len(parts) < len(mentions))
    if any(part.item.sort == "total" for part in parts):
        return _with_total(parts, has_own=has_own, summed=summed)
    return _listed(parts, has_own=has_own, ours=ours, unlisted=unlisted)


def _parts(words: Sequence[str], mentions: Sequence[Mention], joins: frozenset[str]) -> list[_Part]:
    """Without strays; a bare number that is added to the caller's own is no total ("mine plus two"), nor is one that
    the caller's own is added to ("two and mine")."""
    parts: list[_Part] = []
    end = 0
    for mention in mentions:
        item: Item = mention.values[0]
        gap = [word for word in words[end : mention.start] if word.isalnum()]
        joined, apart = not joins.isdisjoint(gap), not joins.issuperset(gap)
        end = mention.end
        if item.sort == "stray":
            continue
        before = parts[-1].item if parts else None
        if joined and before is not None and {item.sort, before.sort} == {"total", "own"}:
            if item.sort == "total":
                item = Item("more", item.count)
            else:
                parts[-1] = _Part(Item("more", before.count), parts[-1].joined)
        parts.append(_Part(item, joined, apart))
    return parts


def _plain(parts: Sequence[_Part], *, has_own: bool, unlisted: bool) -> Tally:
    """A number, or the caller's own, and nothing beside it."""
    totals = tuple(dict.fromkeys(part.item.count for part in parts if part.item.sort == "total"))
    own = any(part.item.sort == "own" for part in parts)
    alone = any(part.item.sort == "alone" for part in parts)
    if len(totals) > 1:
        return Tally(totals, "two numbers")
    if not totals:
        return Tally((2, 1), "one of them was not counted") if unlisted and not alone else Tally((1,))
    if totals[0] == 0 and has_own:
        return Tally((0,), "the caller's own counts")
    if own and not alone and has_own and totals[0] > 1:
        return Tally((totals[0], totals[0] + 1), "with the caller's own or without")
    return Tally(totals)


def _with_total(parts: Sequence[_Part], *, has_own: bool, summed: bool) -> Tally:
    """ "Two, mine and the taxi": the number of all, and what it is made of."""
    totals = tuple(dict.fromkeys(part.item.count for part in parts if part.item.sort == "total"))
    named = sum(part.item.count for part in parts if part.item.sort in ("named", "more"))
    own = any(part.item.sort == "own" for part in parts)
    added = named + (1 if has_own else 0)
    if parts[0].item.sort == "total" and not own and len(parts) == 2 and parts[1].joined:  # "two, and a motorcycle"
        return Tally((totals[0] + named, totals[0]), "the parts do not add up")
    if summed and parts[-1].item.sort == "total" and len(totals) == 1 and totals[0] > added:
        return Tally(totals)  # "it pushed me into the one in front, so three altogether": not all of them were named
    if len(totals) == 1 and totals[0] in ({added} if own or not has_own else {added, named}):
        return Tally(totals)
    return Tally(tuple(dict.fromkeys((*totals, added))), "the parts do not add up")


def _listed(parts: Sequence[_Part], *, has_own: bool, ours: bool, unlisted: bool) -> Tally:
    """A list of things, with the caller's own or without."""
    things = [part.item for part in parts if part.item.sort in ("named", "more")]
    own = any(part.item.sort in ("own", "alone") for part in parts)
    named = sum(item.count for item in things)
    if not has_own:
        return Tally((named,))
    more = any(item.sort == "more" for item in things)
    first, rest = parts[0].item, parts[1:]
    if first.sort == "named" and not first.article and rest and _may_be_all_of_them(rest):
        return _of_all(first, rest, named, own=own or more)
    if more and unlisted and ours:  # "someone hit me and i hit the one in front": the first one is no item
        return Tally((named + 1, named + 2), "one of them was not counted")
    if own:
        return Tally((named + 1,))
    if any(item.loose for item in things):
        return Tally((named + 1, named), "with the caller's own or without")
    if more or (ours and all(item.article for item in things)):
        return Tally((named + 1,))
    counted = len(things) > 1 or (things[0].general and not things[0].article)
    if ours:
        return Tally((named + 1, named), "with the caller's own or without")
    if not counted and (things[0].article or not things[0].general):
        return Tally((named + things[0].article, named + 1), "with the caller's own or without")
    return Tally((named, named + 1), "one of them was not counted") if unlisted else Tally((named,))


def _may_be_all_of_them(rest: Sequence[_Part]) -> bool:
    """ "Two cars, mine and the taxi": is the first number that of the list? Not where an "and" follows it."""
    return not rest[0].joined and any(part.item.sort in ("own", "more") for part in rest)


def _of_all(first: Item, rest: Sequence[_Part], named: int, *, own: bool) -> Tally:
    """The number of the list where the rest of it comes to that, and nothing but the list was said."""
    of_rest = named - first.count + (1 if own else 0)
    indefinite = rest[0].item.sort == "named" and rest[0].item.article
    if of_rest == first.count and not indefinite and not rest[0].apart:
        return Tally((first.count,))
    likely = (named + 1, first.count) if rest[0].apart else (first.count, named + 1)
    return Tally(tuple(dict.fromkeys(likely)), "the parts do not add up")
