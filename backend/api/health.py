"""Health: is the process alive, may it be given calls, has it started; and figures for people."""

import asyncio
import time
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from backend.api.access import Services
from backend.api.audited import admitted
from backend.api.services import ApiServices, Ping
from backend.api.store_views import StatusView

__all__ = ["router"]

_STUCK_MS = 1000
_PING_LIMIT_S = 1.0

router = APIRouter(tags=["health"])


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


@router.get("/readyz", summary="May it be given calls?")
async def readyz(found: Services) -> Response:
    """200 when it is not draining and everything that is needed answers; the body names each with its result."""
    body, ready = await _readiness(found)
    return JSONResponse(body, 200 if ready else 503)


@router.get("/api/v1/health", summary="Health for people", dependencies=[admitted])
async def health(found: Services) -> dict[str, Any]:
    """What works, what does not, which version of the agents is live, and what is wrong with it or an edit of it."""
    body, ready = await _readiness(found)
    store: dict[str, Any] = {"version": found.store.version()}
    if found.live:
        store = StatusView.of(found.live.store.status()).model_dump(mode="json")
    waits = store.get("rejected") is not None or bool(store.get("outdated")) or bool(store.get("note"))
    degraded = waits or any(ping["result"] != "ok" for ping in body["pings"].values())
    status = "unready" if not ready else "degraded" if degraded else "ok"
    return {"status": status, "loop_lag_ms": round(found.loop_lag_ms(), 1), "store": store, **body}


@router.get("/stats", summary="Figures", dependencies=[admitted])
async def stats(found: Services) -> dict[str, Any]:
    """Calls, pools and delays of this worker."""
    return found.stats() | {"loop_lag_ms": round(found.loop_lag_ms(), 1)}


async def _readiness(found: ApiServices) -> tuple[dict[str, Any], bool]:
    results = await asyncio.gather(*(_ask(ping) for ping in found.pings))
    pings = {ping.name: result for ping, result in zip(found.pings, results, strict=True)}
    broken = [p.name for p, r in zip(found.pings, results, strict=True) if p.needed and r["result"] != "ok"]
    ready = found.started() and not found.desk.draining and not broken
    return {"ready": ready, "draining": found.desk.draining, "pings": pings}, ready


async def _ask(ping: Ping) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        async with asyncio.timeout(_PING_LIMIT_S):
            await ping.ask()
        result = "ok"
    except TimeoutError:
        result = "no answer"
    except Exception as error:
        # A probe reports whatever is wrong; it never fails itself.
        result = getattr(error, "code", type(error).__name__)
    return {"result": result, "needed": ping.needed, "ms": round((time.perf_counter() - began) * 1000, 1)}
