"""Administrators: what people and agents did."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from backend.api.access import Services
from backend.api.audited import admitted
from backend.api.faults import fault_of
from backend.api.parameters import Limit, Moment, Word, check_period, known_parameters
from backend.domain.audit import AuditQuery, KeptEntry

__all__ = ["AuditView", "router"]

router = APIRouter(
    prefix="/api/v1/audit",
    tags=["people"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={
        401: fault_of("no key, or the wrong one"),
        403: fault_of("not with these roles"),
        503: fault_of("the database did not answer"),
    },
)

Actor = Annotated[str, Field(min_length=1, max_length=256)]


class AuditView(BaseModel):
    """One entry."""

    id: int
    at: datetime
    actor: str = Field(description="Who it was, as the server knows it: `key:NAME`, `entra:NAME`, `local`, `agent`.")
    action: str
    target: str = Field(description="What it was done to: a call, a case, a file, a key.")
    line: str
    before: str = Field(description="Version, hash or state before; never a caller's words.")
    after: str
    outcome: str = Field(description="`ok`, or the code of the error that came of it.")
    note: str = Field(description="What the client said of itself (`X-Actor`); it proves nothing.")
    call_id: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, kept: KeptEntry) -> "AuditView":
        """As it is kept."""
        names = [name for name in cls.model_fields if name not in ("id", "detail")]
        values = {name: getattr(kept.entry, name) for name in names}
        return cls(id=kept.id, detail=dict(kept.entry.detail), **values)


async def _query(
    actor: Annotated[Actor | None, Query(description="Only entries of this actor, as entries name it.")] = None,
    action: Annotated[
        Word | None, Query(description="Only this action, such as `calls.place`; `calls` for all that begin with it.")
    ] = None,
    target: Annotated[Actor | None, Query(description="The call, case, file or key.")] = None,
    call_id: Annotated[Word | None, Query(description="The call in which an agent did it.")] = None,
    by: Annotated[Literal["people", "agents"] | None, Query(description="Only what people, or agents, did.")] = None,
    since: Annotated[Moment | None, Query(description="Only entries at or after this time, with a time zone.")] = None,
    until: Annotated[Moment | None, Query(description="Only entries before this time, with a time zone.")] = None,
) -> AuditQuery:
    check_period(since, until)
    return AuditQuery(
        actor=actor or "",
        action=action or "",
        target=target or "",
        call_id=call_id or "",
        people=None if by is None else by == "people",
        since=since,
        until=until,
    )


@router.get("", summary="The audit log, newest first")
async def list_audit(
    found: Services,
    query: Annotated[AuditQuery, Depends(_query)],
    limit: Limit = 50,
    before: Annotated[
        int, Query(ge=0, le=2**62, description="The `id` of the last entry of the page before; 0 for the first page.")
    ] = 0,
) -> list[AuditView]:
    """Who did what, when, and what it was before and after. All filters must fit. The next page: `before`."""
    if found.audit is None:
        return []
    return [AuditView.of(kept) for kept in await found.audit.list(query, limit=limit, before=before)]
