"""Whether a caller's words name the topic of a line that a form is for."""

from datetime import datetime

from backend.domain.line import LineSpec
from backend.domain.spec import in_language
from backend.language.asked import Asked, Choice
from backend.language.named import language_named, region_of

__all__ = ["names_topic"]


def names_topic(text: str, topic: str | None, line: LineSpec, language: str, now: datetime) -> bool:
    """Do the words name the topic, be it beside another one, such as danger?

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
    asked = Asked("choice", now.replace(tzinfo=None), region_of(language), choices=choices)
    reading = language_named(language).read(text, asked)
    return topic in (reading.value, *reading.candidates)
