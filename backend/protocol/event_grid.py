"""Event Grid: incoming calls, files of recordings, and the handshake that proves the webhook is ours.

Sources: Microsoft's Go SDK test data for IncomingCall; "Endpoint validation with Event Grid
event schema" and "... with CloudEvents schema" (learn.microsoft.com/azure/event-grid).
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import msgspec

from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.domain.service_recording import RecordedFile
from backend.errors import ProtocolError

__all__ = ["LARGEST_BATCH", "MOST_EVENTS", "GridEvent", "Validation", "age_of", "entries_of", "read_event"]

LARGEST_BATCH = 1024 * 1024
"""Event Grid sends at most 1 MiB."""

MOST_EVENTS = 100
"""In one delivery; more would not be answered while they ring. A subscription's default is one."""

_LONGEST_NUMBER, _LONGEST_HEADER, _MOST_HEADERS = 256, 1000, 50
"""Letters, and how many. Whoever places a call by SIP chooses them."""

_SERVICE = "/providers/microsoft.communication/communicationservices/"
_INCOMING = "Microsoft.Communication.IncomingCall"
_RECORDED = "Microsoft.Communication.RecordingFileStatusUpdated"
_RECORDING_ID = re.compile(r"/recordingId/([^/]{1,512})$")
_MOST_PARTS, _LONGEST_PLACE = 100, 4000
_VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent"


_PARTS = re.compile(r"(\.\d{6})\d+")
"""Azure writes seven digits of a second, of which six can be read."""


@dataclass(frozen=True, slots=True)
class Validation:
    """Event Grid asks whether this webhook wants its events; the code is to be sent back."""

    code: str = field(repr=False)


GridEvent = IncomingCall | RecordedFile | Validation


def entries_of(body: bytes) -> list[Any]:
    """The events of one delivery, each still to be read: one that is broken must not lose the others.

    Raises:
        ProtocolError: it is not a delivery.
    """
    if len(body) > LARGEST_BATCH:
        raise ProtocolError(f"delivery of {len(body)} bytes, expected at most {LARGEST_BATCH}")
    try:
        entries = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProtocolError("delivery is not JSON") from error
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list):
        raise ProtocolError("delivery is not an array of events")
    if len(entries) > MOST_EVENTS:
        raise ProtocolError(f"delivery of {len(entries)} events, expected at most {MOST_EVENTS}")
    return entries


def age_of(entry: Any, now: datetime) -> timedelta:
    """How long ago it happened; nothing where the event does not say, or says something that is no moment."""
    said = entry.get("eventTime") or entry.get("time") if isinstance(entry, dict) else None
    try:
        moment = datetime.fromisoformat(_PARTS.sub(r"\1", str(said)))
        return now - (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return timedelta()


def read_event(entry: Any) -> GridEvent | None:
    """One event; ``None`` for types that do not concern us.

    Raises:
        ProtocolError: it is no event, or a call or handshake that cannot be read.
    """
    if not isinstance(entry, dict):
        raise ProtocolError("delivery holds something that is not an event")
    kind = entry.get("eventType") or entry.get("type")
    if not isinstance(kind, str):
        raise ProtocolError("event has no type")
    if kind not in (_INCOMING, _RECORDED, _VALIDATION):
        return None
    data = entry.get("data")
    if not isinstance(data, dict):
        raise ProtocolError(f"{kind} has no data")
    if kind == _VALIDATION:
        topic = entry.get("topic") or entry.get("source")
        if isinstance(topic, str) and "/providers/" in topic and _SERVICE not in topic.lower():
            raise ProtocolError("handshake of a topic that is no communication service")
        return Validation(_required(data, "validationCode"))
    if kind == _RECORDED:
        return _file(entry.get("subject"), data)
    context = data.get("customContext")
    headers = context.get("sipHeaders") if isinstance(context, dict) else None
    return IncomingCall(
        event_id=str(entry.get("id", ""))[:200],
        context=_required(data, "incomingCallContext"),
        caller=Private(_number(data.get("from"))),
        called=Private(_number(data.get("to"))),
        correlation_id=str(data.get("correlationId") or "")[:200],
        server_call_id=str(data.get("serverCallId") or "")[:2000],
        headers=_headers(headers) if isinstance(headers, dict) else {},
    )


def _file(subject: Any, data: dict[str, Any]) -> RecordedFile | None:
    """The file of a recording; ``None`` where it is at a place of somebody's own, which is none that we asked for."""
    told = _RECORDING_ID.search(subject) if isinstance(subject, str) else None
    stored = data.get("recordingStorageInfo")
    parts = stored.get("recordingChunks") if isinstance(stored, dict) else None
    if told is None or not isinstance(parts, list) or not parts or len(parts) > _MOST_PARTS:
        raise ProtocolError(f"{_RECORDED} says nothing of a recording")
    known: list[dict[str, Any]] = [part for part in parts if isinstance(part, dict)]
    known.sort(key=_index)
    contents = tuple(place for part in known if (place := _place(part, "contentLocation")))
    deletions = tuple(place for part in known if (place := _place(part, "deleteLocation")))
    return RecordedFile(told[1], contents, deletions) if contents else None


def _index(part: dict[str, Any]) -> int:
    value = part.get("index")
    return value if isinstance(value, int) else 0


def _place(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) and len(value) <= _LONGEST_PLACE else ""


def _required(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise ProtocolError(f"event has no {name}")
    return value


def _number(identifier: Any) -> str:
    """The phone number of an identifier; its raw id when it is no phone."""
    if not isinstance(identifier, dict):
        return ""
    phone = identifier.get("phoneNumber")
    if isinstance(phone, dict) and isinstance(phone.get("value"), str):
        return _plain(phone["value"], _LONGEST_NUMBER)
    raw = identifier.get("rawId")
    return _plain(raw.removeprefix("4:"), _LONGEST_NUMBER) if isinstance(raw, str) else ""


def _headers(given: dict[str, Any]) -> dict[str, str]:
    few = islice(given.items(), _MOST_HEADERS)
    return {_plain(name, _LONGEST_HEADER): _plain(str(value), _LONGEST_HEADER) for name, value in few}


def _plain(text: str, most: int) -> str:
    """What the caller's carrier wrote, without characters that turn writing around or that no database takes."""
    return "".join(letter for letter in text[:most] if letter.isprintable())
