"""Faults that every HTTP route of the local Azure can show."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local_azure.faults import Fault

__all__ = ["Dropped", "misbehave"]

_FOR_EVER = 3600.0


class Dropped(Response):
    """An answer that never comes: the connection breaks instead."""

    async def __call__(self, scope: object, receive: object, send: object) -> None:
        """Break the TCP connection of the request that ``receive`` belongs to (uvicorn's own cycle object)."""
        cycle = getattr(receive, "__self__", None)
        transport: asyncio.Transport | None = getattr(cycle, "transport", None)
        if transport is not None:
            transport.abort()


async def misbehave(fault: Fault | None, request: Request) -> Response | None:
    """What the route must answer instead of doing its work; ``None`` to go on, after a delay for ``slow``."""
    if fault is None:
        return None
    if fault.kind in ("hang", "stall"):
        await asyncio.sleep(fault.seconds or _FOR_EVER)
        return Dropped()
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "garbage":
        return Response(b"\x00<html>", media_type="application/json")
    if fault.kind == "status":
        headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after is not None else None
        body = {"error": {"code": str(fault.status), "message": f"Injected fault on {request.url.path}."}}
        return JSONResponse(body, fault.status, headers)
    return Dropped()
