"""Call Automation's callbacks."""

import logging
from typing import Any

from fastapi import APIRouter, Request, Response

from backend.api.access import GuessLimit, Services
from backend.api.faults import Fault
from backend.errors import AuthError, CallNotFound
from backend.protocol.cloud_events import read_events

__all__ = ["router"]

log = logging.getLogger(__name__)

_FAULTS: dict[int | str, dict[str, Any]] = {
    400: {"model": Fault, "description": "no CloudEvents"},
    401: {"model": Fault, "description": "wrong token, or too many wrong ones from there"},
    503: {"model": Fault, "description": "the keys for the token cannot be had now"},
}

router = APIRouter(tags=["telephony"], responses=_FAULTS)


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
