"""Operations: calls live and past, placing, transferring and ending them."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.cost_views import CallTotalsView
from backend.api.faults import fault_of
from backend.api.known_live import known_live
from backend.api.parameters import Caller, Limit, Moment, Word, check_period, known_parameters, wrong
from backend.api.scope import call_seen, chosen_line, prices_for, require_call, require_destination, way_for
from backend.api.services import ApiServices
from backend.api.totals import TOTAL_HEADERS, tell_totals
from backend.api.views import CallSummary, CallView, PlaceCall, PressKeys, TransferCall, WhisperToAgent
from backend.api.written import place_of
from backend.domain.call import CallOutcome, CallRecord, Direction, Way
from backend.domain.call_use import UseTotals
from backend.domain.dialing import outline
from backend.domain.private import Private
from backend.domain.search import CallQuery, Totals
from backend.errors import CallRefused

__all__ = ["listed", "router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such call"),
    409: fault_of("not possible now"),
    503: fault_of("a service that is needed did not answer"),
}

router = APIRouter(
    prefix="/api/v1/calls",
    tags=["calls"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


async def _query(
    person: Person,
    outcome: CallOutcome | None = None,
    line: Word | None = None,
    agent: Annotated[Word | None, Query(description="One of the agents that spoke with the caller.")] = None,
    since: Annotated[
        Moment | None, Query(description="Only calls that began at or after this time, with a time zone.")
    ] = None,
    until: Annotated[Moment | None, Query(description="Only calls that began before this time.")] = None,
    caller: Annotated[Caller | None, Query(description="The number that called, or was called; or `withheld`.")] = None,
    connection_id: Annotated[Word | None, Query(description="The call of one connection, of ACS or of a room.")] = None,
    direction: Annotated[
        Direction | None, Query(description="Which kind: `browser` for sessions of applications and for softphones.")
    ] = None,
    way: Annotated[Way | None, Query(description="By which way they came or went.")] = None,
    live: Annotated[bool | None, Query(description="true: only calls that go on; false: only past ones.")] = None,
    test: Annotated[bool | None, Query(description="true: only tests; false: only real calls.")] = None,
) -> CallQuery:
    check_period(since, until)
    return CallQuery(
        outcome=outcome,
        line=line or "",
        agent=agent or "",
        since=since,
        until=until,
        caller=None if caller is None else Private(caller),
        connection_id=connection_id or "",
        direction=direction,
        way=way,
        test=test,
        live=live,
        lines=person.lines,
    )


@router.get("", summary="Calls, the newest first", responses={200: TOTAL_HEADERS})
async def list_calls(
    found: Services,
    person: Person,
    response: Response,
    query: Annotated[CallQuery, Depends(_query)],
    limit: Limit = 50,
    before: Annotated[
        Word | None, Query(description="The `call_id` of the last entry of the page before, or a time.")
    ] = None,
) -> list[CallSummary]:
    """Live calls and past ones; all filters must fit. Tests are listed with their mark and left out of the total.

    The next page: `before` with the `call_id` of the last call of this one. A moment does, too (its `started_at`), but
    may skip calls that began in the same microsecond.
    """
    calls, prices = await listed(found, response, query, limit, before), prices_for(found, person)
    return [CallSummary.of(call, found.case_names, prices=prices) for call in calls]


@router.get("/totals", summary="What calls took together, and what that costs")
async def call_totals(found: Services, person: Person, query: Annotated[CallQuery, Depends(_query)]) -> CallTotalsView:
    """Of all calls that fit, on all pages, with the filters of the list. Live ones count with what they took so far.

    Tests are left out, unless `test=true` asks for them. Money is for operators.
    """
    query = replace(query, test=bool(query.test))
    live = {call.call_id: call for call in found.desk.live()}
    past = await found.records.use(query, without=live)
    now = UseTotals.of(call.use for call in live.values() if query.fits(call))
    return CallTotalsView.of(past + now, prices_for(found, person))


async def listed(
    found: ApiServices, response: Response, query: CallQuery, limit: int, before: str | None
) -> list[CallRecord]:
    """A page of calls, live ones as they are now; the totals go into the answer's head."""
    # A live call is listed as it is now: its record is written a little later, and by itself.
    live = {call.call_id: call for call in found.desk.live()}
    fitting = [call for call in live.values() if query.fits(call)]
    total = await found.records.count(query, without=live) + _counted(fitting)
    tell_totals(response, total, query.test)
    moment, last = await _place(found, query, before, live)
    past = await found.records.list(query, limit=limit, before=moment, before_id=last, without=live)
    # A long call is older than those that have ended meanwhile: without its place in the order a page would skip some.
    calls = [*past, *(call for call in fitting if moment is None or _key(call) < (moment, last))]
    calls.sort(key=_key, reverse=True)
    return calls[:limit]


async def _place(
    found: ApiServices, query: CallQuery, before: str | None, live: dict[str, CallRecord]
) -> tuple[datetime | None, str]:
    """Where the page begins: behind a moment, and behind a call that began then."""
    if before is None:
        return None, ""
    if moment := place_of(before):
        return moment, ""
    call = live.get(before) or await found.records.get(before)
    if call is None or (query.lines is not None and call.line not in query.lines):
        raise wrong(("before", f"expected the call_id of a call, or a moment, got {before!r}"))
    return call.started_at, call.call_id


def _key(call: CallRecord) -> tuple[datetime, str]:
    return call.started_at, call.call_id


def _counted(calls: list[CallRecord]) -> Totals:
    tests = sum(call.test for call in calls)
    return Totals(len(calls) - tests, tests)


@router.post("", status_code=201, summary="Place a call")
async def place_call(found: Services, person: Person, note: Noted, wanted: PlaceCall) -> CallSummary:
    """Call somebody; the line's entry agent speaks when they answer. `via`, `trunk` and `number` choose the way; what
    is left out is the line's. Who is busy or does not answer makes it a call with the outcome `rejected`.

    After `provider.timed_out` nobody knows whether it rings: if somebody answers, the call is held all the same. It is
    listed meanwhile, for 90 seconds at most.
    """
    line = chosen_line(found, person, wanted.line)
    note.line, note.detail = line or "", {"to": outline(wanted.to)}
    require_destination(person, wanted.to)
    call = await found.desk.place(wanted.to, line, way_for(found, person, wanted, line))
    note.target, note.line = call.call_id, call.line
    return CallSummary.of(call, found.case_names)


@router.get("/{call_id}", summary="One call with its turns")
async def get_call(found: Services, person: Person, note: Noted, call_id: str) -> CallView:
    """Turns with what was understood, said and heard, their latencies, and the agent at each."""
    call = await call_seen(found, person, call_id)
    note.line = call.line
    prices = prices_for(found, person)
    return CallView.of(call, found.case_names, prices=prices, whole=person.may("operator"))


@router.post("/{call_id}/hangup", status_code=204, summary="End a live call")
async def hang_up(found: Services, person: Person, call_id: str) -> Response:
    """End the call for everyone."""
    await require_call(found, person, call_id)
    async with known_live(found, call_id):
        await found.desk.hang_up(call_id)
    return Response(status_code=204)


@router.post("/{call_id}/transfer", status_code=204, summary="Transfer a live call")
async def transfer(found: Services, person: Person, note: Noted, call_id: str, wanted: TransferCall) -> Response:
    """Connect the caller to another number."""
    await require_call(found, person, call_id)
    note.detail = {"to": outline(wanted.to)}
    require_destination(person, wanted.to)
    async with known_live(found, call_id):
        await found.desk.transfer(call_id, wanted.to)
    return Response(status_code=204)


@router.post("/{call_id}/whisper", status_code=204, summary="Tell the agent of a live call something")
async def whisper(found: Services, person: Person, note: Noted, call_id: str, wanted: WhisperToAgent) -> Response:
    """Something that the caller does not hear, for the agent's next answer. It confirms nothing for the caller."""
    call = await call_seen(found, person, call_id)
    note.line, note.detail = call.line, {"letters": len(wanted.text)}
    if found.supervision is None:
        raise CallRefused("this server lets nobody whisper")
    async with known_live(found, call_id):
        await found.supervision.whisper(call_id, wanted.text, person.who)
    return Response(status_code=204)


@router.post("/{call_id}/keys", status_code=204, summary="Press keys in a live call")
async def press(found: Services, person: Person, call_id: str, wanted: PressKeys) -> Response:
    """Press keys of a telephone for the other side to hear, as for the menu of whoever was called."""
    await require_call(found, person, call_id)
    async with known_live(found, call_id):
        await found.desk.press(call_id, wanted.keys)
    return Response(status_code=204)
