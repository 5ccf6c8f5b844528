"""What whoever carries a call reports of it."""

from typing import Any

import msgspec

__all__ = ["CallEvent"]


class CallEvent(msgspec.Struct, frozen=True):
    """One report. Types that are not named here change nothing.

    Attributes:
        id: the same for each delivery of one report.
        type: ``CallConnected``; ``CallDisconnected``; ``CreateCallFailed``, ``AnswerFailed``, ``ConnectFailed``;
            ``CallTransferAccepted``, ``CallTransferFailed``; ``PlayCompleted``, ``PlayFailed``;
            ``MediaStreamingFailed``; ``RecordingStateChanged``, ``StartRecordingFailed``. Every way in translates what
            it is told into these.
        connection_id: which connection of the call it is about, where that was said.
        code: why, in the reporter's own numbers.
        sub_code: why exactly.
        state: of its recording: ``active`` or ``inactive``.
        operation: what we asked for that it tells the outcome of, by the name we gave it; empty where none was told.
        recording_id: which recording it is about, where that was said.
    """

    id: str
    type: str
    connection_id: str = ""
    code: int = 0
    sub_code: int = 0
    state: str = ""
    operation: str = ""
    recording_id: str = ""

    def as_told(self) -> dict[str, Any]:
        """As another worker is told of it."""
        return msgspec.to_builtins(self)

    @classmethod
    def told(cls, event: dict[str, Any]) -> "CallEvent":
        """As another worker told of it, of this version or another."""
        return msgspec.convert(event, cls)
