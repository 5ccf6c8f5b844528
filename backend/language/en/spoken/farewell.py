"""Goodbyes of callers who want to leave, whatever was asked."""

import re

from backend.language.en.spoken.tokens import words

__all__ = ["has_goodbye", "says_goodbye"]

_GOODBYE = re.compile(
    r"^(?:(?:okay|ok|well|no|all right|alright|so|thanks|thank you|that is all|that's all|have a good day|then) )*"
    r"(?:goodbye|good bye|bye bye|bye|see you)(?: (?:now|then|thanks|thank you))*$"
)


def says_goodbye(text: str) -> bool:
    """Is all of this a goodbye, and no answer to anything?"""
    return bool(_GOODBYE.match(" ".join(words(text))))


def has_goodbye(text: str) -> bool:
    """Is there a goodbye among these words?"""
    return bool({"bye", "goodbye", "good-bye"} & set(words(text)))
