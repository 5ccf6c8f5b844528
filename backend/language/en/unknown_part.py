"""A part of an answer that somebody does not know, which leaves no doubt about the others: "I don't know the year"."""

import re

__all__ = ["unknown_part"]

_UNKNOWN = re.compile(
    r"\b(?:but |and |though )?(?:(?:i |we )?(?:don't|do not|can't|cannot|couldn't|could not|didn't)"
    r" (?:(?:really|even|honestly|actually) )*(?:know|remember|recall|tell you|say|catch)"
    r"|(?:(?:i'm|i am) )?(?:not (?:really |quite )?(?:sure|certain)|unsure|no (?:idea|clue))(?: of| about| on)?)"
    r"(?: (?:the|what|which|its|exact|exactly|about|off hand|offhand))+ (?P<part>[a-z]+)(?: (?:it|that) (?:is|was))?\b"
)


def unknown_part(text: str) -> str:
    """The words that say so; empty where there are none."""
    found = _UNKNOWN.search(" ".join(text.lower().split()))
    return found[0] if found else ""
