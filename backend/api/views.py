"""What operations see of calls and claims."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from backend.domain.call import CallOutcome, CallRecord, Direction, Latencies, TurnRecord
from backend.domain.private import Private
from backend.domain.records import ClaimRecord
from backend.domain.search import FoundClaim

__all__ = [
    "CallSummary",
    "CallView",
    "ClaimView",
    "FoundClaimView",
    "LatenciesView",
    "PlaceCall",
    "TransferCall",
    "TurnView",
    "masked",
]


class LatenciesView(BaseModel):
    """Moments of a turn, in milliseconds after the caller stopped speaking."""

    final_ms: float | None = None
    first_token_ms: float | None = None
    first_clause_ms: float | None = None
    first_audio_ms: float | None = None
    first_frame_ms: float | None = None
    filler_ms: float | None = None
    heard_ms: float | None = None

    @classmethod
    def of(cls, latencies: Latencies) -> "LatenciesView":
        """From the record."""
        return cls(**{name: getattr(latencies, name) for name in cls.model_fields})


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

    @classmethod
    def of(cls, turn: TurnRecord) -> "TurnView":
        """From the record."""
        names = ("index", "agent", "caller_text", "said", "heard", "interrupted", "early", "tools", "started_at")
        return cls(**{name: getattr(turn, name) for name in names}, latencies=LatenciesView.of(turn.latencies))


class CallSummary(BaseModel):
    """One call, without its turns."""

    call_id: str
    line: str
    direction: Direction
    caller: str = Field(description="Masked but for the last two digits.")
    called: str
    connection_id: str
    store_version: str
    started_at: datetime
    ended_at: datetime | None
    outcome: CallOutcome | None = Field(description="Empty while the call is live.")
    detail: str
    claim_id: str | None
    agents: list[str]
    test: bool = Field(description="Is it a try, and no caller's? Totals leave it out.")

    @classmethod
    def of(cls, call: CallRecord) -> "CallSummary":
        """From the record."""
        return cls(**_summary(call))


class CallView(CallSummary):
    """One call with its turns."""

    turns: list[TurnView]

    @classmethod
    def of(cls, call: CallRecord) -> "CallView":
        """From the record."""
        return cls(**_summary(call), turns=[TurnView.of(turn) for turn in call.turns])


class ClaimNoteView(BaseModel):
    """What a caller added to a claim that was filed already."""

    at: datetime
    call_id: str
    text: str


class ClaimView(BaseModel):
    """One filed claim."""

    claim_id: str
    call_id: str
    policy_id: str
    status: str
    filed_at: datetime | None
    fields: dict[str, Any]
    verified: bool = Field(description="False: the caller could not be verified; whose policy it is must be found.")
    notes: list[ClaimNoteView]

    @classmethod
    def of(cls, claim: ClaimRecord) -> "ClaimView":
        """From the record."""
        return cls(
            claim_id=claim.claim_id or "",
            call_id=claim.call_id,
            policy_id=claim.policy_id,
            status=claim.status,
            filed_at=claim.filed_at,
            fields=dict(claim.fields),
            verified=claim.verified,
            notes=[ClaimNoteView(at=note.at, call_id=note.call_id, text=note.text) for note in claim.notes],
        )


class FoundClaimView(ClaimView):
    """One claim of a list, with what its call says of it."""

    updated_at: datetime
    line: str
    test: bool = Field(description="Is it of a try, and no caller's? Totals leave it out.")
    broken_off: bool = Field(description="A draft whose call is over.")

    @classmethod
    def found(cls, claim: FoundClaim) -> "FoundClaimView":
        """From what was found."""
        return cls(
            **ClaimView.of(claim.claim).model_dump(),
            updated_at=claim.claim.updated_at,
            line=claim.line,
            test=claim.test,
            broken_off=claim.broken_off,
        )


class PlaceCall(BaseModel):
    """A call to be placed."""

    to: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+18005550123"])
    line: str | None = Field(default=None, description="The line that calls; the first one when left out.")


class TransferCall(BaseModel):
    """Where a live call is to go."""

    to: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")


def masked(number: Private) -> str:
    """A number that can be told apart but not called: ``+••••••••••42``."""
    plain = number.reveal()
    return plain if len(plain) <= 2 else "•" * (len(plain) - 2) + plain[-2:]


def _summary(call: CallRecord) -> dict[str, Any]:
    names = (
        "call_id line direction connection_id store_version started_at ended_at outcome detail claim_id agents test"
    ).split()
    return {name: getattr(call, name) for name in names} | {
        "caller": masked(call.caller),
        "called": masked(call.called),
    }
