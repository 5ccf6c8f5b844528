"""A recording that the telephone service makes itself: how far it has come, what of it must not be kept, its file."""

from dataclasses import dataclass, field

from backend.domain.recording import SegmentName

__all__ = ["CUT", "UNMARKED", "RecordedFile", "ServiceRecording", "Span"]

CUT = "cut"
"""Not in the service's file at all: it was told to pause, and the file goes on behind it."""
UNMARKED = "unmarked"
"""Left out without a word to who listens."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is left out, in seconds since the recording was asked for.

    Args:
        kind: why, as a marker says it, or ``CUT`` or ``UNMARKED``.
        start_s: from here.
        end_s: to here.
        channels: whose voice, as bits: 1 the caller, 2 the agent.
    """

    kind: str
    start_s: float
    end_s: float
    channels: int = 3

    def told(self) -> list[str | float | int]:
        """As it is written down."""
        return [self.kind, round(self.start_s, 3), round(self.end_s, 3), self.channels]


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """What the service says of a file that can be fetched.

    Args:
        recording_id: of which recording.
        contents: where its sound is, in order of time.
        deletions: what is to be deleted at the service once it is fetched.
    """

    recording_id: str
    contents: tuple[str, ...] = field(repr=False)
    deletions: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServiceRecording:
    """One recording at the service, from its beginning until its file is fetched and deleted there.

    Args:
        recording_id: the service's own.
        call_id: of the call.
        began_ms: when it was asked for, in milliseconds since 1970: seconds are counted from there.
        lead_s: so much later it began.
        spans: what is left out.
        ended: is all of that noted? Its file is fetched then.
        wanted: is its file to be kept? If not, it is deleted where it lies.
        kept: is it kept here already?
        deletions: what is to be deleted at the service; empty until its file is there.
    """

    recording_id: str
    call_id: str
    began_ms: int
    lead_s: float = 0.0
    spans: tuple[Span, ...] = ()
    ended: bool = False
    wanted: bool = True
    kept: bool = False
    deletions: tuple[str, ...] = field(default=(), repr=False)

    @property
    def segment(self) -> SegmentName:
        """The segment that its file becomes."""
        return SegmentName(self.call_id, self.began_ms)
