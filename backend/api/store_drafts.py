"""Operations: what somebody changes in the store before it goes live. Drafts, and the check while one types."""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response

from backend.agents.edit import changed_files
from backend.agents.schema import FILES, schema_of
from backend.agents.store import AgentStore
from backend.api.access import Live, Person
from backend.api.audited import Noted, admitted
from backend.api.faults import StoreFault, fault_of, problems_of
from backend.api.parameters import known_parameters
from backend.api.services import LiveServices
from backend.api.store_views import CheckView, DraftedFiles, OwnDraftView, SomeDraftView
from backend.domain.store_draft import StoreDraft
from backend.errors import EditConflict, EditUnguarded, StoreError

__all__ = ["router", "store_of"]

_NONE = "none"
"""ETag where there is no draft."""

router = APIRouter(
    prefix="/api/v1/store",
    tags=["store"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={
        401: fault_of("no key, or the wrong one"),
        404: fault_of("the version that it is made from is not known"),
        409: fault_of("a file has a name or a letter that no store has"),
        412: fault_of("it has changed since it was read"),
        428: fault_of("If-Match is missing"),
    },
)


async def _over(if_match: Annotated[str | None, Header(description="ETag that was read.")] = None) -> str:
    if if_match is None:
        raise EditUnguarded("say which draft this takes the place of: If-Match with its ETag")
    stamp = if_match.strip().removeprefix("W/").strip('"')
    return "" if stamp == _NONE else stamp


Over = Annotated[str, Depends(_over)]


@router.get("/drafts", summary="Who is changing what")
async def drafts(live: Live) -> list[SomeDraftView]:
    """Everybody's drafts, the one that was changed last first, without their texts."""
    return [SomeDraftView.of(one) for one in await live.drafts.list()]


@router.get("/drafts/mine", summary="One's own draft")
async def own(live: Live, person: Person, response: Response) -> OwnDraftView:
    """What the person who asks has changed and not put live; without files where that is nothing."""
    draft = await live.drafts.of(person.who)
    if draft is None:
        draft = StoreDraft(person.who, live.store.store.version, datetime.now(UTC))
        response.headers["ETag"] = f'"{_NONE}"'
    else:
        response.headers["ETag"] = f'"{draft.stamp}"'
    return OwnDraftView.of(draft)


@router.put("/drafts/mine", summary="Keep one's own draft")
async def keep(
    wanted: DraftedFiles, live: Live, person: Person, note: Noted, over: Over, response: Response
) -> OwnDraftView:
    """Keep it as it stands, sound or not; it is nobody else's, and nothing goes live by it.

    ``If-Match`` is the ETag of ``GET``, so that what was written at another machine is not lost: that is a 412.
    """
    note.quiet = True  # it is kept while somebody types, and nothing of it is live
    if wanted.files:
        changed_files(wanted.files, None, person.who)  # names and letters that no store has are refused at once
    draft = StoreDraft(person.who, wanted.base, datetime.now(UTC), dict(wanted.files))
    if not await live.drafts.keep(draft, over):
        raise _changed()
    response.headers["ETag"] = f'"{draft.stamp}"'
    return OwnDraftView.of(draft)


@router.delete("/drafts/mine", status_code=204, summary="Throw one's own draft away")
async def drop(live: Live, person: Person, over: Over) -> Response:
    """Once it is live, or not wanted any more."""
    if not await live.drafts.drop(person.who, over):
        raise _changed()
    return Response(status_code=204)


@router.post("/check", summary="Say what is wrong with a draft")
async def check(wanted: DraftedFiles, live: Live, person: Person, note: Noted) -> CheckView:
    """The whole check of the store, had it these files. The answer is 200 whatever is wrong; nothing is kept."""
    note.quiet = True  # it is asked while somebody types, and changes nothing
    now = live.store.store
    names = now.files.keys() | wanted.files.keys()
    try:
        store = await store_of(live, wanted, person.who)
    except StoreError as error:
        return CheckView(live=now.version, problems=[_named(one, names) for one in problems_of(error)])
    warnings = [_named(StoreFault(file=one.file, line=one.line, message=one.message), names) for one in store.warnings]
    return CheckView(live=now.version, version=store.version, problems=[], warnings=warnings, lines=sorted(store.lines))


@router.get("/schemas", summary="What may stand in the files")
async def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of YAML file, as editors read it: `agent`, `line`, `form`, `phrases` and so on."""
    return await asyncio.to_thread(_schemas)


@lru_cache(maxsize=1)
def _schemas() -> dict[str, dict[str, Any]]:
    return {kind: schema_of(spec) for kind, spec in FILES.items()}


async def store_of(live: LiveServices, wanted: DraftedFiles, who: str) -> AgentStore:
    """The store, had it these files.

    Raises:
        StoreError: it would not pass the check.
        NotInStore: the version that they are made from is not known.
    """
    changes = changed_files(wanted.files, None, who).changes if wanted.files else {}
    return (await live.tried.check(wanted.base, changes, who)).store


def _named(fault: StoreFault, names: Collection[str]) -> StoreFault:
    """With the lasting name of its file: the check calls it by the folders that this worker has."""
    inside = fault.file.partition("/")[2] or fault.file
    name = next((one for one in (inside, f"prompts/{inside}") if one in names), inside)
    return StoreFault(file=name, line=fault.line, message=fault.message)


def _changed() -> EditConflict:
    return EditConflict("this draft was changed at another place since it was read. Read it again, and merge")
