"""When a caller said what is never kept: told from words, whose moments are those of the whole utterance."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backend.domain.hiding import Utterance, hide, lasting_secrets
from backend.domain.session import CallSession
from backend.domain.speech import Final, Partial, RecognitionEvent

__all__ = ["SpokenNumbers"]

_MARGIN_S = 1.0
"""A partial comes after the words that it holds."""
_LATE_S = 1.5
"""A final with no partial before it comes so much after its last word."""
_WINDOW = 8
"""A card number that is said in parts is told within so many utterances, as in what is written down of a call."""
_PENDING_S = 30.0
"""So long after it was said a number may turn out to be a part of one that is never kept."""
_FEW = 2
"""Digits that begin no number that matters."""


@dataclass(slots=True)
class _Said:
    start_s: float
    end_s: float
    words: Utterance = field(repr=False)
    digits: int


class SpokenNumbers:
    """Watches over what one caller is heard to say.

    Where in doubt, more is left out than need be: the whole utterance in which a part of such a number was said.

    Args:
        session: knows the secrets that were given in the call.
        hide: has a stretch left out, from and to a moment.
        hold: has nothing written that was heard after a moment; ``None``: no more.
    """

    def __init__(
        self,
        session: CallSession,
        hide: Callable[[float, float], None],
        hold: Callable[[float | None], None],
    ) -> None:
        self._session = session
        self._hide = hide
        self._hold = hold
        self._began_s: float | None = None
        self._in_doubt = False
        """May there be a number in the utterance that goes on?"""
        self._said: list[_Said] = []
        self._held_from: float | None = None

    def recognized(self, event: RecognitionEvent, now_s: float) -> None:
        """The recognizer has something to say."""
        if isinstance(event, Partial):
            if self._began_s is None:
                self._began_s = now_s - event.duration_ms / 1000 - _MARGIN_S
            self._in_doubt = self._in_doubt or _digits(Utterance(event.text)) > 0
        elif isinstance(event, Final):
            start_s = self._began_s
            if start_s is None:
                start_s = now_s - event.duration_ms / 1000 - _LATE_S
            self._began_s, self._in_doubt = None, False
            if event.text:
                words = Utterance(event.text)
                self._take(_Said(start_s, now_s, words, _digits(words)))
        self.settle(now_s)

    def _take(self, said: _Said) -> None:
        known = lasting_secrets(self._session.facts)
        self._said = [*self._said[1 - _WINDOW :], said]
        if not said.digits and not known:
            return
        for one in self._said:
            one.words = one.words.knowing(known)
        for one, text in zip(self._said, hide([one.words for one in self._said]), strict=True):
            if text != one.words.text:
                one.words = Utterance(text)  # it is left out once
                self._hide(one.start_s, one.end_s)

    def over(self, now_s: float) -> None:
        """Nothing more is said: what was understood is known, and an utterance that was not is left out."""
        if self._in_doubt and self._began_s is not None:
            self._hide(self._began_s, now_s)
        self._began_s, self._in_doubt, self._said, self._held_from = None, False, [], None
        self._hold(None)

    def settle(self, now_s: float) -> None:
        """Some time has gone by: what may still turn out to be part of a number?"""
        pending = [one.start_s for one in self._said if one.digits >= _FEW and one.end_s > now_s - _PENDING_S]
        if self._in_doubt and self._began_s is not None:
            pending.append(self._began_s)
        held_from = min(pending, default=None)
        if held_from != self._held_from:
            self._held_from = held_from
            self._hold(held_from)


def _digits(one: Utterance) -> int:
    """How many digits are said in these words, about."""
    return sum(len(piece.digits) for piece in one.said.pieces) if one.may_hold_any else 0
