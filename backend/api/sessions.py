"""Sessions: agents in rooms of browsers and apps. A session is a call, and its record is the call's."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.calls import listed
from backend.api.faults import fault_of
from backend.api.livekit import Sessions, own_room, pass_for
from backend.api.parameters import Limit, Word, known_parameters
from backend.api.scope import call_seen, chosen_line, prices_for
from backend.api.session_views import AskToken, SessionSummary, SessionView, StartedView, StartSession
from backend.api.totals import TOTAL_HEADERS
from backend.domain.search import CallQuery
from backend.engine.desk.session_desk import SessionWish

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such session"),
    409: fault_of("not possible: no LiveKit server is set, or no such line or agent"),
    429: fault_of("too often; wait a little"),
    503: fault_of("the LiveKit server did not do it"),
}

router = APIRouter(
    prefix="/api/v1/sessions",
    tags=["livekit"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


@router.get("", summary="Sessions, the newest first", responses={200: TOTAL_HEADERS})
async def list_sessions(
    found: Services,
    response: Response,
    person: Person,
    line: Word | None = None,
    limit: Limit = 50,
    before: Annotated[
        Word | None, Query(description="The `session_id` of the last entry of the page before, or a time.")
    ] = None,
) -> list[SessionSummary]:
    """Those under way and past ones. They are calls, too, and listed there with the direction `browser`."""
    query = CallQuery(direction="browser", way="livekit", line=line or "", lines=person.lines)
    calls, prices = await listed(found, response, query, limit, before), prices_for(found, person)
    return [SessionSummary.of(call, found.case_names, prices=prices) for call in calls]


@router.post("", status_code=201, summary="Begin a session")
async def start(
    request: Request, response: Response, found: Services, desk: Sessions, person: Person, note: Noted,
    wanted: StartSession,
) -> StartedView:  # fmt: skip
    """Make a room, have an agent sent into it, and give the caller's pass. Within a minute they must enter.

    With a `key` it is idempotent: the same session and a new pass, and no second agent (status 200). What could not be
    begun may be asked for again with its key; the key of a session that has ended is refused (409).
    """
    request.app.state.request_limit.count(person.who)
    own_room(person, wanted.room)
    plan = wanted.plan(chosen_line(found, person, wanted.line))
    started = await desk.start(SessionWish(plan, wanted.room or "", wanted.key or "", wanted.test), person.who)
    record = started.record
    note.target, note.line = record.call_id, record.line
    if not started.new:
        response.status_code = 200
    identity = wanted.identity or record.caller.reveal()
    enter = pass_for(desk, AskToken(variables={}), started.room, record.call_id, identity=identity)
    return StartedView(session=SessionSummary.of(record, found.case_names), enter=enter)


@router.get("/{session_id}", summary="One session with its log and turns")
async def get_session(found: Services, person: Person, note: Noted, session_id: str) -> SessionView:
    """Its state, what happened in it, and the turns of its call."""
    call = await call_seen(found, person, session_id)
    note.line = call.line
    return SessionView.of(call, found.case_names, prices=prices_for(found, person), whole=person.may("operator"))


@router.post("/{session_id}/end", status_code=204, summary="End a session")
async def end(found: Services, desk: Sessions, person: Person, note: Noted, session_id: str) -> Response:
    """End it for everyone, whether it has begun or not; one that has ended stays as it is."""
    call = await call_seen(found, person, session_id)
    note.line = call.line
    await desk.end(call)
    return Response(status_code=204)
