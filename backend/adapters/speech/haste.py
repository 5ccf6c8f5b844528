"""How long the caller's audio may wait for company before it is sent: long where nobody waits for what comes of it."""

__all__ = ["Haste"]

_SOON_MS, _LATER_MS, _SILENCE_MS = 40, 100, 200

_BEGINNING_MS = 1_000
"""The first words of an utterance tell whether the agent is interrupted."""

_UNBROKEN_MS = 1_500
"""Sound without a pause for so long is noise as well: in it the end of the words cannot be heard."""

_LAST_WORD_MS = 300
"""After the voice: the service needs a little of what follows a word to be sure of it."""

_SURELY_SILENT_MS = 3_000
"""A slow service is two seconds behind."""

_BEFORE_END_MS, _AFTER_END_MS = 60, 300
"""Around the silence that ends an utterance: its measure of silence and ours differ by as much."""


class Haste:
    """One caller's. What it says is how much audio, in milliseconds, may be gathered.

    To hand a piece over and send it costs 0.3 ms of processor whatever its length. Words are gathered in pieces of
    100 ms once an utterance is under way, and silence that nothing is owed for in pieces of 200 ms, which a sound sends
    off. All that somebody waits for goes in pieces of 40 ms: the first second, what follows the last word, and the end
    of the silence after which the service says its last word.

    Args:
        silence_ms: silence that ends an utterance at the service.
    """

    def __init__(self, silence_ms: int) -> None:
        self._end_from = silence_ms - _BEFORE_END_MS
        self._end_until = silence_ms + _AFTER_END_MS
        self._utterance_ms = self._unbroken_ms = 0.0
        self._owed = self._soft = False

    @property
    def idle(self) -> bool:
        """Is nothing owed, and would only a sound change that?"""
        return not (self._owed or self._soft)

    def within_ms(self, frame_ms: float, quiet_ms: float) -> int:
        """One more frame; ``quiet_ms`` is 0 when it is audible, else the time since the last that was."""
        if not quiet_ms:
            self._owed = True
            self._utterance_ms += frame_ms
            self._unbroken_ms += frame_ms
            plain = self._utterance_ms > _BEGINNING_MS and self._unbroken_ms <= _UNBROKEN_MS
            return _LATER_MS if plain else _SOON_MS
        self._unbroken_ms = 0.0
        if quiet_ms > _LAST_WORD_MS:
            self._utterance_ms = 0.0
        if self._soft:
            return _SOON_MS
        if not self._owed:
            return _SILENCE_MS
        waited_for = quiet_ms <= _LAST_WORD_MS or self._end_from <= quiet_ms < self._end_until
        return _SOON_MS if waited_for else _LATER_MS

    def heard_words(self, quiet_ms: float) -> None:
        """The service has heard words. Where we have heard nothing for longer than it may be behind, the caller is
        quieter than our measure: then no silence of theirs is taken for one any more."""
        self._soft = self._soft or quiet_ms >= _SURELY_SILENT_MS

    def answered(self) -> None:
        """The service has said its last word on the utterance."""
        self._owed = False
