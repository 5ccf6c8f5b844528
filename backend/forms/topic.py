"""Whether a caller's words name the topic of a line that a form is for."""

from datetime import datetime

from backend.domain.line import LineSpec
from backend.domain.spec import in_language
from backend.language.asked import Asked, Choice
from backend.language.named import language_named, region_of

__all__ = ["names_topic"]

_MOST = 4096
_known: dict[int, bool] = {}
"""What was read of words before, by their hash, so that no words are kept."""


def names_topic(text: str, topic: str | None, line: LineSpec, language: str, now: datetime) -> bool:
    """Do the words name the topic, be it beside another one, such as danger?

    It takes 0.2 to 2 ms to read them, and in each turn of a call all that was said before is asked about again; so the
    same words are read once.

    Args:
        text: the caller's words.
        topic: the name under which the line has its words; ``None`` is named by nothing.
        line: the one that was called.
        language: what is spoken with the caller, as ``en-US``.
        now: in the time of the line.
    """
    if topic is None or topic not in line.topics:
        return False
    choices = tuple(Choice(name, in_language(words, language) or ()) for name, words in line.topics.items())
    told = hash((text, topic, language, choices, now.date()))
    if told not in _known:
        asked = Asked("choice", now.replace(tzinfo=None), region_of(language), choices=choices)
        reading = language_named(language).read(text, asked)
        if len(_known) >= _MOST:
            _known.clear()
        _known[told] = topic in (reading.value, *reading.candidates)
    return _known[told]
