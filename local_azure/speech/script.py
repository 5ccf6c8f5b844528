"""Text that is still being written, cut into what can already be spoken."""

from local_azure.speech.engine import Segment
from local_azure.speech.ssml import split_sentences

__all__ = ["Script"]

_LONG = 120
"""A clause this long is spoken without waiting for the end of its sentence."""


class Script:
    """Collects ``text.piece`` messages and gives sentences as soon as they are whole."""

    def __init__(self, voice: str) -> None:
        self._voice = voice
        self._open = ""

    def add(self, piece: str) -> list[Segment]:
        """Take a piece; gives what is complete by now."""
        self._open += piece
        parts = split_sentences(self._open)
        if not parts:
            return []
        whole = self._open.endswith((". ", "! ", "? ", "\n"))
        last = "" if whole else parts.pop()
        if len(last) > _LONG and "," in last:
            clause, _, last = last.rpartition(",")
            parts.append(clause + ",")
        self._open = last
        return [self._segment(part) for part in parts]

    def end(self) -> list[Segment]:
        """No more text comes; gives what is left."""
        rest, self._open = self._open, ""
        return [self._segment(part) for part in split_sentences(rest)]

    def _segment(self, text: str) -> Segment:
        return Segment(" ".join(text.split()), self._voice)
