"""Which language of its line a caller speaks, by what the recognizer heard."""

from collections.abc import Sequence

__all__ = ["HeardLanguage"]

_WORDS = 3
"""So many words are enough; one or two ("okay", "no") may be of any language."""


class HeardLanguage:
    """Tells a caller who speaks another language of the line from one word that sounded like it.

    Args:
        allowed: the languages of the line.
    """

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = {_base(tag): tag for tag in reversed(allowed)}
        self._before = ""

    def hear(self, detected: str, text: str) -> str:
        """The line's tag for the language, once it is certain; else nothing.

        It is certain when a few words were heard in it, or fewer twice running.
        """
        tag = self._allowed.get(_base(detected), "") if len(self._allowed) > 1 else ""
        certain = tag and (len(text.split()) >= _WORDS or tag == self._before)
        self._before = tag
        return tag if certain else ""


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()
