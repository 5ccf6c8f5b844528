"""What somebody beside the call tells the agent, in a system message behind the caller's words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["told_to_say"]

_TO_SAY = re.compile(r"^(?:please )?(?:tell (?:the caller|them|him|her)|say)(?: that)?:? (.+)$", re.IGNORECASE)


def told_to_say(messages: Sequence[Mapping[str, Any]]) -> str:
    """What it is told to say, as a sentence; empty where it is told nothing of the kind after the caller spoke."""
    last = messages[-1] if messages else {}
    if last.get("role") not in {"system", "developer"} or len(messages) < 2:
        return ""
    lines = str(last.get("content") or "").splitlines()
    found = [match.group(1).strip() for line in lines if (match := _TO_SAY.match(line.strip()))]
    words = " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in found)
    return words[:1].upper() + words[1:]
