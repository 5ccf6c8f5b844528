"""The caller's words that no turn has answered yet. None of them is ever lost, none is answered twice."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from backend.language.named import language_named

__all__ = ["CallerWords", "Taken", "same_meaning"]

_WORD = re.compile(r"[\w'’]+")
_CLOCK = re.compile(r"(?<=\d):00\b|\b([ap])\.? ?(m)\b", re.IGNORECASE)


def _words(text: str, language: str) -> list[str]:
    hesitations = language_named(language).turns.hesitations
    words: list[str] = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    return [word for word in words if word not in hesitations]


def _plain(text: str, language: str) -> list[str]:
    digits = language_named(language).turns.digit_words
    return [digits.get(word, word) for word in _words(text, language)]


def _joined(time: re.Match[str]) -> str:
    """Hours without their minutes, and "a.m." without its dots."""
    return f"{time[1] or ''}{time[2] or ''}"


def _meaning(text: str, language: str) -> str:
    known = language_named(language).turns
    words = (known.written.get(word, word) for word in _words(_CLOCK.sub(_joined, text), language))
    return re.sub(r"(?<=\d) (?=\d)", "", " ".join(known.in_figures([word for word in words if word])))


def same_meaning(one: str, other: str, language: str) -> bool:
    """Do two transcripts say the same, whatever their spelling, punctuation and number format?"""
    return _meaning(one, language) == _meaning(other, language)


def _agrees(partial: str, final: str, language: str, *, whole: bool) -> bool | None:
    said = _meaning(partial, language)
    if not said:
        return None
    kept = said if whole else said.rpartition(" ")[0]
    return not kept or _meaning(final, language).startswith(kept)


_SAME_UTTERANCE_MS = 400


@dataclass(frozen=True, slots=True)
class Taken:
    """What a turn took, so that it can be given back."""

    text: str = ""
    finals: tuple[str, ...] = ()
    partial_before: str = ""
    keys: str = ""
    """Pressed behind a partial whose final is still to come."""


class CallerWords:
    """Finals and the partial under way, less what a turn has taken.

    A turn may take a partial before its final arrives; that final then brings only what the
    partial did not have.

    Args:
        language: tells the language of the call, in which finals write what partials spell out.
    """

    def __init__(self, language: Callable[[], str]) -> None:
        self._language = language
        self._finals: list[str] = []
        self._partial = ""
        self._taken_partial = ""
        self._offset_ms = 0.0
        self._keys = ""
        """Pressed while an utterance was under way: they come behind its words, whenever its final may come."""
        self.written_at = float("-inf")
        """Loop time at which the caller wrote or keyed something in last: it was complete when it came."""

    def hear_partial(self, text: str, offset_ms: float = 0.0) -> None:
        """The utterance under way sounds like this so far. ``offset_ms`` tells one utterance from another.

        A recognizer that was replaced never sends the final of what it was hearing; the next
        utterance must not be taken for the rest of that one.
        """
        if abs(offset_ms - self._offset_ms) > _SAME_UTTERANCE_MS:
            self._end_utterance()
        self._offset_ms = offset_ms
        self._partial = text

    def hear_final(self, text: str) -> str:
        """The utterance is over and said this. Gives the words of it that no turn has taken."""
        new = self._beyond_taken(text) if self._taken_partial else text.strip()
        self._partial = self._taken_partial = ""
        if new:
            self._finals.append(new)
        self._place_keys()
        return new

    def compared(self, final: str) -> Callable[[], bool | None]:
        """Tells, when it is asked: does this final say what its partial did, and perhaps more behind it? ``None`` where
        there was no partial. It rests with what the partial was when the final came.

        The last word of a partial that no turn has taken is no promise: the caller was still saying it.
        """
        partial, whole = self._taken_partial or self._partial, bool(self._taken_partial)
        return functools.partial(_agrees, partial, final, self._language(), whole=whole)

    def forget_utterance(self) -> None:
        """The utterance under way was nothing that the caller said."""
        self._partial = self._taken_partial = ""
        self._place_keys()

    def press(self, keys: str, at: float) -> None:
        """Keys are words as well; who says half of a number and presses the rest has given it in this order.

        Args:
            keys: what was keyed in, or written.
            at: loop time of it.
        """
        self.written_at = at
        self._keys = f"{self._keys} {keys}".strip()
        if not self.in_flux:
            self._place_keys()

    def _place_keys(self) -> None:
        if self._keys:
            self._finals.append(self._keys)
            self._keys = ""

    def _end_utterance(self) -> None:
        if self._partial and not self._taken_partial:
            self._finals.append(self._partial)
        elif self._taken_partial and (rest := self._beyond_taken(self._partial)):
            self._finals.append(rest)
        self._partial = self._taken_partial = ""
        self._place_keys()

    @property
    def text(self) -> str:
        """Everything that waits for an answer."""
        partial = self._beyond_taken(self._partial) if self._taken_partial else self._partial
        return " ".join(part for part in (*self._finals, partial, self._keys) if part).strip()

    @property
    def in_flux(self) -> bool:
        """Is some of the text still a partial?"""
        return bool(self._partial) and self._partial != self._taken_partial

    @property
    def awaiting_final(self) -> bool:
        """Has a turn taken a partial whose final is still to come?"""
        return bool(self._taken_partial)

    def take(self) -> Taken:
        """Give everything to a turn."""
        taken = Taken(self.text, tuple(self._finals), self._taken_partial, self._keys)
        self._finals = []
        self._keys = ""
        self._taken_partial = self._partial
        return taken

    def give_back(self, taken: Taken) -> None:
        """A turn was thrown away: its words wait for an answer again."""
        if self._taken_partial:  # the final is still to come and will bring the partial's words itself
            self._taken_partial = taken.partial_before
            self._finals[:0] = taken.finals
            self._keys = f"{taken.keys} {self._keys}".strip()
        else:
            self._finals[:0] = [taken.text] if taken.text else []

    def _beyond_taken(self, text: str) -> str:
        language = self._language()
        taken, words = _plain(self._taken_partial, language), _plain(text, language)
        if words[: len(taken)] == taken and len(words) > len(taken):
            return _last_words(text, len(words) - len(taken))
        surplus = len(words) - len(taken)
        # A reworded final (numbers written out, a better guess) says the same at other length.
        return _last_words(text, surplus) if surplus >= 2 else ""


def _last_words(text: str, count: int) -> str:
    return " ".join(text.split()[-count:])
