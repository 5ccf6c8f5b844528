"""Questions that come back instead of an answer: "is it still drivable?", "why is that important?"."""

import re

from backend.language.tokens import words

__all__ = ["asks_back", "says_ours"]

_LEAD = r"^(?:(?:um|uh|er|well|oh|hm|hmm|so|and|sorry|okay|ok|wait|but) )*"
_BE = r"(?:is|was|are|were|am|does|did|do|can|could|will|would|should|has|have|had)"
_INVERTED = re.compile(rf"{_LEAD}{_BE} (?:it|that|this|there|anyone|anybody|you|they|he|she|i|we|the car)\b")
_FUTURE = re.compile(
    rf"{_LEAD}(?:will|would|does|do|can|could|should) (?:my|the|your|our|their|his|her|anybody|anyone|somebody"
    rf"|someone|people)\b"
)
"""Asks about what is to come; "was my wife" and "did my son" may answer who it was."""
_WORD = r"(?:who|whom|what|which|when|where|why|how)"
_WH = re.compile(rf"{_LEAD}(?:{_WORD}(?: (?:many|much|long|one|time|day|car|cars|else)){{0,2}} {_BE}|{_WORD}'s)\b")
_MEANT = re.compile(rf"{_LEAD}(?:what|who|which) do(?:es)? (?:you|that|it) mean\b|\byou mean$")
_UNTIL = re.compile(rf"{_LEAD}how (?:long|much longer|soon|many days)(?: is it)? (?:until|till|before)\b")
"""Asks about what is to come without a verb of its own: "how long until the adjuster comes"."""
_OURS = re.compile(
    r"(?:(?:so|wait|and|um|uh|sorry|okay) )*(?:"
    r"(?:you (?:just )?(?:said|say|mean|meant|wrote|put|told me)|you're saying) .*(?:right|correct|yeah|yes|huh)$"
    r"|did you (?:just )?(?:say|mean|get|put|write)\b)"
)
_ANSWERS = frozenset("yes yeah yep no nope nobody none".split())
_VERBS = frozenset("is was are were".split())
_LONGEST = 10
_LONGEST_ABOUT_LATER = 14


def asks_back(text: str) -> bool:
    """Is the whole of ``text`` a question? With an answer behind it ("who was driving was my son") it is none."""
    said = words(text)
    plain = " ".join(said)
    if not said or set(said) & _ANSWERS:
        return False
    if _FUTURE.match(plain) or _UNTIL.match(plain):
        return len(said) <= _LONGEST_ABOUT_LATER
    if len(said) > _LONGEST:
        return False
    if _MEANT.search(plain):
        return True
    return bool(_INVERTED.match(plain) or _WH.match(plain)) and sum(word in _VERBS for word in said) <= 1


def says_ours(plain: str) -> bool:
    """Do our own words come back as a question: "you said nobody was hurt, right"?"""
    return _OURS.match(plain) is not None
