"""ACS's media socket: checked before it is accepted, then handed to its call."""

import logging

from fastapi import APIRouter, Response, WebSocket

from backend.api.access import GuessLimit, services
from backend.errors import AuthError, CallNotFound, ProtocolError, ProviderError, SessionLost, TimedOut
from backend.protocol.close_reason import close_reason

__all__ = ["router"]

log = logging.getLogger(__name__)

router = APIRouter()

_BAD_PROTOCOL = 1002
_BAD_DATA = 1007
_TRY_LATER = 1013


@router.websocket("/api/v1/media/stream/{token}")
async def stream(websocket: WebSocket, token: str) -> None:
    """Speak with the caller whose call has this token. A refusal is an HTTP 403 before the upgrade."""
    found = services(websocket)
    guesses: GuessLimit = websocket.app.state.guesses["media"]
    address = websocket.client.host if websocket.client else ""
    connection_id = websocket.headers.get("x-ms-call-connection-id")
    try:
        guessing = found.access.acs_tokens is None  # whoever has shown a token of ACS at the door guesses nothing
        if guessing and guesses.exceeded(address):
            raise AuthError("too many wrong tokens")
        if not await found.desk.expects_media(token, connection_id):
            if guessing:
                guesses.note(address)
            raise AuthError("no call is waiting for this media socket")
    except AuthError as error:
        log.warning(
            "media socket refused", extra={"event": "media.refused", "code": error.code, "why": str(error)[:100]}
        )
        await websocket.close()  # before accept: the handshake is answered with 403
        return
    except (ProviderError, SessionLost) as error:
        # Our fault, perhaps for this moment only: a 503 lets the service try again, a 403 would end the call's media.
        log.error(
            "media socket cannot be accepted now: a service it needs does not answer",
            extra={"event": "media.not_now", "code": error.code, "why": str(error)[:100]},
        )
        await websocket.send_denial_response(Response(status_code=503))
        return
    await websocket.accept()
    try:
        link = await found.open_media(websocket)
        await found.desk.attach(token, link)
    except ProtocolError as error:
        log.warning(
            "media socket sent a message outside the protocol and was closed",
            extra={"event": "media.bad", "code": error.code, "why": str(error)[:100]},
        )
        await websocket.close(_BAD_DATA, close_reason(str(error)))
    except TimedOut as error:
        log.warning(
            "media socket sent no first message in time and was closed",
            extra={"event": "media.silent", "code": error.code},
        )
        await websocket.close(_BAD_PROTOCOL, "AudioMetadata, the first message of a media socket, did not come in time")
    except (CallNotFound, ProviderError) as error:
        log.warning("media socket belongs to no known call", extra={"event": "media.no_call", "code": error.code})
        if not isinstance(error, ProviderError):
            await websocket.close(_TRY_LATER, "no call of this server waits for this media socket")
