"""Interruption: what counts as taking the floor while an agent speaks."""

import re
from functools import lru_cache

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
    noises = _noises(turns.ignored_phrases)
    for phrase, alone in noises:
        if phrase in words:
            words = alone.sub(" ", words)
    rest = " ".join(words.split())
    if not rest or (partial and any(phrase.startswith(f"{rest} ") for phrase, _ in noises)):
        return False
    return len(_WORD.findall(text)) >= turns.min_interrupt_words


@lru_cache(64)
def _noises(phrases: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """An agent's listening noises, the longest first, and how each stands among other words. There are some fifty, and
    each partial over the agent's voice is held against them all."""
    plain = sorted((" ".join(_WORD.findall(phrase.lower())) for phrase in phrases), key=len, reverse=True)
    return tuple((phrase, re.compile(rf"\b{re.escape(phrase)}\b")) for phrase in plain)
