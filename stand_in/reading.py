"""Answers a question from passages that a tool found: the sentence with most of the question's words, and the next."""

import re
from typing import Any

from stand_in.intent import stems
from stand_in.situation import Answered

__all__ = ["from_passages"]


def from_passages(answered: Answered, unknown: str) -> str:
    """What a tool's passages say to the question that it was called with; empty when it gave no passages.

    Args:
        answered: what the tool answered.
        unknown: said where no passage fits.
    """
    passages: Any = (answered.envelope.get("data") or {}).get("passages")
    if not isinstance(passages, list):
        return ""
    asked = stems(" ".join(str(value) for value in answered.arguments.values()).lower().split())
    best, score = unknown, 0
    for passage in passages:
        about = stems(str(passage.get("about", "")).lower().split())
        sentences = re.split(r"(?<=[.!?;])\s+", str(passage.get("text", "")))
        for sentence in sentences:
            found = 2 * len(asked & stems(re.findall(r"[\w']+", sentence.lower()))) + len(asked & about)
            if found > score:
                best, score = sentence, found
    return best[:1].upper() + best[1:].rstrip(";") + ("" if best[-1:] in ".!?" else ".")
