"""How it went over time, and what went wrong last."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response

from backend.api.access import Person, Services
from backend.api.audited import admitted
from backend.api.history_views import FaultView, HistoryView
from backend.api.parameters import Limit, Moment, Word, known_parameters, wrong
from backend.api.scope import prices_for
from backend.domain.history import History, HistoryQuery
from backend.domain.principal import Principal
from backend.errors import Unavailable

__all__ = ["router"]

_MOST_DAYS, _MOST_HOURS = 92, 7 * 24
_USUAL = timedelta(days=7)

router = APIRouter(
    prefix="/api/v1/health", tags=["health"], dependencies=[admitted, Depends(known_parameters)]
)  # fmt: skip


async def _query(
    person: Person,
    since: Annotated[Moment | None, Query(description="Default: seven days before `until`.")] = None,
    until: Annotated[Moment | None, Query(description="Default: now.")] = None,
    line: Annotated[Word | None, Query(description="Only this line.")] = None,
    by: Annotated[
        Literal["hour", "day"], Query(description="How it is cut: into at most 168 hours, or at most 92 days.")
    ] = "day",
    zone: Annotated[Word, Query(description="Whose days they are, as `America/Chicago`.")] = "UTC",
) -> HistoryQuery:
    end = until or datetime.now(UTC)
    begin = since or end - _USUAL
    if begin >= end:
        raise wrong(("since", "expected a moment before `until`"))
    most = timedelta(hours=_MOST_HOURS) if by == "hour" else timedelta(days=_MOST_DAYS)
    if end - begin > most + timedelta(days=1):
        raise wrong(("since", f"expected at most {_MOST_HOURS if by == 'hour' else _MOST_DAYS} {by}s before `until`"))
    begin, end = (moment.astimezone(UTC) for moment in (begin, end))
    return HistoryQuery(since=begin, until=end, by=by, zone=_zone(zone), line=line or "", lines=person.lines)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, LookupError) as error:
        raise wrong(("zone", f"expected a time zone as America/Chicago, got {name!r}")) from error


@router.get("/history", summary="How it went over time", response_model=HistoryView)
async def history(found: Services, person: Person, query: Annotated[HistoryQuery, Depends(_query)]) -> Response:
    """Calls, outcomes, waits, repairs, refusals, what calls took and cost, and faults, by line and hour or day.

    Counted by the hour since the first version that did so, and kept for 400 days, also where calls are deleted. A call
    counts in the hour in which it began, when it is over; tests are left out. Hours are whole hours of UTC.
    """
    if found.history is None:
        raise Unavailable("database", "this server keeps no history")
    told = await found.history.history(query)
    return await asyncio.to_thread(_page, told, query, found, person)


def _page(told: History, query: HistoryQuery, found: Services, person: Principal) -> Response:
    faults = person.may("operator")
    view = HistoryView.of(told, query, found, prices_for(found, person), faults=faults)
    return Response(view.model_dump_json(), media_type="application/json")


@router.get("/faults", summary="What went wrong last")
async def faults(found: Services, person: Person, limit: Limit = 100) -> list[FaultView]:
    """The last faults of all workers, the newest first, each with what it means and what to do. A thousand are kept.

    Who is limited to some lines sees those of their calls.
    """
    if found.history is None:
        raise Unavailable("database", "this server keeps no history")
    return [FaultView.of(one, found) for one in await found.history.faults(limit=limit, lines=person.lines)]
