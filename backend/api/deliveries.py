"""Operations: what other systems were to be told of cases, and could not be."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import Fault
from backend.api.parameters import Limit, known_parameters
from backend.api.services import ApiServices
from backend.domain.case_delivery import CaseDelivery, DeliveryEvent, DeliveryState
from backend.errors import CallNotFound
from backend.ports import CaseDeliveries

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    404: {"model": Fault, "description": "none of them is there"},
    503: {"model": Fault, "description": "the database did not answer"},
}

router = APIRouter(
    prefix="/api/v1/deliveries",
    tags=["cases"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


class DeliveryView(BaseModel):
    """One message about a case."""

    id: str = Field(description="The receiver knows the message again by it: `Idempotency-Key`.")
    event: DeliveryEvent
    state: DeliveryState
    call_id: str
    form: str
    line: str
    tries: int
    created_at: datetime
    next_at: datetime = Field(description="When it is tried next; of one that was sent, when that was.")
    fault: str = Field(description="Why the last try came to nothing.")

    @classmethod
    def of(cls, one: CaseDelivery) -> "DeliveryView":
        """As it is kept."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class SendAgain(BaseModel):
    """Which are sent again."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]] | None = Field(
        default=None, max_length=200, description="Left out: all that were given up."
    )


class SentAgain(BaseModel):
    """How many are tried anew."""

    count: int


@router.get("", summary="Messages about cases, the newest first")
async def list_deliveries(
    found: Services,
    person: Person,
    state: Annotated[
        DeliveryState, Query(description="`dead`: refused, or tried in vain; `waiting`: tried again by themselves.")
    ] = "dead",
    limit: Limit = 50,
) -> list[DeliveryView]:
    """They hold nothing of a case but its call. What was sent is listed for seven days."""
    if found.deliveries is None:
        return []
    listed = await found.deliveries.list(state, limit=limit, lines=person.lines)
    return [DeliveryView.of(one) for one in listed]


@router.post("/send-again", summary="Send messages again that were given up")
async def send_again(found: Services, person: Person, note: Noted, wanted: SendAgain) -> SentAgain:
    """Within some seconds, with the case as it stands then, and under the same id."""
    if wanted.ids is not None and not wanted.ids:
        return SentAgain(count=0)
    done = await _book(found).send_again(wanted.ids, datetime.now().astimezone(), person.lines)
    if wanted.ids and not done:
        raise CallNotFound("none of these messages was given up")
    note.detail = {"count": len(done)}
    return SentAgain(count=len(done))


def _book(found: ApiServices) -> CaseDeliveries:
    if found.deliveries is None:
        raise CallNotFound("this server tells nobody of cases")
    return found.deliveries
