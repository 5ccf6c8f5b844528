"""What a callback of Call Automation means to its call."""

import logging

from backend.domain.call_event import CallEvent
from backend.domain.ending import Ending
from backend.engine.call.call import Call

__all__ = ["take_event"]

log = logging.getLogger(__name__)

_NOT_TAKEN = {
    486: "busy",
    600: "busy",
    408: "no answer",
    480: "no answer",
    487: "no answer",
    603: "declined",
    404: "no such number",
    484: "no such number",
    604: "no such number",
}
"""Why whoever is called does not come, by SIP status (RFC 3261 21), which ACS and LiveKit both tell. Nobody broke."""
_BEGINNING_FAILED = frozenset({"CreateCallFailed", "AnswerFailed", "ConnectFailed"})


def take_event(call: Call, event: CallEvent) -> Ending | None:
    """Tell the call. Gives how it ended when nobody is talking who would end it; unknown types change nothing."""
    match event.type:
        case "CallConnected":
            if event.connection_id and not call.record.connection_id:
                call.connected(event.connection_id)
        case "CallDisconnected":
            call.disconnected()
            return None if call.talking else Ending("caller_hung_up", "while nobody spoke")
        case "PlayCompleted" | "PlayFailed":
            call.service_phrase.said(event.operation)
        case "CallTransferAccepted" | "CallTransferFailed":
            call.transfer_result(accepted=event.type == "CallTransferAccepted", operation=event.operation)
        case "RecordingStateChanged" if event.state != "active":
            call.recording.reported(failed=False, recording_id=event.recording_id)
        case "StartRecordingFailed":
            call.recording.reported(failed=True, recording_id=event.recording_id)
        case "MediaStreamingFailed":
            log.error(
                "media streaming failed",
                extra={"event": "media.failed", "call_id": call.record.call_id, "code": event.sub_code},
            )
        case _ if event.type in _BEGINNING_FAILED and not call.talking:  # who speaks with the caller knows better
            return _not_begun(event)
        case _:
            pass
    return None


def _not_begun(event: CallEvent) -> Ending:
    code = f"{event.type} {event.code}/{event.sub_code}"
    why = _NOT_TAKEN.get(event.code) if event.type == "CreateCallFailed" else None
    return Ending("rejected", f"{why} ({code})") if why else Ending("failed", code)
