"""What the routes work with, made of a worker's parts."""

from typing import Any

from fastapi import FastAPI

from backend import __version__
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.draft_book import SqlDraftBook
from backend.adapters.sql.history import SqlHistory
from backend.adapters.sql.version_figures import SqlVersionFigures
from backend.adapters.telemetry.events import EVENTS
from backend.adapters.telemetry.exporting import Exporting
from backend.adapters.telemetry.exposition import exposed
from backend.adapters.telemetry.http_spans import instrument
from backend.adapters.telemetry.logs import recent_log
from backend.api.services import ApiServices, LiveServices
from backend.boot.access import open_access
from backend.boot.kept_writes import SETTLE_S
from backend.boot.live_store import ShownStore
from backend.boot.parts import WorkerParts
from backend.boot.probes import Probes
from backend.boot.ways_in import acs_media
from backend.domain.case_names import names_outside
from backend.engine.desk.caller_desk import CallerDesk
from config import Settings

__all__ = ["api_services"]


def api_services(settings: Settings, parts: WorkerParts, probes: Probes) -> ApiServices:
    """Everything behind the routes."""
    kept, live, people, desks = parts.data.kept, parts.store.live, parts.people, parts.desks
    exporting = parts.exporting
    return ApiServices(
        desk=desks.shared or desks.desk,
        speech=parts.environment.tts,
        chats=desks.chats,
        records=kept.records,
        cases=kept.written_cases,
        case_search=SqlCaseSearch(parts.data.database),
        callbacks=kept.callbacks,
        deliveries=parts.courier.deliveries,
        callers=_callers(settings, parts),
        store=ShownStore(live, parts.tools.runner),
        case_names=names_outside(live.store.forms.values()),
        live=_live(parts),
        runs=parts.runs,
        history=SqlHistory(parts.data.database),
        advice=EVENTS.get,
        prices=settings.prices.price_list(settings.ai.azure_openai_deployment),
        figures=SqlVersionFigures(parts.data.database),
        rehearsals=settings.connections.rehearsals,
        ways=settings.ways,
        heard_by=settings.voice.heard_by,
        open_media=acs_media,
        access=open_access(settings, people),
        keys=people.keys,
        blocks=desks.blocks,
        recordings=parts.recordings,
        live_board=parts.live_board,
        supervision=desks.supervision,
        sessions=desks.sessions,
        softphones=parts.providers.softphones,
        audit=people.audit,
        pings=probes.pings,
        parts=lambda: probes.board.parts,
        deep_checks=probes.deep_checks,
        metrics=lambda: exposed(exporting.figures.all()),
        diagnostics=lambda: _diagnostics(parts.worker),
        instrument=lambda app: _trace_requests(app, exporting),
        loop_lag_ms=lambda: parts.lag.ms,
        stats=parts.stats,
    )


def _live(parts: WorkerParts) -> LiveServices:
    store = parts.store
    drafts = SqlDraftBook(parts.data.database)
    return LiveServices(store.live, store.revisions, store.tried, drafts, store.sharing, store.gate)


def _callers(settings: Settings, parts: WorkerParts) -> CallerDesk:
    book, tries = SqlCallerData(parts.data.database), parts.tools.services.tries
    outbox = parts.data.kept.outbox
    return CallerDesk(
        book,
        parts.providers.sessions,
        tries,
        settings.data.forget_claims,
        lambda: outbox.settle(SETTLE_S),
        parts.recordings,
    )


def _diagnostics(worker: str) -> dict[str, Any]:
    recent = recent_log()
    return {"worker": worker, "version": __version__, "log": recent.lines, "events": recent.counts}


def _trace_requests(app: FastAPI, exporting: Exporting) -> None:
    if exporting.exports:
        instrument(app, exporting.tracers, exporting.meters)
