"""What applications send and see of sessions."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from backend.api.views import CallSummary, CallView
from backend.domain.call import CallRecord
from backend.domain.case_names import CaseNames
from backend.domain.prices import PriceList
from backend.domain.room_event import GuestPass
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.session_desk import MOST_WAITING_S

__all__ = ["AskToken", "PassView", "SessionLine", "SessionSummary", "SessionView", "StartSession", "StartedView"]

SessionState = Literal["waiting", "active", "ended"]

_Name = Annotated[str, Field(min_length=1, max_length=64)]
_NOT_BY_NAME = ("call-", "ringmaster-")
"""How rooms of phones and of sessions begin: they are entered by their session, not by name."""


_AGENT = "agent"
"""How the identities of our own agents in rooms begin."""


def _own(room: str) -> str:
    if room.startswith(_NOT_BY_NAME):
        raise ValueError(f"rooms that begin with {' or '.join(_NOT_BY_NAME)} are entered by their session_id only")
    return room


def _guest(identity: str) -> str:
    if identity.casefold().startswith(_AGENT):
        raise ValueError(f"an identity that begins with {_AGENT} is an agent's: whoever enters with it puts them out")
    return identity


_Guest = Annotated[_Name, AfterValidator(_guest)]
_Room = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$"), AfterValidator(_own)]
_Variables = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")], Annotated[str, Field(max_length=500)]],
    Field(default_factory=dict, max_length=20, description="Values for prompts: {{ vars.NAME }}."),
]
_Voice = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9-]{1,64}(:[A-Za-z0-9]{1,40})?$",
        description="Heard instead of the agents' voices, where it speaks their language.",
    ),
]


class _Asked(BaseModel):
    """How a session begins."""

    model_config = ConfigDict(extra="forbid")

    line: _Name | None = Field(
        default=None, description="The line; when left out, that of the agent, or else the first one."
    )
    agent: _Name | None = Field(default=None, description="Who speaks first; the line's entry agent when left out.")
    voice: _Voice | None = None
    variables: _Variables
    identity: _Guest | None = Field(
        default=None, description="Who the caller is in the room: your own id, and no name. Made up when left out."
    )
    room: _Room | None = Field(default=None, description="A room of yours; one for this session alone when left out.")

    def plan(self, line: str | None) -> SessionPlan:
        """The same, as it travels."""
        return SessionPlan(
            line=line or "",
            caller=self.identity or "",
            agent=self.agent or "",
            voice=self.voice or "",
            variables=self.variables,
        )


class StartSession(_Asked):
    """An agent that is to come into a room."""

    key: _Name | None = Field(
        default=None, description="Your own name for it: asked for again with the same, it is the same session."
    )
    test: bool = Field(default=False, description="Mark it as a test; totals leave it out.")


class AskToken(_Asked):
    """A pass into a room, which brings an agent; where a `session_id` is named one is there already."""

    session_id: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$", description="Enter this session's room.")
    role: Literal["caller", "listener", "supervisor"] = Field(
        default="caller", description="Listeners and supervisors enter the room of a session."
    )
    ttl_seconds: int = Field(
        default=600, ge=30, le=int(MOST_WAITING_S), description="Seconds for which it can be used to join."
    )

    @model_validator(mode="after")
    def _fits(self) -> "AskToken":
        if self.session_id and (self.room or self.line or self.agent or self.voice or self.variables):
            raise ValueError("session_id stands for a session that has begun; leave room, line, agent and the like out")
        if self.room and (self.voice or self.variables) and not (self.line or self.agent):
            raise ValueError(
                "voice and variables are an agent's, and into a room of yours none comes by itself: add line"
            )
        if self.role != "caller" and not self.session_id:
            raise ValueError("a listener or supervisor enters the room of a session: expected session_id")
        return self


class PassView(BaseModel):
    """What a LiveKit client needs."""

    url: str
    token: str
    room: str
    identity: str
    expires_at: datetime
    session_id: str | None = Field(description="The session that is entered, or that begins with it.")

    @classmethod
    def of(cls, given: GuestPass, ttl_s: int, session_id: str | None) -> "PassView":
        """From the pass."""
        until = datetime.now(UTC) + timedelta(seconds=ttl_s)
        return cls(
            url=given.url,
            token=given.token,
            room=given.room,
            identity=given.identity,
            expires_at=until,
            session_id=session_id,
        )


class SessionSummary(CallSummary):
    """A session: the call with the same id."""

    session_id: str
    state: SessionState = Field(description="`waiting`: nobody has entered yet.")

    @classmethod
    def of(
        cls, call: CallRecord, names: Iterable[CaseNames] = (), *, prices: PriceList | None = None
    ) -> "SessionSummary":
        """From the record; ``prices`` as for ``CallSummary``."""
        plain = CallSummary.of(call, names, prices=prices).model_dump()
        return cls(**plain, session_id=call.call_id, state=_state(call))


class StartedView(BaseModel):
    """A session, and the caller's pass into its room."""

    session: SessionSummary
    enter: PassView


class SessionLine(BaseModel):
    """Something that happened in a session. What was said stands in the turns."""

    at: datetime
    what: str


class SessionView(CallView):
    """A session with its log, and the turns of its call."""

    session_id: str
    state: SessionState
    log: list[SessionLine]

    @classmethod
    def of(
        cls,
        call: CallRecord,
        names: Iterable[CaseNames] = (),
        *,
        prices: PriceList | None = None,
        whole: bool = False,
    ) -> "SessionView":
        """From the record; ``prices`` as for ``CallSummary``, ``whole`` as for ``TurnView``."""
        plain = CallView.of(call, names, prices=prices, whole=whole).model_dump()
        return cls(**plain, session_id=call.call_id, state=_state(call), log=list(_log(call)))


def _state(call: CallRecord) -> SessionState:
    if call.outcome is not None:
        return "ended"
    return "waiting" if call.waits else "active"


def _log(call: CallRecord) -> Iterator[SessionLine]:
    begun = "began" if call.connection_id else "asked for"
    yield SessionLine(at=call.started_at, what=f"{begun} on the line {call.line}")
    agent = ""
    for turn in call.turns:
        if turn.agent != agent:
            yield SessionLine(at=turn.started_at, what=f"{turn.agent} speaks with the caller")
        agent = turn.agent
        cut = ", interrupted" if turn.interrupted else ""
        tools = f", with {', '.join(turn.tools)}" if turn.tools else ""
        yield SessionLine(at=turn.started_at, what=f"turn {turn.index}{tools}{cut}")
    if call.outcome is not None and call.ended_at is not None:
        why = f": {call.detail}" if call.detail else ""
        yield SessionLine(at=call.ended_at, what=f"ended, {call.outcome}{why}")
