"""Makes a model's text fit to be spoken: no Markdown, no symbols that a voice stumbles over."""

import re

__all__ = ["speakable"]

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and images keep their words
    (re.compile(r"(\*\*|__|~~|`)"), ""),
    (re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"), ""),
    (re.compile(r"(?m)^\s{0,3}#{1,6}\s+"), ""),
    (re.compile(r"(?m)^\s*[-*•]\s+"), ""),
    (re.compile(r"(?m)^\s*>\s?"), ""),
    (re.compile(r"\s*\|\s*"), ", "),
    (re.compile(r"[\u2600-\u27BF\U0001F000-\U0001FAFF\uFE0F]"), ""),
    (re.compile(r"[ \t]*\n[ \t\n]*"), " "),
    (re.compile(r"[ \t]{2,}"), " "),
)


def speakable(text: str) -> str:
    """The words of ``text`` as a person would say them; may be empty (a lone emoji, a rule)."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = text.strip()
    return text if any(character.isalnum() for character in text) else ""
