"""What operations see of calls."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.api.cost_views import CostView, UseView
from backend.domain.call import CallOutcome, CallRecord, Direction, Latencies, TurnRecord, Way, WayOut
from backend.domain.case_names import CaseNames, numbers_outside
from backend.domain.live_call import masked
from backend.domain.prices import PriceList
from backend.domain.recording import RecordingState
from backend.domain.turn_moment import TurnMoment, TurnMomentKind
from backend.domain.whisper import LONGEST_WHISPER

__all__ = [
    "CallSummary",
    "CallView",
    "LatenciesView",
    "MomentView",
    "PlaceCall",
    "PressKeys",
    "TransferCall",
    "TurnView",
    "WhisperToAgent",
    "masked",
]


class LatenciesView(BaseModel):
    """Moments of a turn, in milliseconds after the caller stopped speaking."""

    final_ms: float | None = None
    first_token_ms: float | None = None
    first_clause_ms: float | None = None
    first_audio_ms: float | None = None
    first_frame_ms: float | None = None
    tools_ms: float | None = Field(default=None, description="A length: spent on tools before the first word.")
    filler_ms: float | None = None
    heard_ms: float | None = None

    @classmethod
    def of(cls, latencies: Latencies) -> "LatenciesView":
        """From the record."""
        return cls(**{name: getattr(latencies, name) for name in cls.model_fields})


class MomentView(BaseModel):
    """What happened in a turn beside words."""

    kind: TurnMomentKind
    at: datetime | None
    took_ms: float | None
    name: str = Field(description="The tool, or the agent that took over.")
    by: str = Field(description="The person who did it; empty: the agent.")
    ok: bool | None
    given: str = Field(description="Arguments as JSON, or what was told. Hidden from those who are viewers only.")
    result: str = Field(description="What came of it, as JSON where a tool answered. Hidden from viewers, too.")

    @classmethod
    def of(cls, moment: TurnMoment, *, whole: bool) -> "MomentView":
        """From the record; ``whole``: with what it was about."""
        told: dict[str, Any] = {name: getattr(moment, name) for name in cls.model_fields}
        shown: dict[str, Any] = told if whole else {**told, "given": "", "result": ""}
        return cls(**shown)


class TurnView(BaseModel):
    """One turn."""

    index: int
    agent: str
    caller_text: str = Field(description="What the server understood.")
    said: str = Field(description="What the agent meant to say.")
    heard: str = Field(description="What of it the caller heard.")
    interrupted: bool
    early: bool
    tools: list[str]
    started_at: datetime
    latencies: LatenciesView
    moments: list[MomentView]

    @classmethod
    def of(cls, turn: TurnRecord, *, whole: bool) -> "TurnView":
        """From the record; ``whole``: with arguments and results of tools, and what people told the agent."""
        names = ("index", "agent", "caller_text", "said", "heard", "interrupted", "early", "tools", "started_at")
        moments = [MomentView.of(moment, whole=whole) for moment in turn.moments]
        latencies = LatenciesView.of(turn.latencies)
        return cls(**{name: getattr(turn, name) for name in names}, latencies=latencies, moments=moments)


class CallSummary(BaseModel):
    """One call, without its turns. The number of its case is there under the names of the store's forms, too."""

    model_config = ConfigDict(extra="allow")

    call_id: str
    line: str
    direction: Direction
    way: Way | None = Field(
        description="`acs`, `livekit` (a room: trunk, browser or app), `softphone` (a browser on the console's page, "
        "or `ringmaster talk`) or `local` (a chat with this server); empty where an earlier version wrote it down and "
        "that cannot be told."
    )
    caller: str = Field(description="Masked but for the last two digits.")
    called: str
    connection_id: str
    store_version: str
    started_at: datetime
    ended_at: datetime | None
    outcome: CallOutcome | None = Field(description="Empty while the call is live.")
    detail: str
    case_number: str | None = Field(description="Of the last case that was filed in it, or added to.")
    agents: list[str]
    test: bool = Field(description="Is it a test? Totals leave tests out.")
    recording: RecordingState = Field(
        "none",
        description="`none`, `announced` (the caller was told or asked, and is not recorded yet), `refused`, `on` "
        "(recorded), `broken` (broke off), `deleted`.",
    )
    recording_until: datetime | None = Field(None, description="When the recording is deleted.")
    use: UseView | None = Field(
        None, description="What it took of what costs money so far; empty where an earlier version wrote it down."
    )
    cost: CostView | None = Field(None, description="What that costs; for operators.")

    @classmethod
    def of(cls, call: CallRecord, names: Iterable[CaseNames] = (), *, prices: PriceList | None = None) -> "CallSummary":
        """From the record; ``prices`` where whoever asks may see money."""
        return cls(**_summary(call, names, prices))


class CallView(CallSummary):
    """One call with its turns."""

    turns: list[TurnView]

    @classmethod
    def of(
        cls,
        call: CallRecord,
        names: Iterable[CaseNames] = (),
        *,
        prices: PriceList | None = None,
        whole: bool = False,
    ) -> "CallView":
        """From the record; ``prices`` as for ``CallSummary``, ``whole`` as for ``TurnView``."""
        return cls(**_summary(call, names, prices), turns=[TurnView.of(turn, whole=whole) for turn in call.turns])


HeaderName = Annotated[str, Field(pattern=r"^X-[A-Za-z0-9-]{1,60}$")]
HeaderValue = Annotated[str, Field(max_length=256, pattern=r"^[ -~]*$")]


class PlaceCall(BaseModel):
    """A call to be placed."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+18005550123"])
    line: str | None = Field(default=None, description="The line that calls; the first one when left out.")
    via: Literal["acs", "livekit"] | None = Field(
        default=None, description="How it is placed: ACS, or a SIP trunk of LiveKit. Default: as the line says."
    )
    trunk: str | None = Field(
        default=None, pattern=r"^ST_[A-Za-z0-9_-]+$", description="LiveKit's outbound trunk. Left out: the line's."
    )
    number: str | None = Field(
        default=None, pattern=r"^\+[1-9][0-9]{6,14}$", description="Where it comes from; one of the line's numbers."
    )
    headers: dict[HeaderName, HeaderValue] = Field(
        default_factory=dict, max_length=5, description="SIP headers of the call, with `via: livekit`."
    )

    @model_validator(mode="after")
    def _fits(self) -> "PlaceCall":
        if self.via == "acs" and (self.trunk or self.headers):
            raise ValueError("trunk and headers are of calls via livekit; ACS has none")
        return self

    def out(self, usual: Literal["acs", "livekit"]) -> WayOut:
        """By which way it goes.

        Args:
            usual: the line's way; what only LiveKit has makes it that.
        """
        via = self.via or ("livekit" if self.trunk or self.headers else usual)
        return WayOut(via, self.trunk or "", self.number or "", self.headers)


class TransferCall(BaseModel):
    """Where a live call is to go."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")


class WhisperToAgent(BaseModel):
    """What an agent is told in confidence."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST_WHISPER, repr=False, examples=["Offer them a call back."])


class PressKeys(BaseModel):
    """Keys of a telephone."""

    model_config = ConfigDict(extra="forbid")

    keys: str = Field(pattern=r"^[0-9*#]{1,32}$", examples=["1#"])


def _summary(call: CallRecord, names: Iterable[CaseNames], prices: PriceList | None) -> dict[str, Any]:
    told = "call_id line direction way connection_id store_version started_at ended_at outcome detail".split()
    told += ["case_number", "agents", "test", "recording", "recording_until"]
    numbers = numbers_outside(call.case_number, names)
    return {name: getattr(call, name) for name in told} | {
        "caller": masked(call.caller),
        "called": masked(call.called),
        "use": None if call.use is None else UseView.of(call.use),
        "cost": CostView.by(prices, call.use),
        **numbers,
    }
