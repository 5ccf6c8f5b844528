"""Operations: a rehearsal made of a real call, with everybody and everything that it names replaced."""

import asyncio
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Live, Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.scope import call_seen
from backend.disguise.from_call import known_of, made_from, require_spoken

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such call, or nobody of that name in the suite"),
    409: fault_of("the call goes on, or nobody said anything in it"),
    503: fault_of("the records cannot be reached"),
}

router = APIRouter(
    prefix="/api/v1/store", tags=["store"], dependencies=[admitted, Depends(known_parameters)], responses=_FAULTS
)


class FromCall(BaseModel):
    """The call that a rehearsal is made of."""

    model_config = ConfigDict(extra="forbid")

    call_id: str = Field(min_length=1, max_length=64)
    suite: str = Field(default="", max_length=100, description="Whose people may stand for the caller. Left out: any.")
    caller: str = Field(default="", max_length=64, description="Which of them. Left out: the first who can.")


class FromCallView(BaseModel):
    """What was made. Nothing is kept: put the files into a draft when they have been looked over."""

    name: str = Field(examples=["main/from_call_3fa2c1"])
    files: dict[str, str] = Field(description="New files of the store, by name.")
    replaced: dict[str, int] = Field(description="How many of each kind are made up.")
    remarks: list[str] = Field(description="What to look at, a sentence each.")


@router.post("/rehearsals/from-call", summary="Make a rehearsal of a real call")
async def from_call(wanted: FromCall, found: Services, live: Live, person: Person, note: Noted) -> FromCallView:
    """What the caller said, with names, numbers, dates, places, addresses and mails replaced by made-up ones of the
    same kind, the same throughout the call; in doubt a word is replaced, too. Nothing that
    agents said is taken over. Secrets become those of somebody in a suite, whom its book of callers knows.
    """
    call = await call_seen(found, person, wanted.call_id)
    note.target, note.line = call.call_id, call.line
    store = live.store.store
    require_spoken(call, store)
    known = await known_of(call, found.cases, store)
    made = await asyncio.to_thread(
        made_from, call, store, found.rehearsals, known, suite=wanted.suite, caller=wanted.caller
    )
    return FromCallView(
        name=made.name, files=dict(made.files), replaced=dict(made.replaced), remarks=list(made.remarks)
    )
