"""The tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "ApiKey",
    "Audit",
    "Base",
    "Block",
    "Call",
    "CallAgent",
    "CallModel",
    "Callback",
    "CallingBackRow",
    "CaseRow",
    "DataKeyUse",
    "DayRow",
    "Delivery",
    "FaultRow",
    "HourRow",
    "Revision",
    "RunResultRow",
    "RunRow",
    "ServiceRecordingRow",
    "Turn",
    "Worker",
]


class Base(DeclarativeBase):
    """All tables."""


class Call(Base):
    """One call."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("calls_by_line", "line", "started_at"),
        Index("calls_by_outcome", "outcome", "started_at"),
        Index("calls_by_caller", "caller", "started_at"),
        Index("calls_by_test", "test", "started_at"),
        Index("calls_by_way", "way", "started_at"),
        Index("calls_by_caller_key", "caller_key", "started_at"),
        Index("calls_by_recording_until", "recording_until"),
        Index("calls_by_version", "store_version", "started_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    line: Mapped[str] = mapped_column(String(64))
    direction: Mapped[str] = mapped_column(String(16))
    way: Mapped[str | None] = mapped_column(String(16))
    """None of calls that an earlier version wrote down, where it cannot be told."""
    caller: Mapped[str] = mapped_column(Text, default="")
    """Sealed, as everything personal is; see ``sealed.py``."""
    caller_key: Mapped[str | None] = mapped_column(String(32))
    """Keyed hash of the caller's number, or of the number that was called where we called; empty where it was withheld;
    none where the number is not sealed."""
    called: Mapped[str] = mapped_column(Text, default="")
    connection_id: Mapped[str] = mapped_column(String(128), default="", index=True)
    store_version: Mapped[str] = mapped_column(String(64), default="")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text, default="")
    """Sealed: a model may have told in it why the caller called."""
    case_number: Mapped[str | None] = mapped_column(String(32))
    """Of the last case that was filed in it, or added to."""
    repairs: Mapped[int | None]
    """How often a question was asked again; none where an earlier version wrote it down, and while it goes on."""
    agents: Mapped[list[str]] = mapped_column(JSON, default=list)
    test: Mapped[bool] = mapped_column(default=False, server_default=false())
    recording: Mapped[str] = mapped_column(String(16), default="none", server_default="none")
    recording_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When its recording is to be deleted; none where there is none."""
    worker: Mapped[str] = mapped_column(String(128), default="", server_default="")
    """The server process that has it, or had it last."""
    phone_s: Mapped[float | None]
    """Seconds on a line of the phone service; none here and below where an earlier version wrote it down."""
    trunk_s: Mapped[float | None]
    heard_s: Mapped[float | None]
    """Seconds that were given to the recognizer."""
    spoken: Mapped[int | None]
    """Characters that were given to the voice."""
    recorded_s: Mapped[float | None]


class CallAgent(Base):
    """An agent that spoke in a call: ``Call.agents`` once more, to be found by."""

    __tablename__ = "call_agents"

    agent: Mapped[str] = mapped_column(String(64), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True, index=True)


class CallModel(Base):
    """What one deployment of the model did in one call. Line, beginning and test are those of the call, for sums."""

    __tablename__ = "call_models"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True)
    deployment: Mapped[str] = mapped_column(String(128), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    line: Mapped[str] = mapped_column(String(64))
    test: Mapped[bool]
    answers: Mapped[int]
    untold: Mapped[int]
    """Answers whose tokens the service did not tell."""
    read: Mapped[int]
    cached: Mapped[int]
    written: Mapped[int]


class Turn(Base):
    """One turn of a call, with its latencies in milliseconds."""

    __tablename__ = "turns"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Position in the call; an interrupted turn and the one after it are two rows."""
    index: Mapped[int]
    agent: Mapped[str] = mapped_column(String(64))
    caller_text: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    heard: Mapped[str] = mapped_column(Text, default="")
    interrupted: Mapped[bool] = mapped_column(default=False)
    early: Mapped[bool] = mapped_column(default=False)
    tools: Mapped[list[str]] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    latencies: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    identity: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    """Names of the secrets that were hidden in the words, and the subject that they opened."""
    used: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the whole call had taken by then; none where an earlier version wrote it down."""
    moments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    """Sealed: what happened in it beside words."""


class CaseRow(Base):
    """What a form took down in a call. One for each call and form; ``number`` is given when it is filed."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("cases_filed", "filed_at"),
        Index("cases_by_status", "status", "updated_at"),
        Index("cases_by_form", "form", "status", "updated_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(String(128), index=True)
    status: Mapped[str] = mapped_column(String(16), default="draft")
    number: Mapped[str | None] = mapped_column(String(32))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    filed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    verified: Mapped[bool] = mapped_column(default=True, server_default=true())
    notes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    earlier_calls: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    revision: Mapped[int] = mapped_column(default=0, server_default="0")


class Callback(Base):
    """A wish to be called back. One for each call."""

    __tablename__ = "callbacks"
    __table_args__ = (
        Index("callbacks_by_number_key", "number_key"),
        Index("callbacks_by_state", "state", "requested_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    line: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(Text)
    number_key: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(Text, default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    subject: Mapped[str] = mapped_column(String(128), default="", server_default="")
    state: Mapped[str] = mapped_column(String(16), default="open", server_default="open")
    steps: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    """What people did about it: who, when, how it stands since, and the call that they placed."""


class Delivery(Base):
    """What is to be told of a case, or was; nothing of what is in it."""

    __tablename__ = "case_deliveries"
    __table_args__ = (Index("case_deliveries_due", "state", "next_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event: Mapped[str] = mapped_column(String(16))
    call_id: Mapped[str] = mapped_column(String(64), index=True)
    form: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """When it is tried next; of one that was sent, when that was."""
    fault: Mapped[str] = mapped_column(String(200), default="")


class Audit(Base):
    """Who did what, for the auditors."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("audit_by_actor", "actor", "id"),
        Index("audit_by_action", "action", "id"),
        Index("audit_by_entry", "entry", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    call_id: Mapped[str] = mapped_column(String(64), index=True)
    actor: Mapped[str] = mapped_column(String(256))
    action: Mapped[str] = mapped_column(String(128))
    target: Mapped[str] = mapped_column(String(256), default="", server_default="")
    line: Mapped[str] = mapped_column(String(64), default="", server_default="")
    before: Mapped[str] = mapped_column(String(64), default="", server_default="")
    after: Mapped[str] = mapped_column(String(64), default="", server_default="")
    outcome: Mapped[str] = mapped_column(String(64), default="", server_default="")
    note: Mapped[str] = mapped_column(String(128), default="", server_default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    entry: Mapped[str | None] = mapped_column(String(200))
    """What it was written down as, so that it is noted once."""


class ApiKey(Base):
    """A key of the API; of its secret only a hash."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), index=True)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    lines: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    destinations: Mapped[list[str]] = mapped_column(JSON, default=list)
    salt: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    created_by: Mapped[str] = mapped_column(String(256))
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Block(Base):
    """A number, or the beginning of some, whose calls are not taken."""

    __tablename__ = "blocks"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    prefix: Mapped[bool] = mapped_column(default=False, server_default=false())
    line: Mapped[str] = mapped_column(String(64), default="", server_default="")
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    why: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(256))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DataKeyUse(Base):
    """A key that something in this database may be sealed with."""

    __tablename__ = "data_keys"

    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    first_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Worker(Base):
    """A server process and when it was last heard of: its calls are its own for so long."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class HourRow(Base):
    """How often what was in an hour, at all workers together. No caller's: it stays when calls go."""

    __tablename__ = "hours"

    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Since 1970."""
    line: Mapped[str] = mapped_column(String(64), primary_key=True)
    counts: Mapped[str] = mapped_column(Text)
    """JSON: whole numbers by kind and name."""


class DayRow(Base):
    """The hours of one day of UTC and line, put together: what ``hours`` had of them is not there any more."""

    __tablename__ = "days"

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Since 1970."""
    line: Mapped[str] = mapped_column(String(64), primary_key=True)
    counts: Mapped[str] = mapped_column(Text)
    """JSON: 24 whole numbers, one for each hour, by kind and name."""


class FaultRow(Base):
    """One of the last faults of any worker, as it was logged: without what is private."""

    __tablename__ = "faults"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    worker: Mapped[str] = mapped_column(String(128))
    level: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(64))
    call_id: Mapped[str] = mapped_column(String(64))
    message: Mapped[str] = mapped_column(String(500))


class CallingBackRow(Base):
    """A number that is being called back, so that no second worker calls it, too."""

    __tablename__ = "calling_back"

    number_key: Mapped[str] = mapped_column(String(128), primary_key=True)
    """Keyed hash of the number; the number itself where numbers are not sealed."""
    call_id: Mapped[str] = mapped_column(String(64))
    """The call that is placed."""
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Revision(Base):
    """One version of the agent store."""

    __tablename__ = "agent_revisions"

    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    actor: Mapped[str] = mapped_column(String(64), default="")
    files: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    draft: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Was it never live? Rows of earlier versions of Ringmaster all were."""
    last_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), default=None)
    last_actor: Mapped[str | None] = mapped_column(String(64), default=None)
    note: Mapped[str | None] = mapped_column(String(500), default=None)
    """Why it first went live, in the words of who put it live."""
    last_note: Mapped[str | None] = mapped_column(String(500), default=None)


class StoreDraft(Base):
    """What one person has changed in the agent store and not put live."""

    __tablename__ = "store_drafts"

    owner: Mapped[str] = mapped_column(String(256), primary_key=True)
    base: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str | None]] = mapped_column(JSON)
    stamp: Mapped[str] = mapped_column(String(16))
    """Hash of what is in it, which the next one to be kept names."""
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RunRow(Base):
    """One run of rehearsals or of a replay."""

    __tablename__ = "store_runs"
    __table_args__ = (Index("store_runs_by_version", "version", "started_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(16))
    names: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """None: all there are."""
    actor: Mapped[str] = mapped_column(String(256))
    state: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[int | None]
    wanted: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Is it to go on?"""
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    heard_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class RunResultRow(Base):
    """How one conversation or call of a run went."""

    __tablename__ = "store_run_results"

    run_id: Mapped[str] = mapped_column(ForeignKey("store_runs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(420))
    line: Mapped[str] = mapped_column(String(64))
    passed: Mapped[bool]
    call_id: Mapped[str] = mapped_column(String(64), default="", index=True)
    """The call that was replayed; it takes this with it when it goes."""
    told: Mapped[Any] = mapped_column(JSON, default=dict)
    """Sealed: a replay's holds what a caller said."""


class ServiceRecordingRow(Base):
    """A recording that the telephone service makes itself, until its file is fetched and deleted there."""

    __tablename__ = "service_recordings"
    __table_args__ = (Index("service_recordings_by_call", "call_id"), Index("service_recordings_by_time", "at"))

    recording_id: Mapped[str] = mapped_column(String(512), primary_key=True)
    call_id: Mapped[str] = mapped_column(String(64))
    began_ms: Mapped[int] = mapped_column(BigInteger)
    lead_s: Mapped[float]
    spans: Mapped[list[list[Any]]] = mapped_column(JSON)
    """What is left out: why, from, to, whose voice."""
    ended: Mapped[bool]
    """Is all that is left out noted?"""
    wanted: Mapped[bool]
    kept: Mapped[bool]
    deletions: Mapped[list[str]] = mapped_column(JSON)
    """Addresses of the service to delete; empty until its file is there."""
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    busy_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Somebody sees to its file until then."""
