"""A name that is given in answer to the question for it."""

import re

from stand_in.hearing.plain import in_figures, plain

__all__ = ["read_name"]

_BEFORE = re.compile(
    r"^(?:(?:hi|hello|yes|yeah|well|uh|um|sure|okay|and|so|please|it's|it is|that's|that is|this is|i'm|i am"
    r"|(?:my|the)(?: full| first| last)? name(?:'s| is)?|name is|call me|for|under|mr|mrs|ms|dr) )+"
)
_BEHIND = re.compile(r" (?:speaking|here|please|thanks|and my\b.*|with\b.*|my \b.*)$")
_NO_NAME = re.compile(
    r"\b(?:i|you|it|don't|not|no|what|why|how|when|the|a|is|was|are|know|want|need|have|can|question|number|help)\b|\d"
)
_LONGEST = 5


def read_name(text: str) -> str | None:
    """The name as it is written; ``None`` where the words are more, or something else."""
    said = _BEHIND.sub("", _BEFORE.sub("", plain(text) + " ").strip())
    if not said or _NO_NAME.search(in_figures(said)) or len(said.split()) > _LONGEST:
        return None
    return " ".join(part[:1].upper() + part[1:] for part in said.split())
