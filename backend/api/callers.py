"""Operations: what is kept of one caller, shown or forgotten. Numbers come in bodies: addresses are logged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.domain.private import Private
from backend.engine.desk.caller_desk import CallerDesk
from backend.errors import CallNotFound

__all__ = ["MOST_CALLS", "router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    403: fault_of("another role is needed"),
    503: fault_of("the database did not answer"),
}

MOST_CALLS = 10_000
"""Of one number in an answer, which is held in memory beside calls. The command has no such limit."""

_WAITING = (
    "Entries of any caller that other workers have yet to write to the database. Some may be of this one: ask again "
    "when it is 0."
)

router = APIRouter(
    prefix="/api/v1/callers",
    tags=["callers"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


class CallerNumber(BaseModel):
    """Whose data."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[
        str,
        Field(
            pattern=r"^(\+[1-9][0-9]{6,14}|8:[A-Za-z0-9_:.-]+)$",
            max_length=256,
            description="The number as it stands in calls, such as +18005550123, or an identity of ACS.",
            repr=False,
        ),
    ]


class CallerDataView(BaseModel):
    """Everything that is kept of a number."""

    at: datetime
    calls: list[Mapping[str, Any]] = Field(description="Calls with their turns.")
    cases: list[Mapping[str, Any]] = Field(description="Cases of those calls, filed or not.")
    callbacks: list[Mapping[str, Any]] = Field(description="Requests for a call back.")
    recordings: list[Mapping[str, Any]] = Field(
        description="Recordings of those calls; the sound of each is at `/api/v1/calls/ID/recording/audio`."
    )
    audit: list[Mapping[str, Any]] = Field(description="What agents did in those calls.")
    waiting: int = Field(0, description=_WAITING)


class ForgottenView(BaseModel):
    """What was deleted of a number, and what was not."""

    calls: int
    cases: int
    drafts: int
    callbacks: int
    recordings: int = Field(0, description="Calls whose recording was deleted.")
    cases_kept: int = Field(description="Filed cases that stay, without the number; FORGET_CLAIMS deletes them, too.")
    live: int = Field(description="Calls that still go on: forget again when they are over.")
    waiting: int = Field(0, description=_WAITING)


async def _desk(services: Services) -> CallerDesk:
    if services.callers is None:
        raise CallNotFound("this server stores nothing about callers")
    return services.callers


Desk = Annotated[CallerDesk, Depends(_desk)]


@router.post(
    "/export",
    response_model=CallerDataView,
    responses={409: fault_of(f"more than {MOST_CALLS} calls are kept of it: `ringmaster caller export` gives all")},
)
async def export_caller(wanted: CallerNumber, desk: Desk, note: Noted) -> CallerDataView:
    """Everything that is kept of a caller's number, for whoever has a right to see it."""
    data = await desk.export(Private(wanted.number).reveal(), most=MOST_CALLS)
    note.detail = {"calls": len(data.calls), "cases": len(data.cases)}
    assert data.at is not None
    return CallerDataView(
        at=data.at,
        calls=list(data.calls),
        cases=list(data.cases),
        callbacks=list(data.callbacks),
        recordings=list(data.recordings),
        audit=list(data.audit),
        waiting=data.waiting,
    )


@router.post("/forget", response_model=ForgottenView)
async def forget_caller(wanted: CallerNumber, desk: Desk, note: Noted) -> ForgottenView:
    """Delete everything of a caller's number. Filed cases stay, without the number, unless FORGET_CLAIMS is set."""
    done = await desk.forget(wanted.number)
    view = ForgottenView(**{name: getattr(done, name) for name in ForgottenView.model_fields})
    note.detail = view.model_dump()
    return view
