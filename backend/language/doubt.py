"""The rule of doubt: what the mentions of an answer come to, and when that is to be asked.

Contrary words, numbers that nobody read, denials, corrections that are not plain, alternatives, hedges, two values:
each of them makes a question of a value.
"""

from collections.abc import Collection, Sequence
from typing import Any

from backend.language.mention import Mention
from backend.language.reading import ONE_OF_SEVERAL, Reading, doubtful, nothing, sure
from backend.language.signs import Sign
from backend.language.words import MARKS

__all__ = ["weigh"]

_REACH = 4
"""Words between a denial and what it denies: "not on the", "do not think it was"."""
_PAUSES = MARKS - {":", "/", "-", "&"}


def weigh(
    words: Sequence[str],
    mentions: Sequence[Mention],
    signs: Sequence[Sign],
    *,
    unread: Collection[str] = (),
    about_is_fine: bool = False,
    breaks: Collection[str] = (),
) -> Reading:
    """What the mentions come to.

    Args:
        words: the answer.
        mentions: what was found in it, from left to right.
        signs: the words that speak about them.
        unread: numbers that belong to no mention.
        about_is_fine: "around" leaves no doubt.
        breaks: words that a denial does not reach over ("but").
    """
    if not mentions:
        return nothing()
    against = tuple(" ".join(words[sign.start : sign.end]) for sign in signs if sign.sort != "about")
    kept = [mention for mention in mentions if not _is_denied(mention, mentions, signs, words, breaks)]
    if not kept:
        return doubtful("only what it is not was said", against=against)
    kept = _not_taken_back(kept, signs)
    values = _agreed(kept)
    rests_on = tuple(word for mention in kept for word in words[mention.start : mention.end])
    why = _why_not(kept, values, signs, unread, about_is_fine)
    if why:
        return doubtful(why, *(values or _candidates(kept)), rests_on=rests_on, against=against)
    beside = tuple(" ".join(words[sign.start : sign.end]) for sign in signs)
    dropped = (" ".join(words[one.start : one.end]) for one in mentions if one not in kept)
    return sure(values[0], rests_on, against=(*beside, *dropped))


def _is_denied(
    mention: Mention, mentions: Sequence[Mention], signs: Sequence[Sign], words: Sequence[str], breaks: Collection[str]
) -> bool:
    for sign in signs:
        gap = range(sign.end, mention.start)
        if sign.sort != "denial" or sign.end > mention.start or len(gap) > _REACH:
            continue
        between = any(sign.end <= other.start < mention.start for other in mentions)
        if not between and not any(words[at] in _PAUSES or words[at] in breaks for at in gap):
            return True
    return False


def _not_taken_back(kept: Sequence[Mention], signs: Sequence[Sign]) -> list[Mention]:
    """What stands behind the last correction that something stands behind."""
    for sign in reversed(signs):
        if sign.sort in ("correction", "afterthought"):
            behind = [mention for mention in kept if mention.start >= sign.end]
            if behind and len(behind) < len(kept):
                return behind
    return list(kept)


def _agreed(kept: Sequence[Mention]) -> tuple[Any, ...]:
    """The values that all of them allow."""
    named = dict.fromkeys(value for mention in kept for value in mention.values)
    agreed = [value for value in named if all(mention.allows(value) for mention in kept)]
    if not agreed and len(kept) > 1:
        wider = dict.fromkeys(value for mention in kept if mention.values for value in mention.wider)
        agreed = [value for value in wider if all(mention.allows(value) for mention in kept)]
    return tuple(agreed)


def _candidates(kept: Sequence[Mention]) -> tuple[Any, ...]:
    """What was named, the most exact first, as far as those that only narrow it allow."""
    exact_first = sorted(kept, key=lambda mention: len(mention.wider))
    named = dict.fromkeys(value for mention in exact_first for value in mention.values)
    narrowing = [mention for mention in kept if not mention.values and mention.wider]
    return tuple(value for value in named if all(mention.allows(value) for mention in narrowing))


def _why_not(
    kept: Sequence[Mention],
    values: Sequence[Any],
    signs: Sequence[Sign],
    unread: Collection[str],
    about_is_fine: bool,
) -> str:
    last = max(mention.end for mention in kept)
    sorts = {sign.sort for sign in signs}
    why = next((mention.why for mention in kept if mention.why), "")
    reasons = (
        ("or" in sorts, ONE_OF_SEVERAL),
        (not values and len(kept) > 1, "the parts do not agree"),
        (not values, why or "no certain value"),
        (len(values) > 1, why or "more than one may be meant"),
        (any(mention.doubtful for mention in kept), why or "no certain value"),
        (any(sign.sort == "correction" and sign.start >= last for sign in signs), "taken back at the end"),
        ("hedge" in sorts, "said with a maybe"),
        ("about" in sorts and not about_is_fine, "said as a rough guess"),
        (bool(unread), "a number was left unread"),
    )
    return next((reason for holds, reason in reasons if holds), "")
