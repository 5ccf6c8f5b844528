"""A call: where it came from, what is known of it, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from backend.domain.call_use import CallUse
from backend.domain.private import Private
from backend.domain.recording import RecordingState
from backend.domain.session_plan import SessionPlan
from backend.domain.turn_moment import TurnMoment

__all__ = [
    "CallConnection",
    "CallOutcome",
    "CallRecord",
    "Direction",
    "IncomingCall",
    "Latencies",
    "RecordedIdentity",
    "TurnRecord",
    "Way",
    "WayOut",
]

Direction = Literal["inbound", "outbound", "browser", "chat"]

Way = Literal[
    "acs",  # Azure Communication Services
    "livekit",  # a room of a LiveKit server: a SIP trunk, a browser or an app
    "softphone",  # a browser on the console's softphone
    "local",  # this server itself: a chat
]

CallOutcome = Literal[
    "completed",  # the agent said goodbye
    "transferred",  # a person took over
    "caller_hung_up",  # before the agent was done
    "idle",  # nobody spoke
    "voicemail",  # a machine answered a placed call
    "rejected",  # never answered: busy, closed, no such line
    "failed",  # we broke
]


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """Somebody rings (Event Grid ``IncomingCall``). ``context`` is ACS's opaque handle to answer it."""

    event_id: str
    context: str = field(repr=False)
    caller: Private
    called: Private
    correlation_id: str = ""
    server_call_id: str = ""
    way: Way = "acs"
    """By which way it comes in."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """SIP custom headers, if the carrier sent any."""
    plan: SessionPlan | None = None
    """How it begins where an application asked for it by name; else its line is that of the called number."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """By which way a call is placed, and what of it the other side and the carrier see."""

    way: Way = "acs"
    trunk: str = ""
    """The SIP trunk that it leaves by; empty: the one of the settings."""
    number: str = field(default="", repr=False)
    """The number that it comes from; empty: that of the trunk, or of the settings."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """SIP headers of ours, where the way has them."""


@dataclass(frozen=True, slots=True)
class CallConnection:
    """A call that a way in has taken up for us."""

    connection_id: str
    server_call_id: str = ""
    correlation_id: str = ""


@dataclass(slots=True)
class Latencies:
    """Moments of one turn in milliseconds after the caller stopped speaking; ``None`` where it did not happen.

    The caller's last sound is the zero: local voice activity gives it, or the final's own end.
    """

    final_ms: float | None = None
    """The transcript was final (or our own endpointing called it so)."""
    first_token_ms: float | None = None
    first_clause_ms: float | None = None
    first_audio_ms: float | None = None
    """First byte from the voice."""
    first_frame_ms: float | None = None
    """First frame of the answer handed to the caller's link."""
    tools_ms: float | None = None
    """A length and no moment: spent on tools before the answer's first word, after the caller had surely finished."""
    filler_ms: float | None = None
    """First frame of a filler, when one was needed."""
    heard_ms: float | None = None
    """The caller has heard the whole answer, or what they let pass of it."""


@dataclass(frozen=True, slots=True)
class RecordedIdentity:
    """What one turn said of who is calling, without its words."""

    took: tuple[str, ...] = ()
    """Parts of an identity that were taken from it, by name."""
    granted: str = ""
    """The policy that it opened."""


@dataclass(slots=True, kw_only=True)
class TurnRecord:
    """One turn as it is kept: the caller's words and what came of them."""

    index: int
    agent: str
    caller_text: str = field(default="", repr=False)
    said: str = field(default="", repr=False)
    """What the agent meant to say."""
    heard: str = field(default="", repr=False)
    """What of it the caller heard."""
    interrupted: bool = False
    early: bool = False
    """The model had started before the transcript was final, and its answer was used."""
    tools: list[str] = field(default_factory=list[str])
    """Names of the tools that ran, in order."""
    moments: list[TurnMoment] = field(default_factory=list[TurnMoment])
    """What happened in it beside words."""
    use: CallUse | None = field(default=None, compare=False)
    """What the whole call has taken by now: written with the turn, so that it outlives the worker."""
    identity: RecordedIdentity = RecordedIdentity()
    """Where secrets are hidden in the words: which they were, and whether they opened anything."""
    started_at: datetime
    latencies: Latencies = field(default_factory=Latencies)


@dataclass(slots=True, kw_only=True)
class CallRecord:
    """One call as it is kept."""

    call_id: str
    line: str
    direction: Direction
    way: Way | None = "acs"
    """By which way it came in or went out; ``None``: not known, of calls that an earlier version wrote down."""
    test: bool = False
    """Is it no caller's, but a try: of the local phone, or of a number that is set for tests? Totals leave it out."""
    caller: Private = Private("")
    called: Private = Private("")
    connection_id: str = ""
    store_version: str = ""
    started_at: datetime
    ended_at: datetime | None = None
    outcome: CallOutcome | None = None
    detail: str = ""
    """A code or sentence for operations on why it ended so."""
    case_number: str | None = None
    """Of the last case that was filed in it, or added to."""
    recording: RecordingState = "none"
    """How far its recording has come."""
    recording_until: datetime | None = None
    """When its recording is deleted; ``None`` while there is none."""
    repairs: int | None = None
    """How often a question had to be asked again, because its answer was not understood; ``None``: not known."""
    use: CallUse | None = None
    """What it has taken so far of what costs money; ``None``: not known."""
    agents: list[str] = field(default_factory=list[str])
    """Agents that spoke with the caller, in order of first appearance."""
    turns: list[TurnRecord] = field(default_factory=list[TurnRecord])

    def seconds(self, until: datetime | None = None) -> float:
        """How long it took, or has taken until then. Nothing where the clock was set back before its beginning: a
        length below nothing would be taken from the sums of others."""
        end = self.ended_at or until
        return max(0.0, (end - self.started_at).total_seconds()) if end else 0.0

    @property
    def waits(self) -> bool:
        """Is it a session that was asked for, and that nobody has entered yet?"""
        return self.direction == "browser" and not self.connection_id and self.outcome is None

    @property
    def other_side(self) -> Private:
        """The number that is not the line's: who called, or was called."""
        return self.called if self.direction == "outbound" else self.caller
