"""Operations: callers who wish to be called back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from backend.api.access import Person, Services
from backend.api.audited import admitted
from backend.api.faults import Fault
from backend.api.parameters import Limit, Word, known_parameters, wrong
from backend.domain.callback import CallbackWish

__all__ = ["CallbackView", "router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    503: {"model": Fault, "description": "the database did not answer"},
}

router = APIRouter(
    prefix="/api/v1/callbacks",
    tags=["calls"],
    dependencies=[admitted, Depends(known_parameters)],
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
    test: bool = Field(description="Did it come from a test, so that nobody waits for a call back?")

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
            test=wish.test,
        )


@router.get("", summary="Requests for a call back, newest first")
async def list_callbacks(
    found: Services,
    person: Person,
    limit: Limit = 50,
    line: Word | None = None,
    test: Annotated[bool | None, Query(description="true: only those of tests; false: only of real calls.")] = None,
    before: Annotated[Word | None, Query(description="The `call_id` of the last entry of the page before.")] = None,
) -> list[CallbackView]:
    """All of them, or those that fit. Those of tests are listed with their mark, as calls are.

    The next page: `before` with the `call_id` of the last one of this.
    """
    last = await found.callbacks.get(before) if before else None
    if before and (last is None or not person.sees(last.line)):
        raise wrong(("before", f"expected the call_id of a wish, got {before!r}"))
    wishes = await found.callbacks.list(limit=limit, line=line, test=test, before=before or "", lines=person.lines)
    return [CallbackView.of(wish) for wish in wishes]
