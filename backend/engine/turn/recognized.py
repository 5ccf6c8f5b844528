"""What recognition made of the caller's words on the way to what was understood: partials and finals, a few a turn."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.domain.speech import Final, Partial, RecognitionEvent

__all__ = ["Recognized", "Transcript"]

_MOST = 16
"""Kept of one turn, the newest: partials come several times a second, and the last ones lead to the final."""
_LONGEST = 400
"""Letters of one."""
_FINAL_COMES = timedelta(seconds=1)
"""A turn may begin on a partial; the final of it comes within so long."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What one event of recognition said."""

    at: datetime
    text: str = field(repr=False)
    final: bool


class Recognized:
    """Keeps the transcripts of one call until the turn that they led to is written down."""

    def __init__(self) -> None:
        self._waiting: deque[Transcript] = deque(maxlen=_MOST)

    def before(self, on_event: Callable[[RecognitionEvent], None]) -> Callable[[RecognitionEvent], None]:
        """Passes every event on, and keeps what it says."""

        def hear(event: RecognitionEvent) -> None:
            on_event(event)
            if isinstance(event, Partial | Final) and event.text:
                self._keep(event.text[:_LONGEST], final=isinstance(event, Final))

        return hear

    def _keep(self, text: str, *, final: bool) -> None:
        last = self._waiting[-1] if self._waiting else None
        if last is None or last.final or final or last.text != text:
            self._waiting.append(Transcript(datetime.now(UTC), text, final))

    def until(self, began: datetime) -> Sequence[Transcript]:
        """Those that led to a turn which began then; each is given once."""
        limit, found = began + _FINAL_COMES, list[Transcript]()
        while self._waiting and self._waiting[0].at <= limit:
            found.append(self._waiting.popleft())
        return found
