"""Call Automation's callbacks."""

from typing import Any

from fastapi import APIRouter, Request, Response

from backend.api.access import GuessLimit, Services
from backend.api.faults import fault_of
from backend.api.services import ApiServices
from backend.domain.call_event import CallEvent
from backend.errors import AuthError, CallNotFound, ProtocolError
from backend.protocol.acs_callbacks import entries_of, read_event

__all__ = ["router"]

_LATE = frozenset({"CallDisconnected", "MediaStreamingStopped", "ParticipantsUpdated"})

_FAULTS: dict[int | str, dict[str, Any]] = {
    400: fault_of("no CloudEvents"),
    401: fault_of("wrong token, or too many wrong ones from there"),
    503: fault_of("the keys for the token cannot be had now"),
}

router = APIRouter(tags=["telephony"], responses=_FAULTS)


@router.post("/api/v1/calls/callbacks/{token}", summary="Call Automation: callbacks")
async def callback(token: str, request: Request, found: Services) -> Response:
    """Take the events of one call. Late, repeated and unknown ones are accepted and change nothing."""
    guesses: GuessLimit = request.app.state.guesses["callbacks"]
    address = request.client.host if request.client else ""
    if found.access.acs_tokens is None and guesses.exceeded(address):  # whoever has a token of ACS guesses nothing
        raise AuthError("too many wrong tokens")
    broken: ProtocolError | None = None
    for entry in entries_of(await request.body()):
        try:
            event = read_event(entry)
        except ProtocolError as error:
            broken = error  # what else came with it still counts
            continue
        if event is not None and not await _told(found, token, event):
            guesses.note(address)
    if broken is not None:
        raise broken
    return Response(status_code=200)


async def _told(found: ApiServices, token: str, event: CallEvent) -> bool:
    """Tell the call; false for strangers. A call that is over still has events on their way."""
    try:
        await found.desk.callback(token, event)
    except CallNotFound:
        # Whoever has shown a token of ACS guesses nothing: a server that was started again knows none of its calls.
        return found.access.acs_tokens is not None or event.type in _LATE
    return True
