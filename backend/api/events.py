"""Event Grid's webhook: the handshake, ringing phones, and files of recordings.

Status codes matter: Event Grid never repeats a 400, 401, 403 or 413, so whatever is our own
fault is a 503, which it repeats (learn.microsoft.com/azure/event-grid/delivery-and-retry).
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from backend.api.access import Services
from backend.api.faults import fault_of
from backend.api.services import ApiServices
from backend.domain.service_recording import RecordedFile
from backend.errors import Forbidden, ProtocolError, RingmasterError
from backend.protocol.event_grid import Validation, age_of, entries_of, read_event

__all__ = ["router"]

log = logging.getLogger(__name__)

_RINGS = timedelta(minutes=5)
"""Nobody lets a phone ring for longer; an event that is older is of a caller who has hung up."""

_FAULTS: dict[int | str, dict[str, Any]] = {
    400: fault_of("no Event Grid delivery"),
    401: fault_of("wrong key or token"),
    403: fault_of("a subscription that this server does not know"),
    503: fault_of("a call could not be answered, or a file fetched, now; deliver it again"),
}

router = APIRouter(tags=["telephony"], responses=_FAULTS)


@router.post("/api/v1/calls/answer", summary="Event Grid: incoming calls")
async def answer(request: Request, found: Services) -> Response:
    """Take a delivery: answer the validation handshake, answer every ringing call in it, fetch files of recordings that
    ACS made; ignore other events."""
    _check_subscription(request, found)
    now = datetime.now(UTC)
    failed: RingmasterError | None = None
    broken: ProtocolError | None = None
    files: list[RecordedFile] = []
    for entry in entries_of(await request.body()):
        try:
            event = read_event(entry)
            if isinstance(event, Validation):
                return JSONResponse({"validationResponse": event.code})
            if event is None:
                continue
            if isinstance(event, RecordedFile):
                files.append(event)
                continue
            if _rings(age_of(entry, now), request):
                await found.desk.incoming(event)
        except ProtocolError as error:
            broken = error  # the other callers of this delivery still ring
        except RingmasterError as error:
            log.error("incoming call was not answered", extra={"event": "call.not_answered", "code": error.code})
            failed = error
    failed = await _fetch(found, files) or failed  # behind all who ring
    if failed is not None:
        return JSONResponse({"error": {"code": failed.code, "message": "try again"}}, 503)
    if broken is not None:
        raise broken
    return JSONResponse({})


async def _fetch(found: ApiServices, files: list[RecordedFile]) -> RingmasterError | None:
    """Fetch files; gives what the newest of them failed by."""
    failed: RingmasterError | None = None
    for file in files:
        try:
            if found.recordings is not None:
                await found.recordings.arrived(file)
        except RingmasterError as error:
            failed = error
    return failed


def _rings(age: timedelta, request: Request) -> bool:
    """May a call that was reported so late still ring?

    Event Grid's first try comes at once, so an old event in it means that our own clock is ahead: by it every caller
    would be left ringing. Where the caller has hung up after all, the call service says so.
    """
    if age <= _RINGS:
        return True
    if request.headers.get("aeg-delivery-count") == "0":
        log.error(
            "an incoming call seems older than it can be: is the clock of this machine right?",
            extra={"event": "clock.ahead", "seconds": round(age.total_seconds())},
        )
        return True
    log.warning("an incoming call was reported too late to be answered", extra={"event": "call.late"})
    return False


def _check_subscription(request: Request, found: Services) -> None:
    """Is the delivery of a subscription that we know?

    Raises:
        Forbidden: no.
    """
    known = found.access.event_grid_subscriptions
    if known and request.headers.get("aeg-subscription-name", "").lower() not in known:
        raise Forbidden("unknown Event Grid subscription; EVENT_GRID_SUBSCRIPTIONS lists those this server accepts")


@router.options("/api/v1/calls/answer", include_in_schema=False)
async def handshake(request: Request) -> Response:
    """The handshake of CloudEvents subscriptions."""
    origin = request.headers.get("webhook-request-origin", "")
    return Response(headers={"WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": "*"} if origin else {})
