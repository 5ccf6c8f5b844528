"""Operations: calls live and past, placing, transferring and ending them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from backend.api.access import Services, operations
from backend.api.faults import Fault
from backend.api.views import CallSummary, CallView, PlaceCall, TransferCall
from backend.errors import CallNotFound

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    404: {"model": Fault, "description": "no such call"},
    409: {"model": Fault, "description": "not possible now"},
    503: {"model": Fault, "description": "a service that is needed did not answer"},
}

router = APIRouter(prefix="/api/v1/calls", tags=["calls"], dependencies=[Depends(operations)], responses=_FAULTS)


@router.get("", summary="Calls, the newest first")
async def list_calls(
    found: Services,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: datetime | None = None,
    connection_id: str | None = None,
) -> list[CallSummary]:
    """Live calls and past ones; ``before`` is the ``started_at`` of the last one seen.

    ``connection_id`` finds the call of one ACS connection.
    """
    if before is not None and before.tzinfo is None:
        before = before.replace(tzinfo=UTC)
    past = await found.records.list(limit=200 if connection_id else limit, before=before)
    known = {call.call_id: call for call in past}
    known |= {call.call_id: call for call in found.desk.live() if before is None or call.started_at < before}
    calls = [call for call in known.values() if not connection_id or call.connection_id == connection_id]
    # A long call is older than those that have ended meanwhile: without its place in the order a page would skip some.
    calls.sort(key=lambda call: call.started_at, reverse=True)
    return [CallSummary.of(call) for call in calls[:limit]]


@router.post("", status_code=201, summary="Place a call")
async def place_call(found: Services, wanted: PlaceCall) -> CallSummary:
    """Call somebody; the line's entry agent speaks when he answers.

    After `provider.timed_out` nobody knows whether it rings: if somebody answers, the call is held all the same. It is
    listed meanwhile, for 90 seconds at most.
    """
    return CallSummary.of(await found.desk.place(wanted.to, wanted.line))


@router.get("/{call_id}", summary="One call with its turns")
async def get_call(found: Services, call_id: str) -> CallView:
    """Turns with what was understood, said and heard, their latencies, and the agent at each."""
    live = next((call for call in found.desk.live() if call.call_id == call_id), None)
    call = live or await found.records.get(call_id)
    if call is None:
        raise CallNotFound(f"no call {call_id}")
    return CallView.of(call)


@router.post("/{call_id}/hangup", status_code=204, summary="End a live call")
async def hang_up(found: Services, call_id: str) -> Response:
    """End the call for everyone."""
    await found.desk.hang_up(call_id)
    return Response(status_code=204)


@router.post("/{call_id}/transfer", status_code=204, summary="Transfer a live call")
async def transfer(found: Services, call_id: str, wanted: TransferCall) -> Response:
    """Connect the caller to another number."""
    await found.desk.transfer(call_id, wanted.to)
    return Response(status_code=204)
