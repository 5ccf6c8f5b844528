"""What one media link notes of a recording that the telephone service makes: only what is left out concerns it."""

from collections.abc import Callable
from typing import Literal, Protocol

from backend.domain.service_recording import UNMARKED, Span
from backend.engine.recording.tap import BOTH, Event, Hide, Pause, Resume

__all__ = ["ServiceSegment"]


class _Tape(Protocol):
    @property
    def now_s(self) -> float: ...

    def want(self, state: Literal["on", "paused"]) -> None: ...

    def leave_out(self, span: Span) -> None: ...

    def left(self) -> None: ...


class ServiceSegment:
    """``Segment`` of a recording at the service: it has the sound already.

    Args:
        tape: the recording.
        time: the seconds that a call's events are told by.
    """

    def __init__(self, tape: _Tape, time: Callable[[], float]) -> None:
        self._tape = tape
        self._time = time
        self._began = time()
        self._open: list[Pause] = []

    @property
    def tap(self) -> "ServiceSegment":
        """Itself."""
        return self

    def sound(self, channel: int, at_s: float, pcm: bytes) -> None:
        """The service hears it, too."""

    def note(self, event: Event) -> None:
        """Something is not to be kept, from now on or between two moments."""
        match event:
            case Pause():
                self._open.append(event)
                if event.channels == BOTH:
                    self._tape.want("paused")
            case Resume(at_s, channels):
                self._end_pauses(at_s, channels)
                if channels == BOTH:
                    self._tape.want("on")
            case Hide(start_s, end_s, channels, told):
                self._leave_out("hidden" if told else UNMARKED, start_s, end_s, channels)
            case _:
                pass  # where the agent was cut it was not heard; nothing waits before it is written

    def close(self, at_s: float) -> None:
        """It ends here."""
        for channels in {one.channels for one in self._open}:
            self._end_pauses(at_s, channels)
        self._tape.left()

    def _end_pauses(self, at_s: float, channels: int) -> None:
        for one in self._open:
            if one.channels == channels:
                self._leave_out(one.kind, one.at_s, at_s, channels)
        self._open = [one for one in self._open if one.channels != channels]

    def _leave_out(self, kind: str, start_s: float, end_s: float, channels: int) -> None:
        shift = self._tape.now_s - (self._time() - self._began)  # counted now: a tape that goes on counts from earlier
        self._tape.leave_out(Span(kind, start_s + shift, end_s + shift, channels))
