"""Sayings that have a part of the body in them, and are not about one: "head on", "crying her eyes out"."""

import re

__all__ = ["whose_apart", "without_sayings"]

_SAYING = re.compile(
    r"(?<!my )(?<!his )(?<!her )(?<!our )(?<!their )(?<!the )\bhead[- ]on\b|\bhead over heels\b|\ban arm and a leg\b"
    r"|\b(?:cry|cries|crying|cried) (?:my|his|her|their|our) eyes out\b|\bkeep(?:ing)? an eye\b"
    r"|\b(?:out of|lost|losing) (?:my|his|her|their|our) minds?\b|\bon (?:my|our|the) way back\b"
    r"|\b(?:knock(?:ing)? (?:on )?|touch )wood\b"
    r"|\bpain in the (?:neck|butt|ass|backside)\b"
    r"|\bback (?:door|window)s?\b|\b(?:left|right)[- ]hand side\b",
    re.IGNORECASE,
)
_ANOTHER_THING = re.compile(
    r"\b(?!(?:not|no|of|but|and|than|like|behind|hit|into|in|with|on|to|only|just|because|is|was|the)\b)([\w']+) "
    r"(?=(?:mine|his|hers|theirs)(?:'s| is| isn't| was| wasn't| got| can| can't| drives| runs| doesn't| won't)\b)",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\b(?:refuses|refused|is refusing|fails|failed|declines|declined) to\b", re.IGNORECASE)
"""Of a thing only: who refused to be looked at may be hurt all the same."""
_DONE_TO = re.compile(r"\b(get|getting|keep|trust) it (?=to\b|\w{2,}ing\b)", re.IGNORECASE)
"""Of a thing only, too: "I can't get it to stop bleeding" denies no harm."""


def whose_apart(words: str) -> str:
    """What is said of a thing, with a pause before what is said of another ("the other car got towed mine's okay").

    What it refuses to do is what it does not, and "it" in "I can't get it to start" begins nothing new.
    """
    return _DONE_TO.sub(r"\1 ", _REFUSES.sub("does not", _ANOTHER_THING.sub(r"\1, ", words)))


def without_sayings(words: str) -> str:
    """The words without them; as they are where nothing else would be left."""
    rest = _SAYING.sub(" ", words)
    return rest if any(character.isalnum() for character in rest) else words
