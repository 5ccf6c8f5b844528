"""Health: is the process alive, may it be given calls, has it started; and figures for people and machines."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import HTTPConnection

from backend.api.access import Person, Services
from backend.api.audited import admitted
from backend.api.health_views import DiagnosticsView, HealthView, StatsView
from backend.api.readiness import DeepChecks, Pings
from backend.api.services import ApiServices
from backend.api.store_views import StatusView

__all__ = ["router"]

_STUCK_MS = 1000
_MONEY = "spent_24h"

router = APIRouter(tags=["health"])


async def asking(connection: HTTPConnection, found: Services) -> Pings:
    """The one that asks for this application."""
    state = connection.app.state
    if not hasattr(state, "asking"):
        state.asking = Pings(found.pings)
    return state.asking


async def deep_checks(connection: HTTPConnection, found: Services) -> DeepChecks:
    """Those of this application."""
    state = connection.app.state
    if not hasattr(state, "deep_checks"):
        state.deep_checks = DeepChecks(found.deep_checks)
    return state.deep_checks


Asked = Annotated[Pings, Depends(asking)]


@router.get("/livez", summary="Is the process alive?")
async def livez(found: Services) -> Response:
    """200 while the event loop runs; 503 when it was stuck for a second or more. Asks nobody else."""
    lag = round(found.loop_lag_ms(), 1)
    return JSONResponse({"loop_lag_ms": lag}, 200 if lag < _STUCK_MS else 503)


@router.get("/startupz", summary="Has it started?")
async def startupz(found: Services) -> Response:
    """200 once everything is loaded and connected."""
    started = found.started()
    return JSONResponse({"started": started}, 200 if started else 503)


@router.get("/readyz", summary="Can it take calls?")
async def readyz(found: Services, asked: Asked) -> Response:
    """200 when it is not draining and can serve a caller; the body names what was asked, each with its result.

    Answers within 300 ms whatever is away, and asks no provider. What is away for all workers alike makes none of
    them unready: who rings then is answered, and put through to a person.
    """
    body, ready = await _readiness(found, asked)
    return JSONResponse(body, 200 if ready else 503)


@router.get("/api/v1/health", summary="Health for people", dependencies=[admitted])
async def health(
    found: Services,
    asked: Asked,
    checks: Annotated[DeepChecks, Depends(deep_checks)],
    deep: Annotated[
        bool,
        Query(description="Ask the services, too: the call service's key, voices, deployments, recognizer, disk."),
    ] = False,
) -> HealthView:
    """What works, what does not, which version of the agents is live, and what is wrong with it or an edit of it."""
    body, ready = await _readiness(found, asked)
    store: dict[str, Any] = {"version": found.store.version()}
    if found.live:
        store = StatusView.of(found.live.store.status()).model_dump(mode="json")
    asks = await checks.results() if deep else None
    parts = found.parts()
    waits = store.get("rejected") is not None or bool(store.get("outdated")) or bool(store.get("note"))
    results = [*body["pings"].values(), *(asks or {}).values()]
    degraded = waits or any(r["result"] != "ok" for r in results) or any(part.state != "ok" for part in parts)
    return HealthView.of(
        status="unready" if not ready else "degraded" if degraded else "ok",
        loop_lag_ms=round(found.loop_lag_ms(), 1),
        store=store,
        ways=list(found.ways),
        parts=parts,
        deep=asks,
        **body,
    )


@router.get("/stats", summary="Statistics of this worker", dependencies=[admitted], response_model=StatsView)
async def stats(found: Services, person: Person) -> dict[str, Any]:
    """Calls, pools and delays of this worker; ``/metrics`` has those of all workers of this container, summed. Money is
    for operators.
    """
    told = found.stats() | {"loop_lag_ms": round(found.loop_lag_ms(), 1)}
    if person.may("operator") or not isinstance(gate := told.get("gate"), Mapping):
        return told
    return told | {"gate": {name: figure for name, figure in cast(Mapping[str, Any], gate).items() if name != _MONEY}}


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    dependencies=[admitted],
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "the text format of Prometheus"}},
)
async def metrics(found: Services) -> Response:
    """The figures of all workers of this container, summed, whichever of them is asked."""
    return Response(await asyncio.to_thread(found.metrics), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/v1/diagnostics", summary="What a bug report needs", dependencies=[admitted])
async def diagnostics(found: Services) -> DiagnosticsView:
    """The last log lines of this worker and how often each event was logged, without what is private."""
    return DiagnosticsView(**found.diagnostics())


async def _readiness(found: ApiServices, asked: Pings) -> tuple[dict[str, Any], bool]:
    pings = await asked.results()
    broken = [name for name, ping in pings.items() if ping["needed"] and ping["result"] != "ok"]
    ready = found.started() and not found.desk.draining and not broken
    return {"ready": ready, "draining": found.desk.draining, "pings": pings}, ready
