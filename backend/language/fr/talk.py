"""How people talk in French, as far as it is known; what is not goes on to the agent."""

import re

from backend.language.fr.signs import read_aside
from backend.language.talk import Talk

__all__ = ["TALK"]

_KEYS = re.compile(r"\b(?:touches?|clavier|taper|tape|composer)\b", re.IGNORECASE)


def _asks_for_time(text: str) -> bool:
    return read_aside(text) == "wait"


def _does_not_know(text: str) -> bool:
    return read_aside(text) == "unknown"


def _asks_back(text: str) -> bool:
    return read_aside(text) == "question"


def _wants_keys(text: str) -> bool:
    return _KEYS.search(text) is not None


TALK = Talk(asks_for_time=_asks_for_time, does_not_know=_does_not_know, asks_back=_asks_back, wants_keys=_wants_keys)
