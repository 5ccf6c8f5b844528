"""What workers tell each other: which call is whose, and what is asked of its owner."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from backend.domain.call import CallRecord, Direction, Way
from backend.domain.private import Private

__all__ = ["Beat", "CallRoute", "Reply", "Request", "WorkerLoad"]


class CallRoute(msgspec.Struct, kw_only=True):
    """What every worker must know of a call to take it over; written before it is answered."""

    token: str
    """Secret in the paths of its callbacks and its media socket."""
    call_id: str
    line: str
    direction: Direction
    way: Literal["", "livekit", "softphone", "local"] = ""
    """By which way it came in; empty: ACS, as workers of every version read it."""
    caller: str = ""
    called: str = ""
    store_version: str = ""
    connection_id: str = ""
    started_at: datetime
    test: bool = False
    worker: str = ""
    """Its owner, or the last one it had."""

    def __repr__(self) -> str:
        return f"CallRoute(call_id={self.call_id!r}, worker={self.worker!r})"

    @classmethod
    def of(cls, record: CallRecord, token: str) -> "CallRoute":
        """The ring of a call as it stands."""
        return cls(
            token=token,
            call_id=record.call_id,
            line=record.line,
            direction=record.direction,
            way="" if record.way in (None, "acs") else record.way,
            caller=record.caller.reveal(),
            called=record.called.reveal(),
            store_version=record.store_version,
            connection_id=record.connection_id,
            started_at=record.started_at,
            test=record.test,
        )

    @property
    def came_by(self) -> Way:
        """The way by its name."""
        return self.way or "acs"

    def record(self) -> CallRecord:
        """The call's record as far as the ring knows it."""
        return CallRecord(
            call_id=self.call_id,
            line=self.line,
            direction=self.direction,
            way=self.came_by,
            caller=Private(self.caller),
            called=Private(self.called),
            connection_id=self.connection_id,
            store_version=self.store_version,
            started_at=self.started_at,
            test=self.test,
        )


class Request(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Something that only the owner of a call can do.

    ``callback``: take an event. ``release``: let the sender have the call, if no media socket
    carries it here and the one that knocks there is of the right connection.
    ``hang_up``, ``transfer`` and ``press``: as operations ask; ``to`` is the number, or the keys.
    ``listen``: say on the relay what is heard in a call, for ``token``, who asks again every few seconds; ``unlisten``:
    no more. ``whisper``: tell the agent ``to``, sealed. ``take_over``: let a colleague speak, whose visit is ``token``
    and whose voice comes over the relay; ``give_back``: that visit ends as ``to`` says. ``by`` is who it is.
    """

    do: Literal[
        "callback",
        "release",
        "hang_up",
        "transfer",
        "press",
        "listen",
        "unlisten",
        "whisper",
        "take_over",
        "give_back",
    ]
    token: str = ""
    call_id: str = ""
    connection_id: str = ""
    to: str = ""
    by: str = ""
    event: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])

    def __repr__(self) -> str:
        return f"Request(do={self.do!r}, call_id={self.call_id!r})"


class Reply(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The owner's answer; ``code`` is that of our error tree when it did not do it."""

    code: str = ""
    message: str = ""

    @property
    def ok(self) -> bool:
        """Was it done?"""
        return not self.code


class WorkerLoad(msgspec.Struct, frozen=True, kw_only=True):
    """How busy a worker is."""

    live: int = 0
    capacity: int = 0
    draining: bool = False
    able: bool = True
    """Can callers be heard and answered there?"""


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker learns each time it says that it lives."""

    lost: tuple[CallRoute, ...] = ()
    """Calls that it held and that belong to another worker now."""
    abandoned: tuple[CallRoute, ...] = ()
    """Calls whose owner has not renewed its lease."""
    others: dict[str, WorkerLoad] = msgspec.field(default_factory=dict[str, WorkerLoad])
