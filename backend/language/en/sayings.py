"""Sayings that have a part of the body in them, and are not about one: "head on", "crying her eyes out"."""

import re

__all__ = ["without_sayings"]

_SAYING = re.compile(
    r"(?<!my )(?<!his )(?<!her )(?<!our )(?<!their )(?<!the )\bhead[- ]on\b|\bhead over heels\b|\ban arm and a leg\b"
    r"|\b(?:cry|cries|crying|cried) (?:my|his|her|their|our) eyes out\b|\bkeep(?:ing)? an eye\b"
    r"|\b(?:out of|lost|losing) (?:my|his|her|their|our) minds?\b|\bon (?:my|our|the) way back\b"
    r"|\bback (?:door|window)s?\b|\b(?:left|right)[- ]hand side\b",
    re.IGNORECASE,
)


def without_sayings(words: str) -> str:
    """The words without them; as they are where nothing else would be left."""
    rest = _SAYING.sub(" ", words)
    return rest if any(character.isalnum() for character in rest) else words
