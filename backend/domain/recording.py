"""What is recorded of a call: how far it has come, in which segments, and where something was left out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

__all__ = [
    "RECORDING",
    "RECORDING_RATE",
    "MarkerKind",
    "RecordingMarker",
    "RecordingState",
    "SegmentName",
]

RECORDING = "_recording"
"""Fact of a session: how far its recording has come, so that another worker can go on: ``asked``, ``on``, ``refused``
or ``off``. Without it there is none."""
RECORDING_RATE = 16_000
"""Samples a second of each channel, whatever the way in has; of 16 bits each. The caller is left, the agent right."""

RecordingState = Literal[
    "none",  # nothing was to be recorded, or it has not come to that
    "announced",  # the caller was told or asked, and is not recorded yet
    "refused",  # the caller did not clearly agree: nothing was recorded
    "on",  # it is recorded, or was to its end
    "broken",  # it broke off before the call was over
    "deleted",  # it was recorded, and the recording is gone
]

MarkerKind = Literal[
    "paused",  # a secret was asked for: neither voice is in it
    "hidden",  # a number was said that is never kept: the voice that said it is not in it
    "gap",  # the call went from one link to another
    "broke",  # here it broke off
]


@dataclass(frozen=True, slots=True)
class SegmentName:
    """One piece of a call's recording: what one worker wrote without a break.

    Args:
        call_id: of the call.
        began_ms: when its first sound was heard, in milliseconds since 1970.
    """

    call_id: str
    began_ms: int

    @property
    def began_at(self) -> datetime:
        """When its first sound was heard."""
        return datetime.fromtimestamp(self.began_ms / 1000, UTC)

    @property
    def file(self) -> str:
        """Its name within those of its call; in order of time when they are sorted."""
        return f"{self.began_ms:015d}.rec"


@dataclass(frozen=True, slots=True)
class RecordingMarker:
    """Something that a listener is to know about a stretch of a segment, in seconds from its beginning."""

    kind: MarkerKind
    start_s: float
    end_s: float | None = None
    """``None``: to the end of what there is."""
