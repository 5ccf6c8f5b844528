"""Questions that a yes or a no answers, and how much of one a caller has heard."""

import re

from backend.domain.session import AgentSaid, CallSession

__all__ = ["asked_last", "closing_question", "yes_or_no"]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+")
_VERB_FIRST = re.compile(
    r"^(?:(?:and|so|okay|all right|then|now|first|great|thanks|thank you)[,.]? )*"
    r"(?:is|are|am|was|were|do|does|did|have|has|had|can|could|may|might|shall|should|will|would|must)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"\b(?:right|correct|okay|ok|yes|true)\?$", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)


_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def asked_last(session: CallSession) -> str:
    """The last question that an agent asked in this call; empty when none did."""
    for item in reversed(session.history):
        if isinstance(item, AgentSaid):
            sentences = [found.strip() for found in _SENTENCE.findall(item.text)]
            if question := next((one for one in reversed(sentences) if one.endswith("?")), ""):
                return question
    return ""


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
