"""Counts what an answer names: "two cars", "a truck and my car", "mine and three more", "nobody else".

What is counted comes from the question: nouns, and the words for the caller's own, which always counts.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.counted import Item, counted
from backend.language.en.said import said
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.mention import Mention
from backend.language.reading import Reading, nothing
from backend.language.signs import Sign

__all__ = ["read_count"]

_ALONE = frozenset({"just", "only"})
_JOINS = frozenset({"and", "plus"})
_OURS_TOO = frozenset({("we", "were"), ("we", "was")})
"""Behind these the caller's own is among them: "we were two cars"."""

_SIX = re.compile(r"\b(?:half a|a half|half) dozen\b")
_ONE = re.compile(r"\ba single\b")


def read_count(text: str, asked: Asked) -> Reading:
    """The number of things in all."""
    words = said(_SIX.sub("six", _ONE.sub("one", text.lower())), owners=True)
    mentions = counted(asked.choices).find(words, None)
    if not mentions:
        return nothing()
    has_own = any(choice.value is None for choice in asked.choices)
    signs = signs_for(SIGNS.find(words), mentions, ())
    kept = _after_corrections(_not_denied(words, mentions, signs), signs)
    several = [sign for sign in signs if sign.sort == "or"]
    if several:
        return weigh(words, [_alone(mention, has_own) for mention in kept], signs, breaks=BREAKS)
    alone = not _ALONE.isdisjoint(words)
    beside = frozenset(word for one in asked.beside for word in one.split()) if alone else frozenset[str]()
    left_out = has_own and _leaves_one_out(words, kept, asked)
    return weigh(words, _together(words, kept, has_own, beside, left_out=left_out), signs, breaks=BREAKS)


def _not_denied(words: Sequence[str], mentions: Sequence[Mention], signs: Sequence[Sign]) -> list[Mention]:
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
    return replace(mention, values=() if item.sort == "vague" else (item.count + own,))


def _together(
    words: Sequence[str], mentions: Sequence[Mention], has_own: bool, beside: frozenset[str], *, left_out: bool
) -> list[Mention]:
    """One mention of the number in all, over the words that it rests on; ``beside`` is what counts for none.

    Where one was spoken of and not counted (``left_out``), the caller's own alone is no certain number.
    """
    if not mentions:
        return []
    items = _joined(words, mentions)
    counts, why = _total(words, mentions, items, has_own)
    if not why and all(item.sort == "own" for item in items) and left_out:
        counts, why = [counts[0] + 1, counts[0]], "one of them was not counted"
    start, end = mentions[0].start, mentions[-1].end
    why = why or ("something else was named" if _names_more(words, mentions, beside) else "")
    doubtful = bool(why)
    return [Mention(start, end, tuple(dict.fromkeys(counts)), why=why, doubtful=doubtful)]


def _joined(words: Sequence[str], mentions: Sequence[Mention]) -> list[Item]:
    """What each of them names; a bare number that is added to the caller's own is no total: "mine plus two"."""
    items: list[Item] = []
    for place, mention in enumerate(mentions):
        item: Item = mention.values[0]
        gap = words[mentions[place - 1].end : mention.start] if place else []
        if item.sort == "total" and items and items[-1].sort == "own" and _JOINS & set(gap):
            item = replace(item, sort="more")
        items.append(item)
    return items


def _names_more(words: Sequence[str], mentions: Sequence[Mention], beside: frozenset[str]) -> bool:
    """Is one of them joined to something that was not counted: "me and a cyclist"?"""
    starts, ends = {mention.start for mention in mentions}, {mention.end for mention in mentions}
    inside = {at for mention in mentions for at in range(mention.start, mention.end)}
    for at, word in enumerate(words):
        if word not in _JOINS or at in inside or not (at in ends or at + 1 in starts):
            continue
        behind = any(place in starts for place in range(at + 1, at + 4))
        before = any(place in ends for place in range(at - 3, at + 1))
        if not (behind and before) and not beside.intersection(words[at + 1 : at + 4]):
            return True
    return False


def _leaves_one_out(words: Sequence[str], mentions: Sequence[Mention], asked: Asked) -> bool:
    """Is one spoken of that no mention counts: "the bus hit us"?"""
    nouns = {word for choice in asked.choices if choice.value is not None for word in choice.words}
    inside = {at for mention in mentions for at in range(mention.start, mention.end)}
    left = (at for at, word in enumerate(words) if word in nouns and at not in inside)
    return any("the" in words[max(at - 2, 0) : at] for at in left)


def _total(
    words: Sequence[str], mentions: Sequence[Mention], items: Sequence[Item], has_own: bool
) -> tuple[list[int], str]:
    """What it comes to, the likeliest first, and why that is in doubt."""
    totals = [item.count for item in items if item.sort == "total"]
    others = [item for item in items if item.sort in ("named", "more")]
    own = any(item.sort == "own" for item in items)
    if any(item.sort == "vague" for item in items):
        return [item.count for item in items if item.sort == "vague" and item.count], "no certain number"
    if not others:
        counts = totals or [1]
        own_counts = "the caller's own counts" if has_own and counts == [0] else ""
        return counts, "two numbers" if len(set(counts)) > 1 else own_counts
    implied = has_own and (own or _is_implied(words, items))
    added = sum(item.count for item in others) + (1 if implied else 0)
    if totals:
        return ([added], "") if set(totals) == {added} else ([*totals, added], "the parts do not add up")
    return _listed(words, mentions, items, added) if has_own else ([added], "")


def _is_implied(words: Sequence[str], items: Sequence[Item]) -> bool:
    """Does the caller's own count though it was not named? "One more", "I hit a truck"."""
    more = any(item.sort == "more" for item in items)
    single = all(item.article for item in items if item.sort == "named")
    return more or (single and ("i" in words or "we" in words)) or (len(items) == 1 and items[0].article)


def _listed(
    words: Sequence[str], mentions: Sequence[Mention], items: Sequence[Item], added: int
) -> tuple[list[int], str]:
    """A list of things. "Two cars, mine and a truck": the first number may be that of the whole list."""
    first, rest = items[0], items[1:]
    if first.sort == "named" and not first.article and rest:
        of_rest = added - first.count
        gap = words[mentions[0].end : mentions[1].start]
        if of_rest == first.count > 1 and not any(word.isalnum() for word in gap):
            return [first.count], ""
        if any(item.sort == "own" for item in rest) and "and" not in gap and "plus" not in gap:
            return [added, first.count], "with the caller's own or without"
    before = set(words[: mentions[0].start])
    several = first.sort == "named" and not first.article and first.count > 1
    several = several and not _OURS_TOO.intersection(itertools.pairwise(words))
    if several and {"i", "we"} & before and not any(item.sort == "own" for item in items):
        return [added + 1, added], "with the caller's own or without"
    if len(items) == 1 and first.article and first.sort == "named":
        return [added], "with the caller's own or without" if "i" not in words and "we" not in words else ""
    return [added], ""
