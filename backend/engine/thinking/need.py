"""Why somebody needs help this very moment, whatever language of the line they say it in, or of no line."""

from backend.engine.thinking.spoken_language import OtherLanguage
from backend.language.named import language_named

__all__ = ["DESPAIR", "PERIL", "need_in"]

DESPAIR = "somebody may harm themselves"
PERIL = "somebody needs help this very moment"


def need_in(words: str, language: str, other: OtherLanguage | None) -> str:
    """One of these; empty where the words tell of nobody who does.

    Args:
        words: the caller's.
        language: what is spoken with them.
        other: what the words are evidently in instead.
    """
    if other is not None and other.danger:
        return PERIL
    for tag in (language, other.line) if other is not None and other.line else (language,):
        talk = language_named(tag).talk
        if talk.despairs(words):
            return DESPAIR
        if talk.needs_help_now(words):
            return PERIL
    return ""
