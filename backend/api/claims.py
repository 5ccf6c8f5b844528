"""Operations: claims that were filed, and drafts that broke off."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from backend.api.access import Person, Services
from backend.api.audited import admitted
from backend.api.faults import Fault
from backend.api.parameters import Caller, Limit, Moment, Word, check_period, known_parameters, place_of, wrong
from backend.api.scope import require_claim
from backend.api.services import ApiServices
from backend.api.totals import TOTAL_HEADERS, tell_totals
from backend.api.views import ClaimView, FoundClaimView
from backend.domain.private import Private
from backend.domain.search import ClaimQuery, ClaimStatus
from backend.errors import CallNotFound

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    404: {"model": Fault, "description": "no such claim"},
    503: {"model": Fault, "description": "the database did not answer"},
}
_STATUS = (
    "`draft`: not filed, whether its call goes on or not. `broken_off`: a draft whose call is over. `any`: all of them."
)

router = APIRouter(
    prefix="/api/v1/claims",
    tags=["claims"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


async def _query(
    person: Person,
    status: Annotated[ClaimStatus, Query(description=_STATUS)] = "filed",
    line: Word | None = None,
    agent: Annotated[Word | None, Query(description="One of the agents that spoke with the caller.")] = None,
    since: Annotated[Moment | None, Query(description="Filed (a draft: last changed) then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Filed (a draft: last changed) before then.")] = None,
    caller: Annotated[Caller | None, Query(description="The caller's number, or `withheld`.")] = None,
    policy_id: Word | None = None,
    verified: Annotated[bool | None, Query(description="Was it known who called?")] = None,
    test: Annotated[bool | None, Query(description="Only those of tests, or only of calls that are none.")] = None,
) -> ClaimQuery:
    check_period(since, until)
    return ClaimQuery(
        status=status,
        line=line or "",
        agent=agent or "",
        since=since,
        until=until,
        caller=None if caller is None else Private(caller),
        policy_id=policy_id or "",
        verified=verified,
        test=test,
        lines=person.lines,
    )


@router.get("", summary="Claims, the newest first", responses={200: TOTAL_HEADERS})
async def list_claims(
    found: Services,
    response: Response,
    query: Annotated[ClaimQuery, Depends(_query)],
    limit: Limit = 50,
    before: Annotated[Word | None, Query(description="The `call_id` or `claim_id` of the last one seen.")] = None,
) -> list[FoundClaimView]:
    """Filed claims, or drafts where `status` asks for them; all filters must fit.

    Claims of tests are listed with their mark and left out of the total. The next page: `before` with the `call_id` of
    the last claim of this one; a moment does, too, but may skip claims of the same microsecond.
    """
    tell_totals(response, await found.claim_search.count(query), query.test)
    moment, last = await _place(found, query, before)
    claims = await found.claim_search.list(query, limit=limit, before=moment, before_id=last)
    return [FoundClaimView.found(claim) for claim in claims]


async def _place(found: ApiServices, query: ClaimQuery, before: str | None) -> tuple[datetime | None, str]:
    if before is None:
        return None, ""
    if moment := place_of(before):
        return moment, ""
    claim = await found.claim_search.find(before)
    if claim is None or (query.lines is not None and claim.line not in query.lines):
        raise wrong(("before", f"expected the call_id or claim_id of a claim, or a moment, got {before!r}"))
    return claim.moment, claim.claim.call_id


@router.get("/{claim_id}", summary="One filed claim")
async def get_claim(found: Services, person: Person, claim_id: str) -> ClaimView:
    """Everything that the caller reported."""
    await require_claim(found, person, claim_id)
    claim = await found.claims.get(claim_id)
    if claim is None:
        raise CallNotFound(f"no claim {claim_id}")
    return ClaimView.of(claim)
