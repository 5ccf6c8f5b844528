"""What one call takes of what costs money, as its record and its memory have it."""

from datetime import UTC, datetime
from typing import Literal

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.session import CallSession

__all__ = ["CallMeter"]


class CallMeter:
    """Lets a call's record and its session tell the same amounts, whichever worker had it before.

    Speech, voice and model are counted where they are used, into ``session.use``; the length of the call is counted
    here. Where a call comes from another worker, record and session may be of different moments: the greater amount of
    each counts.
    """

    def __init__(self, record: CallRecord, session: CallSession) -> None:
        if record.use is not None:
            session.use.raise_to(record.use)
        record.use = session.use
        self._record, self._use = record, session.use

    def note_turn(self, turn: TurnRecord) -> None:
        """A turn is over: what the call has taken by now is written down with it."""
        self.note_length()
        turn.use = self._use

    def note_length(self) -> None:
        """Count how long the call has been on a line that is billed by the minute."""
        if kind := _billed(self._record):
            length_s = self._record.seconds(datetime.now(UTC))
            setattr(self._use, kind, max(getattr(self._use, kind), length_s))


def _billed(record: CallRecord) -> Literal["phone_s", "trunk_s", ""]:
    """Who bills its minutes. Tests, softphones and browsers are on nobody's phone line."""
    if record.test or not record.connection_id:
        return ""
    if record.way == "acs":
        return "phone_s"
    return "trunk_s" if record.way == "livekit" and record.direction != "browser" else ""
