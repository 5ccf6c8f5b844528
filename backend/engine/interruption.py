"""Interruption: what counts as taking the floor while an agent speaks."""

import re

from backend.domain.agent import TurnsSpec

__all__ = ["confirms"]

_WORD = re.compile(r"[\w'’-]+")


def confirms(text: str, turns: TurnsSpec) -> bool:
    """Do these recognised words stop the agent for good?

    Listening noises ("uh-huh", "okay") never do, alone or in a row; otherwise the agent's
    minimum of words decides.
    """
    if not turns.interruptible:
        return False
    words = " ".join(_WORD.findall(text.lower()))
    for phrase in sorted(turns.ignored_phrases, key=len, reverse=True):
        plain = re.escape(" ".join(_WORD.findall(phrase.lower())))
        words = re.sub(rf"\b{plain}\b", " ", words)
    rest = words.split()
    if not rest:
        return False
    return len(_WORD.findall(text)) >= turns.min_interrupt_words
