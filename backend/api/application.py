"""The web application: routers, error answers, limits."""

from collections import OrderedDict

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline

from backend import __version__
from backend.api import (
    audit,
    call_backs,
    callbacks,
    calls,
    chat,
    claims,
    events,
    health,
    keys,
    media,
    store,
    store_edits,
)
from backend.api.access import GuessLimit
from backend.api.faults import Fault, describe_faults
from backend.api.services import ApiServices
from backend.api.totals import TOTALS

__all__ = ["create_api"]


def create_api(services: ApiServices, *, origins: tuple[str, ...] = ()) -> FastAPI:
    """Make the application.

    Args:
        services: what the routes work with.
        origins: browser origins that may use the API.
    """
    app = FastAPIOffline(
        redoc_url=None,
        title="Ringmaster",
        version=__version__,
        description="Voice server: calls, claims, agents and health.",
        responses={422: {"model": Fault, "description": "a value that cannot be taken"}},
    )
    app.state.services = services
    app.state.guesses = GuessLimit()
    app.state.looks = OrderedDict()
    app.state.wrong_keys = GuessLimit()
    describe_faults(app)
    for router in (
        events.router,
        callbacks.router,
        media.router,
        calls.router,
        chat.router,
        claims.router,
        call_backs.router,
        store.router,
        store_edits.router,
        health.router,
        keys.router,
        audit.router,
    ):
        app.include_router(router)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["ETag", *TOTALS],
        )
    return app
