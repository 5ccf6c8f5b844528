"""English words that speak about other words, and numbers that count something else."""

from collections.abc import Collection, Sequence

from backend.language.en.number_words import number_at
from backend.language.mention import Mention
from backend.language.signs import Sign, SignWords

__all__ = ["BREAKS", "SIGNS", "signs_for", "unread_numbers"]

BREAKS = frozenset("but because so since though and".split())
"""Words that a denial does not reach over."""

SIGNS = SignWords(
    {
        "denial": [
            "not", "never", "neither", "rather than", "instead of", "except", "excluding", "except for",
            "other than", "apart from", "besides", "any day but", "any day less", "any day minus", "any time but",
            "anything but", "everything but", "all but",
        ],
        "correction": [
            "no wait", "wait no", "no no", "no", "wait", "sorry", "no sorry", "sorry no", "i am sorry", "i mean",
            "scratch that", "correction", "make that", "make it", "strike that", "i take that back", "take that back",
            "oops", "my mistake", "my bad", "hang on", "hold on", "let me correct", "that is wrong", "nope", "nah",
            "not this one", "not that one", "not this the other", "the other one", "the one after",
            "i meant", "no actually", "wait actually", "forget that", "no i mean",
        ],
        "afterthought": ["actually", "or rather", "rather", "well", "better say", "in fact", "i should say"],
        "hedge": [
            "maybe", "perhaps", "probably", "possibly", "might", "may have", "may be", "could be", "could have",
            "i think", "i guess", "i believe", "i suppose", "i would guess", "i would think", "i reckon", "reckon",
            "not sure", "not certain", "not positive", "not exactly", "unsure", "do not know", "do not remember",
            "do not recall", "can not remember", "can not recall", "not remember", "must have been", "should be",
            "should have been", "if i remember", "if memory", "something like", "who knows", "guessing", "apparently",
            "supposedly", "presumably", "let us say", "as far as i know", "hard to say", "some say", "it depends",
            "no idea", "want to say", "wanna say", "think it was", "think it is", "thinking", "do not think", "i hope",
        ],
        "about": [
            "about", "around", "roughly", "approximately", "approx", "circa", "or so", "or something",
            "or something like that", "or thereabouts", "give or take", "ish", "more or less", "nearly", "almost",
            "close to", "toward", "towards", "somewhere around", "some time around", "sometime around", "sometime",
            "some time", "in the region of", "in the neighborhood of", "ballpark",
        ],
        "or": ["or", "between", "and or", "and maybe"],
    }
)  # fmt: skip

_NAMED_BY_NUMBER = frozenset(
    "route highway interstate i exit mile marker number road freeway us sr junction gate lane line unit apartment apt "
    "suite room section level page building floor bus flight terminal track platform".split()
)
"""What goes by a number: "route five"."""
_NO_QUANTITY = frozenset("am pm oclock hours hour minutes minute days day weeks week months years ones is was".split())
_QUANTITIES = frozenset("people men women children of times more other others".split())
_EMERGENCY = "911"
"""Is called, and counts nothing."""
_PRONOUNS = frozenset({"one"})


def signs_for(signs: Sequence[Sign], mine: Sequence[Mention], others: Sequence[Mention]) -> list[Sign]:
    """The signs that speak of ``mine``: what they stand before decides; at the end, what they stand behind."""
    kept: list[Sign] = []
    for sign in signs:
        if any(mention.start <= sign.start and sign.end <= mention.end for mention in (*mine, *others)):
            continue
        after = [(mention.start, mine_too) for each, mine_too in ((mine, True), (others, False)) for mention in each
                 if mention.start >= sign.end]  # fmt: skip
        before = [(-mention.end, mine_too) for each, mine_too in ((mine, True), (others, False)) for mention in each
                  if mention.end <= sign.start]  # fmt: skip
        nearest = min(before if _looks_back(sign) and before else after or before, default=(0, True))
        if nearest[1]:
            kept.append(sign)
    return kept


def _looks_back(sign: Sign) -> bool:
    return sign.sort == "about" and sign.end - sign.start > 1


def unread_numbers(words: Sequence[str], covered: Collection[int]) -> list[str]:
    """Numbers that stand in no mention and count or name nothing else: "two cars", "route five"."""
    unread: list[str] = []
    at = 0
    while at < len(words):
        found = None if at in covered else number_at(words, at)
        if found is None:
            at += 1
            continue
        if not _belongs_elsewhere(words, at, found[1]):
            unread.append(" ".join(words[at : found[1]]))
        at = found[1]
    return unread


def _belongs_elsewhere(words: Sequence[str], start: int, end: int) -> bool:
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    plural = after.endswith("s") and after not in _NO_QUANTITY
    return (
        words[start] == _EMERGENCY
        or before in _NAMED_BY_NUMBER
        or plural
        or after in _QUANTITIES
        or words[start] in _PRONOUNS
    )
