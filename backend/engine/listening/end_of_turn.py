"""The end of a caller's turn: silence, the rest of the transcript, and what was asked, judged together."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.domain.agent import TurnsSpec
from backend.engine.listening.endpointing import Expectation, Thought, allowed_silence_ms, thought
from backend.engine.listening.pace import Pace
from backend.engine.listening.partial_trust import PartialTrust
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.listening.wholeness import heard_silence_ms

__all__ = ["EndOfTurn", "Said"]

_EARLY_SILENCE_MS = 100
_SURELY_SILENT_MS = 300
_STABLE_S = 0.15
_LATE_STABLE_S = 0.8
_WITHOUT_FINAL_S = 2.2
"""So long a final is waited for where partials are not enough; it may have been lost."""
_LATE_MS = 900
"""Partials of a healthy service are 150 to 400 ms behind the voice."""
_DUE_S = 0.001
_WORDLESS_MS = 1000
"""A sound that has lasted for so long without a partial holds no words."""
_SLOW_MS = 1300


@dataclass(frozen=True, slots=True)
class Said:
    """What the caller has said since they were last answered."""

    text: str = field(repr=False)
    final: bool
    """Has the recognizer said its last word on it?"""
    expected: Expectation
    language: str
    """Of the call, as "es-MX"."""


class EndOfTurn:
    """Tells whether the caller has finished.

    Args:
        activity: the caller's voice activity; ``None`` where there is none, then the transcript alone tells.
        ask_again: called when an answer that depends on the clock may have changed.
    """

    def __init__(self, activity: VoiceActivity | None, ask_again: Callable[[], None]) -> None:
        self._activity = activity
        self._ask_again = ask_again
        self._loop = asyncio.get_running_loop()
        self._recognized_at = 0.0
        self._voice_at = self._latest_voice_at = 0.0
        self._offset_ms = self._until_ms = 0.0
        self._grown_at = 0.0
        self._late = False
        self.pace = Pace()
        self.trust = PartialTrust()
        self.undecided = False
        """Words wait whose end is still to be found: it is asked on every frame."""
        self._pause_ms = 0
        self._mistaken = False
        self._recheck: asyncio.TimerHandle | None = None
        self._judged: tuple[Said, Thought] | None = None

    def recognized(self) -> None:
        """The transcript has moved."""
        self._recognized_at = self._loop.time()

    def reached(self, offset_ms: float, duration_ms: float, *, goes_on: bool) -> None:
        """A partial has come. How far behind the voice is it?

        Args:
            offset_ms: where its utterance began in the recognizer's stream.
            duration_ms: how much of it was recognized.
            goes_on: were there words before that were not answered?
        """
        now = self._loop.time()
        if not goes_on:
            self._offset_ms, self._until_ms, self._late = offset_ms, -1.0, False
            if (now - self._latest_voice_at) * 1000 >= duration_ms:  # so much fits in since then
                self._voice_at = self._latest_voice_at
        spoken_ms = offset_ms + duration_ms - self._offset_ms
        if spoken_ms > self._until_ms:  # one that breaks and starts again says the same words again
            self._until_ms, self._grown_at = spoken_ms, now
        behind_ms = (now - self._voice_at) * 1000 - spoken_ms
        self._late = self._late or (self._activity is not None and behind_ms >= _LATE_MS)

    def voice_began(self, *, goes_on: bool, mistaken: bool) -> None:
        """The caller's voice begins again. How long was the pause?

        Args:
            goes_on: are there words before it that were not answered?
            mistaken: had the caller been taken to have finished?
        """
        self._latest_voice_at = self._loop.time()
        if not goes_on:
            self._voice_at = self._latest_voice_at
        self._pause_ms = self._activity.pause_ms if self._activity and goes_on else 0
        self._mistaken = mistaken

    def went_on(self) -> None:
        """The caller said more after that pause; the next one of theirs is given as long."""
        self.pace.went_on(self._pause_ms, mistaken=self._mistaken)
        self._pause_ms = 0

    def close(self) -> None:
        """Ask no more."""
        if self._recheck:
            self._recheck.cancel()
            self._recheck = None

    def is_off(self, *, final: bool) -> bool:
        """Does the voice still sound? Words without a final are then not all, whatever they are; it is cheap to ask."""
        return not final and self._activity is not None and self._activity.silence_ms < _EARLY_SILENCE_MS

    def has_come(self, said: Said, turns: TurnsSpec) -> bool:
        """Has the caller finished, by the agent's way of endpointing?"""
        activity = self._activity
        if turns.endpointing == "service" or activity is None:
            return said.final and (turns.endpointing != "smart" or self._has_waited(said, turns))
        if turns.endpointing == "local":
            return said.final or (not activity.speaking and activity.silence_ms >= turns.local_silence_ms)
        state = self._thought(said)
        allowed = max(allowed_silence_ms(state, turns, said.expected), self._slow_ms(turns, said))
        silence = self._silence_ms(activity, said)
        if said.final and state != "unfinished" and not said.expected.address:
            return silence >= min(allowed, max(turns.local_silence_ms, self._slow_ms(turns, said)))
        return silence >= allowed and (
            said.final or self._is_stable(half=said.expected.address and state != "complete")
        )

    def heard_in_s(self, said: Said, turns: TurnsSpec) -> float:
        """Seconds until an answer to these words may be heard: a caller who goes on before has not been talked into."""
        activity = self._activity
        if activity is None:
            return 0.0
        allowed = max(heard_silence_ms(said.text, turns, said.expected, said.language), self._patience_ms(turns, said))
        return max(0.0, allowed - self._silence_ms(activity, said)) / 1000

    def _thought(self, said: Said) -> Thought:
        """Asked on every frame of a silence, and judged once."""
        if self._judged is None or self._judged[0] != said:
            self._judged = said, thought(said.text, said.expected, said.language)
        return self._judged[1]

    def _patience_ms(self, turns: TurnsSpec, said: Said) -> float:
        """What the caller's own pauses ask for; not where the number that was asked for is complete."""
        whole = said.expected.digits and self._thought(said) == "complete"
        return 0.0 if turns.endpointing != "smart" or whole else self.pace.patience_ms

    def _slow_ms(self, turns: TurnsSpec, said: Said) -> float:
        """Of a really slow caller not even a thought is taken for the last; others are only not talked into."""
        patience = self._patience_ms(turns, said)
        return patience if patience > _SLOW_MS else 0.0

    def may_be_near(self, said: Said) -> bool:
        """Silence has begun and the transcript has caught up with it: the words are probably all there."""
        activity = self._activity
        if activity is None or not (said.final or self.trust.deserved):
            return False
        caught_up = self._rest_s * 1000 < activity.silence_ms >= _EARLY_SILENCE_MS
        silent = caught_up or activity.silence_ms >= _SURELY_SILENT_MS
        return silent and self._thought(said) != "unfinished"

    @property
    def _rest_s(self) -> float:
        """Time for which the transcript has not moved, in seconds."""
        return self._loop.time() - self._recognized_at

    def _is_stable(self, *, half: bool) -> bool:
        """Has the transcript rested for so long that it is taken to be whole without its final?

        A recognizer that is behind brings words at the caller's own pace, long after the voice. Whoever answers
        between two of them takes the next for an interruption, stops, and begins again: a stutter. And one whose
        finals say other words than its partials is waited for. So is the final of ``half`` an address: "in san".
        """
        if half or not self.trust.deserved:
            return self._rest_s >= _WITHOUT_FINAL_S
        caught_up = not self._late or self._loop.time() - self._grown_at >= _LATE_STABLE_S
        return caught_up and self._rest_s >= _STABLE_S

    def _silence_ms(self, activity: VoiceActivity, said: Said) -> float:
        """Silence of the caller. In a noisy car voice activity hears none; then the transcript's rest counts.

        A voice that began after the transcript last moved is no such noise: its words are on their way.
        """
        if not activity.speaking:
            return max(activity.silence_ms, self._rest_s * 1000) if said.final else activity.silence_ms
        began_since = activity.speech_ms < min(self._rest_s * 1000, _WORDLESS_MS)
        return self._rest_s * 1000 if said.final and not began_since else 0.0

    def _has_waited(self, said: Said, turns: TurnsSpec) -> bool:
        """Without local voice activity an unfinished thought is given time by the clock."""
        state = self._thought(said)
        if state != "unfinished":
            return True
        left = allowed_silence_ms(state, turns, said.expected) / 1000 - self._rest_s
        if left <= _DUE_S:
            return True
        self.close()
        self._recheck = self._loop.call_later(left, self._ask_again)
        return False
