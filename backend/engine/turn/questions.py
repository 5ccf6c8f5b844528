"""Questions that a yes or a no answers, and how much of one a caller has heard."""

import re

__all__ = ["closing_question", "yes_or_no"]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+")
_VERB_FIRST = re.compile(
    r"^(?:(?:and|so|okay|all right|then|now|first|great|thanks|thank you)[,.]? )*"
    r"(?:is|are|am|was|were|do|does|did|have|has|had|can|could|may|might|shall|should|will|would|must)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"\b(?:right|correct|okay|ok|yes|true)\?$", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)


def closing_question(text: str) -> str:
    """The last sentence of what was said, where it is a question; else empty."""
    last = _SENTENCE_END.split(text.strip())[-1]
    return last if last.rstrip("\"')] ").endswith("?") else ""


def yes_or_no(question: str) -> bool:
    """Does "yes" or "okay" answer it? "Is that right?" and "that is today, correct?", but not "which car?".

    Neither does it answer a choice of two.
    """
    asks = _VERB_FIRST.match(question) is not None or _TAG.search(question) is not None
    return asks and not _CHOICE.search(question)
