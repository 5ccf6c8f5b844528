"""Operations: filed claims."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from backend.api.access import Services, operations
from backend.api.faults import Fault
from backend.api.views import ClaimView
from backend.errors import CallNotFound

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    404: {"model": Fault, "description": "no such claim"},
    503: {"model": Fault, "description": "the database did not answer"},
}

router = APIRouter(prefix="/api/v1/claims", tags=["claims"], dependencies=[Depends(operations)], responses=_FAULTS)


@router.get("", summary="Filed claims, the newest first")
async def list_claims(
    found: Services, limit: Annotated[int, Query(ge=1, le=200)] = 50, policy_id: str | None = None
) -> list[ClaimView]:
    """All claims, or those of one policy."""
    return [ClaimView.of(claim) for claim in await found.claims.list(limit=limit, policy_id=policy_id)]


@router.get("/{claim_id}", summary="One filed claim")
async def get_claim(found: Services, claim_id: str) -> ClaimView:
    """Everything that the caller reported."""
    claim = await found.claims.get(claim_id)
    if claim is None:
        raise CallNotFound(f"no claim {claim_id}")
    return ClaimView.of(claim)
