"""Makes a model's text fit to be spoken: no Markdown, no addresses, no symbols that a voice stumbles over."""

import html
import re

__all__ = ["speakable"]

_GESTURE = (
    r"(?:sigh|laugh|chuckle|giggle|smile|nod|pause|cough|whisper|gasp|type|typing|wait|breathe|shrug|grin|wink|clear|"
    r"takes? a|short pause|long pause|beat|silence|softly|warmly|gently|laughter|sympathetic|empathetic|in an? )"
)
"""How a direction to an actor begins."""

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and images keep their words
    (re.compile(r"[(<]\s*(?:\w+://|www\.)[^\s<>)]+\s*[)>]"), ""),  # an address beside its name
    (re.compile(r"(?:\w+://|www\.)[^\s<>|\"]*[^\s<>|\".,;:!?)\]]"), "a link"),
    (re.compile(rf"\*+{_GESTURE}[^*\n]{{0,60}}\*+|\({_GESTURE}[^()\n]{{0,60}}\)", re.IGNORECASE), " "),
    (re.compile(r"(\*\*|__|~~|`)"), ""),
    (re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"), ""),
    (re.compile(r"\A\W*(?:(?:[A-Za-z]\w*\.)*[A-Za-z]+(?:_[A-Za-z0-9]+)+\W*)+\Z"), ""),  # a tool's name by itself
    (re.compile(r"(?m)^\s{0,3}#{1,6}\s+"), ""),
    (re.compile(r"(?m)^\s*[-*•]\s+"), ""),
    (re.compile(r"(?m)^\s*>\s?"), ""),
    (re.compile(r"(?m)^[ \t|]*:?-{2,}[ \t|:-]*$"), ""),  # the rule of a table
    (re.compile(r"(?m)^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$"), ""),
    (re.compile(r"[ \t]*\|[ \t]*"), ", "),
    (re.compile(r"[-=_*]{3,}"), " "),
    (re.compile(r"[\u2600-\u27BF\U0001F000-\U0001FAFF\uFE0F]"), ""),
    (re.compile(r"[ \t]*\n[ \t\n]*"), " "),
    (re.compile(r"[ \t]+([,;!?]|\.(?!\d))"), r"\1"),
    (re.compile(r"[ \t]{2,}"), " "),
)


def speakable(text: str) -> str:
    """The words of ``text`` as a person would say them; may be empty (a lone emoji, a rule)."""
    text = html.unescape(text) if "&" in text else text
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = text.strip()
    return text if any(character.isalnum() for character in text) else ""
