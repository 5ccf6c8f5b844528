"""Operations: calls in which something was said. Words are sealed, so only a bounded number of calls is looked into."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.callers import Desk
from backend.api.faults import fault_of
from backend.api.parameters import Caller, Moment, check_period, known_parameters
from backend.api.views import CallView
from backend.domain.call import CallOutcome, Direction, Way
from backend.domain.private import Private
from backend.domain.search import CallQuery

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    403: fault_of("another role is needed"),
    503: fault_of("the database did not answer"),
}

router = APIRouter(
    prefix="/api/v1/calls/search",
    tags=["calls"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


class SaidQuery(BaseModel):
    """What was said, and in which calls to look."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[
        str, Field(min_length=2, max_length=200, repr=False, description="Words that were all said, in any order.")
    ]
    line: Annotated[str, Field(max_length=64)] = ""
    since: Moment | None = Field(
        default=None, description="Only calls that began at or after this time, with a time zone."
    )
    until: Moment | None = Field(default=None, description="Only calls that began before this time, with a time zone.")
    outcome: CallOutcome | None = None
    agent: Annotated[str, Field(max_length=128, description="One of the agents that spoke with the caller.")] = ""
    caller: Annotated[
        Caller | None, Field(repr=False, description="The number that called, or was called; or `withheld`.")
    ] = None
    direction: Direction | None = None
    way: Way | None = None
    live: bool | None = Field(default=None, description="true: only calls that go on; false: only past ones.")
    test: bool | None = None
    span: Annotated[int, Field(ge=1, le=1000, description="How many of the newest calls are searched.")] = 200


@router.post("", summary="Calls in which something was said")
async def search_calls(wanted: SaidQuery, found: Services, person: Person, desk: Desk, note: Noted) -> list[CallView]:
    """Of the newest calls that fit, those in which all these words were said, with the turns that have any of them.

    Words come in the body, and not into the audit. What is hidden in the record is not found.
    """
    check_period(wanted.since, wanted.until)
    query = CallQuery(
        outcome=wanted.outcome,
        line=wanted.line,
        agent=wanted.agent,
        since=wanted.since,
        until=wanted.until,
        caller=None if wanted.caller is None else Private(wanted.caller),
        direction=wanted.direction,
        way=wanted.way,
        live=wanted.live,
        test=wanted.test,
        lines=person.lines,
    )
    calls = await desk.book.saying(wanted.words, query, span=wanted.span)
    note.line, note.detail = wanted.line, {"span": wanted.span, "found": len(calls)}
    return [CallView.of(call, found.case_names) for call in calls]
