"""Doing wrong on request: how an injected fault shows itself on a speech socket."""

import asyncio
import contextlib
import logging

from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from local_azure.faults import Fault
from local_azure.speech.speech_socket import SpeechSocket

__all__ = ["Mishap", "admit"]

_log = logging.getLogger(__name__)

_CLOSE_CODES = {400: 1007, 401: 1008, 403: 1008, 429: 4429}
"""How the service ends a socket that is already open for what would be this status at the upgrade."""
_HANG_LIMIT_S = 600.0


async def admit(websocket: WebSocket, fault: Fault | None) -> bool:
    """Accept the upgrade, or answer it as the service does: 401 without key, or whatever the fault wants.

    Any key is good: the local Azure guards nothing. Returns whether the socket is open.
    """
    headers = websocket.headers
    key = headers.get("ocp-apim-subscription-key", "").strip()
    token = headers.get("authorization", "").removeprefix("Bearer").strip()
    if fault is not None and fault.kind == "status":
        await _refuse(websocket, fault.status, fault.retry_after)
        return False
    if not key and not token:
        await _refuse(websocket, 401)
        return False
    if fault is not None and fault.kind == "hang" and fault.after < 0:
        await _ignore(websocket, fault.seconds)
        return False
    await websocket.accept()
    return True


class Mishap:
    """A fault on an open socket. It strikes once, after ``fault.after`` pieces of audio."""

    def __init__(self, fault: Fault | None) -> None:
        self._fault = fault if fault is not None and fault.kind != "status" else None
        self._refusal = fault.status if fault is not None and fault.kind == "status" else 0

    @property
    def pending(self) -> bool:
        """Something is still to happen."""
        return self._fault is not None or self._refusal != 0

    async def strike(self, socket: SpeechSocket, pieces: int, request_id: str) -> bool:
        """Do what is due once ``pieces`` pieces of audio have passed. True ends the connection now."""
        if self._refusal:
            await socket.close(_CLOSE_CODES.get(self._refusal, 1011), "refused")
            return True
        fault = self._fault
        if fault is None or pieces < fault.after:
            return False
        self._fault = None
        _log.info("an ordered fault begins", extra={"kind": fault.kind, "after": pieces})
        return await self._do(fault, socket, request_id)

    async def _do(self, fault: Fault, socket: SpeechSocket, request_id: str) -> bool:
        match fault.kind:
            case "hang" | "stall":
                socket.mute(fault.seconds)
            case "slow":
                socket.lag_ms = fault.seconds * 1000
            case "garbage":
                socket.post_broken("speech.phrase", request_id)
            case "error":
                body = {"Id": "0", "RecognitionStatus": "Error", "Offset": 0, "Duration": 0}
                socket.post("speech.phrase", request_id, body)
            case "close":
                await socket.close(fault.code or 1011, "injected")
                return True
            case _:  # abort: returning without a close frame makes the server drop the TCP connection
                return True
        return False


async def _refuse(websocket: WebSocket, status: int, retry_after: float | None = None) -> None:
    body = {"error": {"code": str(status), "message": "refused by the local Azure"}}
    headers = None if retry_after is None else {"Retry-After": str(round(retry_after))}
    await websocket.send_denial_response(JSONResponse(body, status_code=status, headers=headers))


async def _ignore(websocket: WebSocket, seconds: float) -> None:
    with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(seconds or _HANG_LIMIT_S):
            while (await websocket.receive())["type"] != "websocket.disconnect":
                continue
