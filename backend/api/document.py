"""The API's document: made when somebody first asks for it, and beside the calls that there are then."""

import asyncio
import sys

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

__all__ = ["make_document_beside_calls"]

_GIVES_WAY_S = 0.0005
"""With Python's own 5 ms calls would be late by 6 ms each time that they have something to do, with this by 2."""


def make_document_beside_calls(app: FastAPI) -> None:
    """Have a thread make the document. It takes an eighth of what a start does, and few ever ask for it.

    Calls go on meanwhile: the thread gives way to them as soon as they ask.
    """
    routes = app.router.routes
    at, plain = next(
        (at, one) for at, one in enumerate(routes) if isinstance(one, Route) and one.path == app.openapi_url
    )
    making = asyncio.Lock()

    async def made_first(request: Request) -> Response:
        async with making:
            await asyncio.to_thread(_make, app)
        return await plain.endpoint(request)

    routes[at] = Route(plain.path, made_first, include_in_schema=False)


def _make(app: FastAPI) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_GIVES_WAY_S)
    try:
        app.openapi()
    finally:
        sys.setswitchinterval(before)
