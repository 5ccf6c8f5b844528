"""Call Automation's callbacks."""

import logging

from fastapi import APIRouter, Request, Response

from backend.api.access import GuessLimit, Services
from backend.errors import AuthError, CallNotFound
from backend.protocol.cloud_events import read_events

__all__ = ["router"]

log = logging.getLogger(__name__)

router = APIRouter(tags=["telephony"])


@router.post("/api/v1/calls/callbacks/{token}", summary="Call Automation: callbacks")
async def callback(token: str, request: Request, found: Services) -> Response:
    """Take the events of one call. Late, repeated and unknown ones are accepted and change nothing."""
    guesses: GuessLimit = request.app.state.guesses
    address = request.client.host if request.client else ""
    if guesses.exceeded(address):
        raise AuthError("too many wrong tokens")
    if found.access.acs_tokens is not None:
        await found.access.acs_tokens.check(request.headers.get("authorization"))
    for event in read_events(await request.body()):
        try:
            await found.desk.callback(token, event)
        except CallNotFound:
            # A call that is over still has events on their way; only strangers are counted.
            if event.type not in {"CallDisconnected", "MediaStreamingStopped", "ParticipantsUpdated"}:
                guesses.note(address)
    return Response(status_code=200)
