"""Operations: a rehearsal made of a real call, with everybody and everything that it names replaced."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.agents.rehearsals import SUITE
from backend.agents.store import AgentStore
from backend.api.access import Live, Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import Fault
from backend.api.parameters import known_parameters
from backend.api.scope import call_seen
from backend.api.services import ApiServices
from backend.disguise.cast import Cast, cast_of
from backend.disguise.rehearsal import MadeRehearsal, personal_fields, rehearsal_of
from backend.domain.call import CallRecord
from backend.errors import NotInStore, RunRefused

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: {"model": Fault, "description": "no key, or the wrong one"},
    404: {"model": Fault, "description": "no such call, or nobody of that name in the suite"},
    409: {"model": Fault, "description": "the call goes on, or nobody said anything in it"},
    503: {"model": Fault, "description": "the records cannot be reached"},
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
    if call.outcome is None or not any(turn.caller_text for turn in call.turns):
        raise RunRefused("a rehearsal is made of a call that is over and in which somebody spoke")
    if call.line not in store.lines:
        raise NotInStore(f"there is no line {call.line} any more")
    known = await _known(found, call, store)
    made = await asyncio.to_thread(_made, call, store, found.rehearsals, wanted, known)
    return FromCallView(
        name=made.name, files=dict(made.files), replaced=dict(made.replaced), remarks=list(made.remarks)
    )


def _made(
    call: CallRecord, store: AgentStore, servers: Path | None, wanted: FromCall, known: list[str]
) -> MadeRehearsal:
    parts = [part.name for identity in store.identities.values() for part in identity.parts]
    cast = _cast(_suites(store.files, servers, call.line), parts, wanted)
    if cast is None and (wanted.suite or wanted.caller):
        raise NotInStore(f"nobody in the suite {wanted.suite or 'of any name'} can answer for {', '.join(parts)}")
    return rehearsal_of(call, store, cast, known)


def _suites(files: Mapping[str, str], servers: Path | None, line: str) -> dict[str, str]:
    """Every ``suite.yaml`` of a line by the suite's name; of two of the same name that of the store."""
    found: dict[str, str] = {}
    for path in sorted(servers.rglob(SUITE)) if servers is not None and servers.is_dir() else ():
        found[path.parent.name] = path.read_text("utf-8", errors="replace")
    found |= {name.split("/")[1]: text for name, text in files.items() if name.endswith(f"/{SUITE}")}
    return {name: text for name, text in found.items() if f"line: {line}\n" in f"{text}\n"}


def _cast(suites: Mapping[str, str], parts: list[str], wanted: FromCall) -> Cast | None:
    asked = [name for name in suites if wanted.suite in {"", name}]
    people = (cast_of(name, suites[name], parts, wanted.caller) for name in asked) if parts else ()
    return next((one for one in people if one is not None), None)


async def _known(found: ApiServices, call: CallRecord, store: AgentStore) -> list[str]:
    """What the record knows of this caller."""
    known = [call.caller.reveal(), call.called.reveal()]
    for form in store.forms:
        case = await found.cases.draft(call.call_id, form)
        if case is not None:
            personal = personal_fields(store, form)
            known += [text for name, value in case.fields.items() if name in personal for text in _texts(value)]
    return known


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for inside in value.values() for text in _texts(inside)]
    if isinstance(value, list | tuple):
        return [text for inside in value for text in _texts(inside)]
    return [value] if isinstance(value, str) else []
