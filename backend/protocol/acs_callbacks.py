"""Call Automation callbacks: a JSON array of CloudEvents. Parsed by ``type`` alone.

Envelope as in Microsoft's Java SDK test data (``CallAutomationEventParserAndProcessorUnitTests``);
older services put the event's name at the end of ``source``, which is not read.
"""

from typing import Any

import msgspec

from backend.domain.call_event import CallEvent
from backend.errors import ProtocolError

__all__ = ["entries_of", "read_event"]

_PREFIX = "Microsoft.Communication."
_LARGEST = 1024 * 1024
_MOST = 100


def entries_of(body: bytes) -> list[Any]:
    """The events of one callback request, each still to be read: one that is broken must not lose the others.

    Raises:
        ProtocolError: it is not an array of events.
    """
    if len(body) > _LARGEST:
        raise ProtocolError(f"callback of {len(body)} bytes, expected at most {_LARGEST}")
    try:
        entries = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProtocolError("callback is not JSON") from error
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list) or len(entries) > _MOST:
        raise ProtocolError("callback is not an array of events")
    return entries


def read_event(entry: Any) -> CallEvent | None:
    """One event; ``None`` for one that is not of Call Automation.

    Raises:
        ProtocolError: it is no CloudEvent.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise ProtocolError("callback holds something that is not an event")
    if not entry["type"].startswith(_PREFIX):
        return None
    data = entry.get("data")
    if not isinstance(data, dict):
        raise ProtocolError("event has no data")
    result = data.get("resultInformation")
    result = result if isinstance(result, dict) else {}
    return CallEvent(
        id=_text(entry, "id"),
        type=entry["type"].removeprefix(_PREFIX),
        connection_id=_text(data, "callConnectionId"),
        code=_number(result, "code"),
        sub_code=_number(result, "subCode"),
        state=_text(data, "state"),
        operation=_text(data, "operationContext"),
        recording_id=_text(data, "recordingId"),
    )


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _number(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
