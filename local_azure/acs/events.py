"""Call Automation's events as CloudEvents.

The envelope is that of Microsoft's own test data (azure-sdk-for-java,
``CallAutomationEventParserAndProcessorUnitTests``); the fields of each event are those that the Python SDK 1.6.0
reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

__all__ = ["DONE", "CallIds", "Result", "call_event", "cloud_time", "streaming_update"]

_VERSION = "2024-06-15-preview"


@dataclass(frozen=True, slots=True)
class CallIds:
    """What identifies a call in every event."""

    connection_id: str
    server_call_id: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Result:
    """``resultInformation`` of an event, with the phone network's own code where there is one."""

    code: int = 200
    sub_code: int = 0
    message: str = "Action completed successfully."
    sip_code: int | None = None
    sip_message: str = ""

    def data(self) -> dict[str, Any]:
        """As the event carries it."""
        body: dict[str, Any] = {"code": self.code, "subCode": self.sub_code, "message": self.message}
        if self.sip_code is not None:
            body["sipDetails"] = {"code": self.sip_code, "message": self.sip_message}
        return body


DONE = Result()


def cloud_time(moment: datetime | None = None) -> str:
    """A time with seven digits after the point and ``+00:00``, as .NET writes it."""
    return (moment or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f0+00:00")


def call_event(
    kind: str, ids: CallIds, *, context: str | None, result: Result | None = DONE, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """One event of a call; ``kind`` is its type without ``Microsoft.Communication.``."""
    event_type = f"Microsoft.Communication.{kind}"
    subject = f"calling/callConnections/{ids.connection_id}"
    data: dict[str, Any] = {
        "version": _VERSION,
        "callConnectionId": ids.connection_id,
        "serverCallId": ids.server_call_id,
        "correlationId": ids.correlation_id,
        "publicEventType": event_type,
        **(more or {}),
    }
    if context is not None:
        data["operationContext"] = context
    if result is not None:
        data["resultInformation"] = result.data()
    return {
        "id": str(uuid4()),
        "source": subject,
        "type": event_type,
        "data": data,
        "time": cloud_time(),
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "subject": subject,
    }


def streaming_update(status: str, details: str) -> dict[str, Any]:
    """``mediaStreamingUpdate`` of the MediaStreaming events."""
    return {
        "mediaStreamingUpdate": {
            "contentType": "Audio",
            "mediaStreamingStatus": status,
            "mediaStreamingStatusDetails": details,
        }
    }
