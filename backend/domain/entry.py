"""Something that is to be written down for good, whole enough to be written later, elsewhere, and once."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any, Literal

import msgspec

from backend.domain.audit import AuditEntry
from backend.domain.call import CallRecord, TurnRecord, Way
from backend.domain.callback import CallbackWish
from backend.domain.case import Case
from backend.domain.migrations.before_cases import entry_of_before
from backend.domain.private import Private
from backend.domain.storable import clean

__all__ = [
    "Entry",
    "EntryKind",
    "Kept",
    "audited_in",
    "body_of_audited",
    "body_of_call",
    "body_of_case",
    "body_of_turn",
    "body_of_wish",
    "call_in",
    "case_in",
    "entry_in",
    "turn_in",
    "wish_in",
]

EntryKind = Literal[
    "call.started",
    "call.turn",
    "call.ended",
    "audit",
    "audit.person",
    "case.fields",
    "case.filed",
    "case.note",
    "case.discarded",
    "callback",
]


class Kept(Enum):
    """What has become of an entry."""

    WRITTEN = "written"
    """It stands in the database."""
    LASTING = "lasting"
    """It waits where it outlives this process."""
    WAITING = "waiting"
    """It waits in the memory of this process."""
    DROPPED = "dropped"
    """There was no room for it anywhere. It is counted, and nobody may be told that it is kept."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to write. Writing it again changes nothing."""

    id: str
    """Unique among all entries of all workers."""
    number: int
    """Its place among those of its worker."""
    at: datetime
    kind: EntryKind
    call_id: str
    body: dict[str, Any]

    def __repr__(self) -> str:
        return f"Entry(id={self.id!r}, kind={self.kind!r}, call_id={self.call_id!r})"


def entry_in(body: bytes) -> Entry:
    """An entry that was laid down as JSON, by this version or by the one before it.

    Raises:
        msgspec.DecodeError: it is none.
    """
    return msgspec.convert(entry_of_before(msgspec.json.decode(body, type=dict[str, Any])), Entry)


_PRIVATE = frozenset({"caller", "called"})
_CALL = tuple(one.name for one in fields(CallRecord) if one.name not in _PRIVATE | {"turns"})


def body_of_call(call: CallRecord) -> dict[str, Any]:
    """A call as it stands now, without its turns."""
    known = {name: getattr(call, name) for name in _CALL}
    return _plain(known | {"caller": call.caller.reveal(), "called": call.called.reveal()})


def call_in(body: Mapping[str, Any]) -> CallRecord:
    """The call that ``body_of_call`` wrote down."""
    plain = {**body, "way": body.get("way", "") or _way_of_before(body), "caller": "", "called": ""}
    known = msgspec.convert(plain, CallRecord, dec_hook=_private)
    known.caller, known.called = Private(body.get("caller", "")), Private(body.get("called", ""))
    return known


def _way_of_before(body: Mapping[str, Any]) -> Way | None:
    """Versions before this one named ACS by leaving it out; ``None`` is a way that is not known."""
    if body.get("way", "") is None:
        return None
    return "local" if body.get("direction") == "chat" else "acs"


def body_of_turn(turn: TurnRecord) -> dict[str, Any]:
    """A turn."""
    return _plain(turn)


def turn_in(body: Mapping[str, Any]) -> TurnRecord:
    """The turn that ``body_of_turn`` wrote down."""
    return msgspec.convert(dict(body), TurnRecord)


def body_of_case(case: Case) -> dict[str, Any]:
    """A case."""
    return _plain(case)


def case_in(body: Mapping[str, Any]) -> Case:
    """The case that ``body_of_case`` wrote down."""
    return msgspec.convert(dict(body), Case)


def body_of_audited(entry: AuditEntry) -> dict[str, Any]:
    """What a person did."""
    return _plain(entry)


def audited_in(body: Mapping[str, Any]) -> AuditEntry:
    """The action that ``body_of_audited`` wrote down."""
    return msgspec.convert(dict(body), AuditEntry)


def body_of_wish(wish: CallbackWish) -> dict[str, Any]:
    """A wish to be called back."""
    return _plain(wish)


def wish_in(body: Mapping[str, Any]) -> CallbackWish:
    """The wish that ``body_of_wish`` wrote down."""
    return msgspec.convert(dict(body), CallbackWish)


def _plain(value: Any) -> dict[str, Any]:
    """As JSON has it: what changes later does not change the entry."""
    found: dict[str, Any] = clean(msgspec.to_builtins(value))
    return found


def _private(kind: type, value: Any) -> Any:
    return Private(value) if kind is Private else value
