"""Routes of call recording.

The SDK fetches and deletes files at Microsoft's own hosts only (``recording_url_validator``), so they are told to be at
one; whoever knows that this is the local Azure asks it for what is told to be there. The control routes have them, too.
"""

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from local_azure.acs.call import Call
from local_azure.acs.events import cloud_time
from local_azure.acs.recording import Recording
from local_azure.acs.rest import ApiError, ApiRequest, Rest, empty
from local_azure.acs.switchboard import Switchboard

__all__ = ["RecordingRoutes"]

_FILES = "/v1/objects/{recording_id}"


class RecordingRoutes:
    """start, pause, resume, get, stop; the file and its deletion."""

    def __init__(self, board: Switchboard, rest: Rest) -> None:
        self._board = board
        self._rest = rest

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        root = "/calling/recordings"
        one = root + "/{recording_id}"
        return [
            self._rest.route("POST", root, self.start),
            self._rest.route("POST", f"{one}:pause", self.pause),
            self._rest.route("POST", f"{one}:resume", self.resume),
            self._rest.route("GET", one, self.get),
            self._rest.route("DELETE", one, self.stop),
            self._rest.route("GET", f"{_FILES}/content/acsrecording", self.content, versioned=False),
            self._rest.route("GET", f"{_FILES}/content/acsmetadata", self.metadata, versioned=False),
            self._rest.route("DELETE", _FILES, self.delete, versioned=False),
        ]

    async def start(self, request: ApiRequest) -> Response:
        """Record a call, named by its server call id or its connection: 200."""
        locator = request.section("callLocator") or {}
        server_call_id = locator.get("serverCallId")
        connection_id = request.text("callConnectionId")
        call = next(
            (
                call
                for call in self._board.live()
                if connection_id == call.ids.connection_id or server_call_id == call.ids.server_call_id
            ),
            None,
        )
        if call is None:
            raise ApiError(404, "8522", "Call not found.")
        paused = bool(request.body.get("pauseOnStart"))
        url = request.text("recordingStateCallbackUri") or ""
        recording = Recording(call.audio, url, "inactive" if paused else "active")
        self._board.keep(call, recording)
        _tell(call, recording)
        return JSONResponse(_body(recording))

    async def pause(self, request: ApiRequest) -> Response:
        """Keep nothing for now: 202."""
        return self._change(request, active=False)

    async def resume(self, request: ApiRequest) -> Response:
        """Go on: 202."""
        return self._change(request, active=True)

    async def get(self, request: ApiRequest) -> Response:
        """State of a recording: 200."""
        return JSONResponse(_body(self._find(request)[1]))

    async def stop(self, request: ApiRequest) -> Response:
        """End a recording: 204, and an Event Grid event that says where it is."""
        call, recording = self._find(request)
        recording.change("inactive")
        recording.stopped = True
        call.recordings.pop(recording.recording_id, None)
        _tell(call, recording)
        self._board.tell_recorded(call, recording)
        return empty(204)

    async def content(self, request: ApiRequest) -> Response:
        """The sound of a recording that has ended: 200."""
        return Response(self._file(request).wav(), media_type="application/octet-stream")

    async def metadata(self, request: ApiRequest) -> Response:
        """What there is to know of its file: 200."""
        found = self._file(request)
        about = {"resourceId": self._board.state.acs_resource_id, "chunkDocumentId": found.recording_id}
        return JSONResponse(about | {"chunkDuration": found.duration_ms, "channels": 2})

    async def delete(self, request: ApiRequest) -> Response:
        """Delete its file: 200."""
        del self._board.recordings[self._file(request).recording_id]
        return empty(200)

    def _file(self, request: ApiRequest) -> Recording:
        found = self._board.recordings.get(request.path["recording_id"])
        if found is None or not found[1].stopped:
            raise ApiError(404, "8553", "Recording not found.")
        return found[1]

    def _change(self, request: ApiRequest, *, active: bool) -> Response:
        call, recording = self._find(request)
        recording.change("active" if active else "inactive")
        _tell(call, recording)
        return empty(202)

    def _find(self, request: ApiRequest) -> tuple[Call, Recording]:
        found = self._board.recordings.get(request.path["recording_id"])
        if found is None or found[1].stopped:
            raise ApiError(404, "8553", "Recording not found.")
        return found


def _body(recording: Recording) -> dict[str, str]:
    return {
        "recordingId": recording.recording_id,
        "recordingState": recording.state,
        "recordingKind": "azureCommunicationServices",
    }


def _tell(call: Call, recording: Recording) -> None:
    call.emit(
        "RecordingStateChanged",
        result=None,
        url=recording.callback_url or None,
        recordingId=recording.recording_id,
        state=recording.state,
        startDateTime=cloud_time(recording.started_at),
        recordingKind="AzureCommunicationServices",
    )
