"""The recording of one call: when it may begin, what of it is left out, and what becomes of it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from backend.domain.call import CallRecord
from backend.domain.hiding import hide_alone, lasting_secrets
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.recording import RECORDING, RecordingState, SegmentName
from backend.domain.session import CallSession
from backend.domain.speech import RecognitionEvent
from backend.engine.call.discretion import asks_secret
from backend.engine.call.spoken_numbers import SpokenNumbers
from backend.engine.call.weakly import weakly
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.segment import Segment
from backend.engine.recording.service_tape import ServiceTape
from backend.engine.recording.service_tapes import ServiceTapes
from backend.engine.recording.tap import AGENT, BOTH, CALLER, Cut, Hide, Hold, Pause, Resume
from backend.engine.recording.tapped_link import TappedLink
from backend.engine.turn.turn import Turn
from backend.ports import MediaLink

__all__ = ["CallRecording"]

_AT_ANOTHER: dict[str, RecordingState] = {"asked": "announced", "refused": "refused"}
"""How it stands where a call comes from another worker."""
_LOOK_EVERY = 10
"""Frames, a fifth of a second."""
_BEFORE_S = 0.5
"""A secret that is asked for is noted a little after the words that ask for it have begun."""
_AFTER_S = 1.0
"""Whoever has just told a secret may still be speaking."""
_KEY_S = 0.3
"""Before and after a key: where the network lets its tones be heard, too."""


class CallRecording:
    """Decides for one call. Each of its media links is a segment of its own.

    Args:
        record: says how it stands.
        line: what it says of recordings.
        session: the call's memory.
        recorders: the recording thread; ``None`` where nothing can be recorded, then nobody is told that it is.
        on_change: told when something of it has changed in the record.
        tapes: recordings by ACS itself, for lines that say so; a call by another way is recorded here all the same.
        token: by which reports of the service find their way to the call.
    """

    def __init__(
        self,
        record: CallRecord,
        line: LineSpec,
        session: CallSession,
        recorders: Recorders | None,
        on_change: Callable[[], None],
        tapes: ServiceTapes | None = None,
        token: str = "",
    ) -> None:
        self._record = record
        self._spec = line.recording
        self._days = line.recording_days
        self._session = session
        self._recorders = recorders
        self._on_change = on_change
        self._time = asyncio.get_running_loop().time
        by_service = line.recording.by == "acs" and record.way == "acs"
        self._new_tape = partial(tapes.tape, record, token) if by_service and tapes else None
        self._tape: ServiceTape | None = None
        self._segment: Segment | None = None
        self._rate = 0
        self._began = 0.0
        self._began_ms = 0
        self._frames = 0
        self._before_s = 0.0
        self._secret_until = float("-inf")
        self._paused = self._repeating = False
        self._numbers = SpokenNumbers(session, weakly(self._hide, None), weakly(self._hold, None))
        record.recording = _AT_ANOTHER.get(session.facts.get(RECORDING, ""), record.recording)

    # -- whether --------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        """Does the line want it, and can it be?"""
        return self._spec.enabled and self._recorders is not None

    @property
    def consent_is_asked(self) -> bool:
        """Has the caller been asked whether they agree, and not answered yet?"""
        return self._session.facts.get(RECORDING) == "asked"

    def notice(self, phrases: Phrases) -> str:
        """What the caller is to hear before anything is recorded; empty where they have, or where nothing will be."""
        if not self.wanted or RECORDING in self._session.facts:
            return ""
        asked = phrases.recording_consent if self._spec.consent == "ask" else ""
        return f"{phrases.recording} {asked}".strip()

    @property
    def greets_later(self) -> bool:
        """Is the greeting said behind the caller's answer?"""
        return self.wanted and self._spec.consent == "ask" and RECORDING not in self._session.facts

    def leave_off(self) -> None:
        """This call is not recorded, and nothing is said of it: it is hardly one."""
        self._session.facts.setdefault(RECORDING, "off")

    def told(self) -> None:
        """The caller has heard the notice to its end."""
        if self._spec.consent == "ask":
            self._session.facts[RECORDING] = "asked"
            self._note("announced")
        else:
            self.decided(agreed=True)

    def decided(self, *, agreed: bool) -> None:
        """The caller has answered, or was not asked."""
        self._session.facts[RECORDING] = "on" if agreed else "refused"
        if agreed:
            self._begin()
        else:
            self._note("refused")

    def taken_back(self) -> None:
        """The caller went on before their answer counted: it is open again, and nothing heard since is kept."""
        if self._segment is not None:
            self._segment.tap.note(Hide(-_BEFORE_S, self.now_s + _AFTER_S, BOTH, told=False))
        self.left()
        if self._tape is not None:
            self._tape.discard()
            self._tape = None
        self._session.facts[RECORDING] = "asked"
        self._note("announced")

    # -- the way of the sound -------------------------------------------------------------

    def opened(self, link: MediaLink) -> MediaLink:
        """The call's sound goes over this link now; gives the link that it is to be spoken over."""
        if not self.wanted:
            return link
        self._rate = link.audio.sample_rate
        if self._session.facts.get(RECORDING) == "on":
            self._begin(goes_on=True)
        return TappedLink(link, self)

    def left(self) -> None:
        """The link is done with."""
        if self._segment is not None:
            self._count()
            self._numbers.over(self.now_s)
            self._segment.close(self.now_s)
            self._segment = None

    def handed_on(self) -> None:
        """Another worker goes on with the call."""
        if self._tape is not None:
            self._tape.hand_on()

    def over(self) -> None:
        """The call is over."""
        if self._tape is not None:
            self._tape.end()

    def reported(self, *, failed: bool, recording_id: str) -> None:
        """ACS says that a recording has changed its state, or could not begin; which one, where it says so."""
        if self._tape is not None:
            self._tape.reported(failed=failed, recording_id=recording_id)

    def _begin(self, *, goes_on: bool = False) -> None:
        if self._segment is not None or self._recorders is None or self._record.recording == "broken":
            return
        self._began, self._before_s = self._time(), self._session.use.recorded_s
        self._began_ms = max(self._began_ms + 1, int(time.time() * 1000))
        self._paused = self._repeating = False
        name = SegmentName(self._record.call_id, self._began_ms)
        told = partial(self._broke, name)
        self._tape = self._tape or (self._new_tape(goes_on=goes_on) if self._new_tape else None)
        self._segment = self._tape.open(name, told) if self._tape else self._recorders.open(name, self._rate, told)
        self._look()
        self._record.recording_until = datetime.now(UTC) + timedelta(days=self._days)
        self._note("on")

    def _broke(self, name: SegmentName) -> None:
        """A segment broke off. That may come to be known late, when the call goes over another link already, or when it
        is over and nobody writes its record any more."""
        if self._segment is not None and name.began_ms == self._began_ms:
            self._count()
            self._segment.close(self.now_s)
            self._segment = None
        self._note("broken")
        if self._record.ended_at is not None and self._recorders is not None:
            self._recorders.on_late(self._record.call_id)

    def _count(self) -> None:
        """Note how much is recorded by now."""
        if self._segment is not None:
            self._session.use.recorded_s = self._before_s + self.now_s

    def _note(self, state: RecordingState) -> None:
        self._record.recording = state
        self._on_change()

    @property
    def now_s(self) -> float:
        """Seconds since the segment began."""
        return self._time() - self._began

    # -- what is heard, frame by frame ----------------------------------------------------

    def caller_sounds(self, pcm: bytes) -> None:
        """One frame of the caller has come."""
        if self._segment is not None:
            self._segment.tap.sound(CALLER, self._time() - self._began, pcm)
            self._frames += 1
            if self._frames % _LOOK_EVERY == 0:
                self._look()

    def caller_presses(self) -> None:
        """The caller pressed a key."""
        if self._segment is not None:
            self._segment.tap.note(Hide(self.now_s - _KEY_S, self.now_s + _KEY_S, CALLER, told=False))

    def agent_sounds(self, pcm: bytes, late_s: float) -> None:
        """One frame is sent to the caller."""
        if self._segment is not None:
            self._segment.tap.sound(AGENT, self._time() - self._began + late_s, pcm)

    def agent_stops(self) -> None:
        """What was sent and not yet heard will not be."""
        if self._segment is not None:
            self._segment.tap.note(Cut(self.now_s))

    # -- what is left out -----------------------------------------------------------------

    def before(self, on_event: Callable[[RecognitionEvent], None]) -> Callable[[RecognitionEvent], None]:
        """What the recognizer is to tell, so that it is looked through here on its way to ``on_event``."""

        def recognized(event: RecognitionEvent) -> None:
            if self._segment is not None:
                self._numbers.recognized(event, self.now_s)
            on_event(event)

        return recognized if self.wanted else on_event

    def answered(self, turn: Turn) -> None:
        """An answer is complete, before all of it is heard: does it repeat what is never kept?"""
        self._look()
        if self._segment is None or self._repeating:
            return
        known = lasting_secrets(self._session.facts)
        if any(hide_alone(passage.text, known) != passage.text for passage in turn.passages()):
            self._repeating = True
            self._segment.tap.note(Pause(turn.zero - self._began, AGENT, "hidden"))

    def settled(self) -> None:
        """A turn is over."""
        self._count()
        self._look()
        if self._segment is not None and self._repeating:
            self._repeating = False
            self._segment.tap.note(Resume(self.now_s, AGENT))

    def _look(self) -> None:
        """Is a secret asked for?"""
        if self._segment is None:
            return
        now = self.now_s
        if asks_secret(self._session):
            self._secret_until = now + _AFTER_S
            if not self._paused:
                self._paused = True
                self._segment.tap.note(Pause(now - _BEFORE_S))
        elif self._paused and now >= self._secret_until:
            self._paused = False
            self._segment.tap.note(Resume(now, BOTH))
        self._numbers.settle(now)

    def _hide(self, start_s: float, end_s: float) -> None:
        if self._segment is not None:
            self._segment.tap.note(Hide(start_s, end_s, CALLER))

    def _hold(self, from_s: float | None) -> None:
        if self._segment is not None:
            self._segment.tap.note(Hold(from_s))
