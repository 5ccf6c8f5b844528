"""Interruption: what counts as taking the floor while an agent speaks."""

import re

from backend.domain.agent import TurnsSpec

__all__ = ["confirms"]

_WORD = re.compile(r"[\w'’-]+")


def confirms(text: str, turns: TurnsSpec, *, partial: bool = False) -> bool:
    """Do these recognized words stop the agent for good?

    Listening noises ("uh-huh", "okay") never do, alone or in a row; otherwise the agent's
    minimum of words decides. A partial that may yet become such a noise ("got" of "got it") is waited for.
    """
    if not turns.interruptible:
        return False
    words = " ".join(_WORD.findall(text.lower()))
    ignored = [" ".join(_WORD.findall(phrase.lower())) for phrase in turns.ignored_phrases]
    for phrase in sorted(ignored, key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(phrase)}\b", " ", words)
    rest = " ".join(words.split())
    if not rest or (partial and any(phrase.startswith(f"{rest} ") for phrase in ignored)):
        return False
    return len(_WORD.findall(text)) >= turns.min_interrupt_words
