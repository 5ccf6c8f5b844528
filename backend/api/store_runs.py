"""Operations: rehearsing a version of the store, and replaying calls of the past against it.

What is played runs in a process of its own, one at a time on each worker; nothing of it gets into the records of calls.
"""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from backend.agents.rehearsals import rehearsals_of, server_rehearsals
from backend.api.access import Live, Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters, wrong
from backend.api.services import ApiServices, LiveServices
from backend.api.store_run_views import (
    RehearsalRunView,
    ReplayRunView,
    RunView,
    StartRehearsals,
    StartReplay,
    WrittenRehearsalView,
    run_views,
)
from backend.domain.store_run import RunJob
from backend.engine.desk.run_desk import RunDesk
from backend.errors import NotInStore

__all__ = ["router"]

_MOST_CALLS = 200

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such run, version or rehearsal"),
    409: fault_of("this worker is playing something already"),
    503: fault_of("the records cannot be reached"),
}

router = APIRouter(
    prefix="/api/v1/store", tags=["store"], dependencies=[admitted, Depends(known_parameters)], responses=_FAULTS
)

Limit = Annotated[int, Query(ge=1, le=100)]
Version = Annotated[str, Query(pattern=r"^[0-9a-f]{0,64}$", description="Only runs of this version.")]


async def _desk(found: Services) -> RunDesk:
    if found.runs is None:
        raise NotInStore("this server plays no rehearsals")
    return found.runs


Runs = Annotated[RunDesk, Depends(_desk)]


@router.get("/rehearsals/written", summary="Rehearsals that can be played")
async def written(found: Services, live: Live, version: Version = "") -> list[WrittenRehearsalView]:
    """Those of a version (the live one where none is named), and those that lie on this server for its lines."""
    _, files = await _version(live, version)
    own = rehearsals_of(files)
    servers = await asyncio.to_thread(server_rehearsals, found.rehearsals, files) if found.rehearsals else []
    return [WrittenRehearsalView.of(one) for one in sorted((*own, *servers), key=lambda one: one.name)]


@router.post("/rehearsals", status_code=202, summary="Play rehearsals")
async def rehearse(wanted: StartRehearsals, live: Live, runs: Runs, person: Person, note: Noted) -> RehearsalRunView:
    """Begin a run; its results come one by one under its id.

    The model of the line is used as callers have it and costs what it costs; the stand-in works by rules and does not
    read the wording of a prompt.
    """
    version, files = await _version(live, wanted.version)
    names = None if wanted.names is None else tuple(wanted.names)
    job = RunJob(kind="rehearsal", version=version, model=wanted.model, files=files, names=names)
    run = await runs.start(job, person.who)
    note.target, note.after, note.detail = run.id, version, {"model": wanted.model, "all": names is None}
    return RehearsalRunView.of(run)


@router.get("/rehearsals", summary="Runs of rehearsals")
async def rehearsal_runs(runs: Runs, version: Version = "", limit: Limit = 20) -> list[RunView]:
    """The newest first, without their results."""
    return run_views(await runs.list("rehearsal", version, limit))


@router.get("/rehearsals/{run_id}", summary="One run of rehearsals")
async def rehearsal_run(run_id: str, runs: Runs) -> RehearsalRunView:
    """As far as it has come; every result is there as soon as its conversation is over."""
    return RehearsalRunView.of(await runs.get(run_id, "rehearsal"))


@router.delete("/rehearsals/{run_id}", status_code=204, summary="Stop a run of rehearsals")
async def stop_rehearsals(run_id: str, runs: Runs) -> Response:
    """What was played stays. A run that is over stays as it is."""
    await runs.stop(run_id, "rehearsal")
    return Response(status_code=204)


@router.post("/replays", status_code=202, summary="Play calls of the past against a version")
async def replay(
    wanted: StartReplay, live: Live, found: Services, runs: Runs, person: Person, note: Noted
) -> ReplayRunView:
    """Say to a version what callers said then, and compare turn by turn: who answers, which tools, which words, how it
    ends. Tests are left out of the newest calls. Tools of other servers answer as rehearsals say, or count as down.
    """
    version, files = await _version(live, wanted.version)
    ids, last = await _calls(found, wanted)
    job = RunJob(
        kind="replay", version=version, model=wanted.model, files=files, line=wanted.line, call_ids=ids, last=last
    )
    run = await runs.start(job, person.who)
    note.target, note.after, note.line = run.id, version, wanted.line
    note.detail = {"model": wanted.model, "calls": len(ids) or last}
    return ReplayRunView.of(run, words=True)


@router.get("/replays", summary="Replays")
async def replay_runs(runs: Runs, version: Version = "", limit: Limit = 20) -> list[RunView]:
    """The newest first, without their results."""
    return run_views(await runs.list("replay", version, limit))


@router.get("/replays/{run_id}", summary="One replay")
async def replay_run(run_id: str, runs: Runs, person: Person, note: Noted) -> ReplayRunView:
    """As far as it has come. What was said is shown to editors; others see where it differs. Kept for a week, or until
    the call is deleted."""
    note.polled = True
    return ReplayRunView.of(await runs.get(run_id, "replay"), words=person.may("editor"))


@router.delete("/replays/{run_id}", status_code=204, summary="Stop a replay")
async def stop_replay(run_id: str, runs: Runs) -> Response:
    """What was played stays."""
    await runs.stop(run_id, "replay")
    return Response(status_code=204)


async def _version(live: LiveServices, version: str) -> tuple[str, Mapping[str, str]]:
    """A version that passes the check, with its files.

    Raises:
        NotInStore: there is none of that name.
        StoreError: it would not pass the check of today.
    """
    store = await live.tried.prepare(version) if version else live.store.store
    return store.version, store.files


async def _calls(found: ApiServices, wanted: StartReplay) -> tuple[tuple[str, ...], int]:
    if isinstance(wanted.calls, int):
        if not 1 <= wanted.calls <= _MOST_CALLS:
            raise wrong(("calls", f"expected 1 to {_MOST_CALLS} calls, got {wanted.calls}"))
        return (), wanted.calls
    if not 1 <= len(wanted.calls) <= _MOST_CALLS:
        raise wrong(("calls", f"expected 1 to {_MOST_CALLS} ids, got {len(wanted.calls)}"))
    for call_id in wanted.calls:
        if await found.records.get(call_id) is None:
            raise NotInStore(f"there is no recorded call {call_id[:64]!r}")
    return tuple(dict.fromkeys(wanted.calls)), len(wanted.calls)
