"""ACS's media socket: checked before it is accepted, then handed to its call."""

import logging

from fastapi import APIRouter, Response, WebSocket

from backend.api.access import GuessLimit, services
from backend.errors import AuthError, CallNotFound, ProtocolError, ProviderError, SessionLost, TimedOut
from backend.ports import MediaLink
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
    if not await _expected(websocket, token):
        return
    await websocket.accept()
    link = await _opened(websocket)
    if link is not None:
        await _carry(websocket, token, link)


async def _expected(websocket: WebSocket, token: str) -> bool:
    """Does a call wait for this socket? If not, it has been refused."""
    try:
        await _check(websocket, token)
    except AuthError as error:
        log.warning(
            "media socket refused", extra={"event": "media.refused", "code": error.code, "why": str(error)[:100]}
        )
        await websocket.close()  # before accept: the handshake is answered with 403
        return False
    except (ProviderError, SessionLost) as error:
        # Our fault, perhaps for this moment only: a 503 lets the service try again, a 403 would end the call's media.
        log.error(
            "media socket cannot be accepted now: a service it needs does not answer",
            extra={"event": "media.not_now", "code": error.code, "why": str(error)[:100]},
        )
        await websocket.send_denial_response(Response(status_code=503))
        return False
    return True


async def _check(websocket: WebSocket, token: str) -> None:
    """A call waits for this socket, and nobody is guessing.

    Raises:
        AuthError: none does, or too many wrong tokens came from there.
        ProviderError: nobody can tell now.
        SessionLost: the same.
    """
    found = services(websocket)
    guesses: GuessLimit = websocket.app.state.guesses["media"]
    address = websocket.client.host if websocket.client else ""
    guessing = found.access.acs_tokens is None  # whoever has shown a token of ACS at the door guesses nothing
    if guessing and guesses.exceeded(address):
        raise AuthError("too many wrong tokens")
    if not await found.desk.expects_media(token, websocket.headers.get("x-ms-call-connection-id")):
        if guessing:
            guesses.note(address)
        raise AuthError("no call is waiting for this media socket")


async def _opened(websocket: WebSocket) -> MediaLink | None:
    """The link, once its first message has come; ``None`` where it was closed, with the reason."""
    try:
        return await services(websocket).open_media(websocket)
    except ProtocolError as error:
        await _close_for(websocket, error)
    except TimedOut as error:
        log.warning(
            "media socket sent no first message in time and was closed",
            extra={"event": "media.silent", "code": error.code},
        )
        await websocket.close(_BAD_PROTOCOL, "AudioMetadata, the first message of a media socket, did not come in time")
    except ProviderError as error:
        log.info(
            "media socket was closed by the other end before its first message",
            extra={"event": "media.gone", "code": error.code},
        )
    return None


async def _carry(websocket: WebSocket, token: str, link: MediaLink) -> None:
    try:
        await services(websocket).desk.attach(token, link)
    except ProtocolError as error:
        await _close_for(websocket, error)
    except CallNotFound as error:
        log.warning("media socket belongs to no known call", extra={"event": "media.no_call", "code": error.code})
        await websocket.close(_TRY_LATER, "no call of this server waits for this media socket")
    except ProviderError as error:
        log.warning(
            "a call ended on its media socket because a service it needs failed",
            extra={"event": "media.broke", "code": error.code, "why": str(error)[:100]},
        )


async def _close_for(websocket: WebSocket, error: ProtocolError) -> None:
    log.warning(
        "media socket sent a message outside the protocol and was closed",
        extra={"event": "media.bad", "code": error.code, "why": str(error)[:100]},
    )
    await websocket.close(_BAD_DATA, close_reason(str(error)))
