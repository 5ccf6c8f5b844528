"""Operations: putting a version live, for all new calls or for a share of them, and what may keep it from that."""

import contextlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, Field

from backend.agents.edit import Edit, whole_version
from backend.agents.sharing import Sharing
from backend.agents.store import AgentStore
from backend.api.access import Live, Person, Services
from backend.api.audited import AuditNote, Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.services import LiveServices
from backend.api.store_share_views import FiguresView, PutLive, PutLiveView, SharesView, ShareView, verdict
from backend.api.store_views import EditView
from backend.domain.principal import Principal
from backend.errors import Forbidden, NotInStore, RingmasterError
from backend.ports import VersionFigureBook

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("there is no such version"),
    409: fault_of("a line demands rehearsals that it has not passed, or it cannot be done"),
    412: fault_of("another version is live by now, or another share agreed on"),
    422: fault_of("the version would not pass the check"),
    428: fault_of("If-Match is missing"),
    503: fault_of("the records or the other workers cannot be reached"),
}

router = APIRouter(
    prefix="/api/v1/store", tags=["store"], dependencies=[admitted, Depends(known_parameters)], responses=_FAULTS
)

IfMatch = Annotated[str | None, Header(description="ETag of `GET /api/v1/store`; for all new calls only.")]


class GateView(BaseModel):
    """What one line demands of a version, and how it stands with that."""

    line: str
    open: bool
    missing: list[str] = Field(description="Rehearsals that are demanded by name and were not played.")
    failed: list[str]
    says: str = Field(description="What is demanded and what is to be done, in a sentence; empty where it is open.")


class ReleaseView(BaseModel):
    """May a version go live?"""

    version: str
    open: bool
    lines: list[GateView] = Field(description="Lines that demand something.")


async def _sharing(live: Live) -> Sharing:
    if live.sharing is None:
        raise NotInStore("this server gives every call the live version")
    return live.sharing


Shares = Annotated[Sharing, Depends(_sharing)]


@router.get("/gate", summary="May this version go live?")
async def gate(
    live: Live, version: Annotated[str, Query(pattern=r"^[0-9a-f]{1,64}$", description="Of a draft, mostly.")]
) -> ReleaseView:
    """What lines demand before it does, and what of that is still missing."""
    store = await live.tried.prepare(version)
    kept = await live.revisions.get(version)
    was_live = kept is not None and not kept.draft
    found = [] if live.gate is None or was_live else await live.gate.standing(live.store.store, store)
    lines = [
        GateView(line=one.line, open=one.open, missing=list(one.missing), failed=list(one.failed), says=one.says)
        for one in found
    ]
    return ReleaseView(version=version, open=all(one.open for one in lines), lines=lines)


@router.post("/live", summary="Put a version live, for all new calls or for a share")
async def put_live(
    wanted: PutLive, live: Live, sharing: Shares, person: Person, note: Noted, if_match: IfMatch = None
) -> PutLiveView:
    """A draft or an earlier version. With `share` that percentage of new calls gets it, drawn by the call's id, the
    same at every worker; calls under way keep what they began with. Without it every new call gets it, and a share is
    over.

    A line may demand rehearsals first (`store.not_rehearsed`); an admin may put it live all the same with `override`.
    """
    if wanted.override and not person.may("admin"):
        raise Forbidden("this needs the role admin: putting a version live without the rehearsals that a line demands")
    store = await live.tried.prepare(wanted.version)
    note.target, note.after = wanted.version, wanted.version
    note.before = live.store.store.version
    note.detail = {"share": wanted.share or 100, "override": bool(wanted.override)}
    if wanted.share is None:
        return await _for_all(wanted, live, sharing, person, store, if_match)
    await live.store.require_release(store, Edit({}, person.who, override=wanted.override))
    share = await sharing.begin(wanted.version, wanted.share, person.who, wanted.note)
    return PutLiveView(live=False, version=wanted.version, share=ShareView.of(share))


async def _for_all(
    wanted: PutLive, live: LiveServices, sharing: Sharing, person: Principal, store: AgentStore, if_match: str | None
) -> PutLiveView:
    match = (
        None if if_match is None else tuple(one.strip().removeprefix("W/").strip('"') for one in if_match.split(","))
    )
    edit = whole_version(store.files, match, person.who, note=wanted.note, override=wanted.override)
    outcome = await live.store.edit(edit)
    with contextlib.suppress(RingmasterError):  # it is over all the same, since another version is live
        if sharing.share is not None:
            await sharing.end()
    return PutLiveView(live=True, version=outcome.store.version, edit=EditView.of(outcome, check=False))


@router.get("/shares", summary="The share of calls, and both versions side by side")
async def shares(found: Services, sharing: Shares, person: Person) -> SharesView:
    """Outcomes, waits, repairs and transfers of real calls since the share began; whether that is enough to tell."""
    await sharing.follow()
    share = sharing.share
    if share is None or found.figures is None:
        return SharesView(share=None, active=False, note=sharing.note)
    book: VersionFigureBook = found.figures
    figures = await book.figures((share.base, share.version), share.since, person.lines)
    base, tried = figures[share.base], figures[share.version]
    enough, says, compared = verdict(share, base, tried)
    return SharesView(
        share=ShareView.of(share),
        active=sharing.active is not None,
        note=sharing.note,
        base=FiguresView.of(share.base, base),
        tried=FiguresView.of(share.version, tried),
        enough=enough,
        says=says,
        compared=compared,
    )


@router.delete("/shares", status_code=204, summary="Take the share of calls back")
async def take_back(sharing: Shares, note: Noted) -> Response:
    """Every new call gets the live version; calls under way keep theirs. Without a share nothing changes."""
    share = await sharing.end()
    _noted(note, share.version if share else "", share.base if share else "")
    return Response(status_code=204)


def _noted(note: AuditNote, before: str, after: str) -> None:
    note.target, note.before, note.after = before, before, after
