"""Operations: callers who wish to be called back."""

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from backend.api.access import Services, operations
from backend.api.faults import Fault
from backend.api.parameters import Limit, Word, known_parameters
from backend.domain.callback import CallbackWish

__all__ = ["CallbackView", "router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    503: {"model": Fault, "description": "the database did not answer"},
}

router = APIRouter(
    prefix="/api/v1/callbacks",
    tags=["calls"],
    dependencies=[Depends(operations), Depends(known_parameters)],
    responses=_FAULTS,
)


class CallbackView(BaseModel):
    """One wish to be called back."""

    call_id: str
    line: str
    number: str
    name: str
    reason: str
    requested_at: datetime

    @classmethod
    def of(cls, wish: CallbackWish) -> "CallbackView":
        """As it is kept."""
        return cls(
            call_id=wish.call_id,
            line=wish.line,
            number=wish.number,
            name=wish.name,
            reason=wish.reason,
            requested_at=wish.requested_at,
        )


@router.get("", summary="Wishes to be called back, the newest first")
async def list_callbacks(found: Services, limit: Limit = 50, line: Word | None = None) -> list[CallbackView]:
    """All of them, or those of one line."""
    return [CallbackView.of(wish) for wish in await found.callbacks.list(limit=limit, line=line)]
