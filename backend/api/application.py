"""The web application: routers, error answers, limits."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline

from backend import __version__
from backend.api import (
    acs_callbacks,
    audit,
    blocks,
    callback_wishes,
    callers,
    calling_back,
    calls,
    chat,
    console,
    deliveries,
    entra_routes,
    events,
    health,
    history,
    keys,
    live,
    livekit,
    media,
    realtime,
    recordings,
    sessions,
    sign_in,
    store,
    store_drafts,
    store_edits,
    store_from_call,
    store_release,
    store_runs,
    store_trying,
    supervision,
    word_search,
)
from backend.api.access import GuessLimit
from backend.api.cases import case_routes
from backend.api.document import make_document_beside_calls
from backend.api.door.guard import DoorRules, Guard
from backend.api.faults import describe_faults, fault_of
from backend.api.request_limit import RequestLimit
from backend.api.security_schemes import describe_security
from backend.api.services import ApiServices
from backend.api.totals import TOTALS
from backend.domain.case_names import PLAIN_NAMES

__all__ = ["create_api"]


_FAULTS: dict[int | str, dict[str, object]] = {
    400: fault_of("no request that can be read"),
    403: fault_of("not allowed, or sent by another site's page"),
    408: fault_of("the body was not received in time"),
    413: fault_of("a body that is too large"),
    415: fault_of("a body of another type than JSON or YAML"),
    421: fault_of("a Host that this server does not have"),
    422: fault_of("a value that cannot be taken"),
    429: fault_of("too many wrong keys, or too many requests; wait a minute"),
    503: fault_of("not possible now; try again"),
}


def create_api(
    services: ApiServices, *, origins: tuple[str, ...] = (), door: DoorRules | None = None, pages: bool = True
) -> FastAPI:
    """Make the application.

    Args:
        services: what the routes work with.
        origins: browser origins that may use the API.
        door: by which names it may be spoken to, and through which proxies.
        pages: is there a page that documents the API?
    """
    about: dict[str, Any] = {
        "redoc_url": None,
        "title": "Ringmaster",
        "version": __version__,
        "description": "Voice server: calls, cases, agents and health.",
        "responses": _FAULTS,
    }
    app = FastAPIOffline(**about) if pages else FastAPI(**about, docs_url=None, openapi_url=None)
    _remember(app, services)
    describe_faults(app)
    for router in _routers(services):
        _take_in(app, router)
    describe_security(app, services.case_names)
    if pages:
        make_document_beside_calls(app)
    app.add_middleware(Guard, rules=replace(door or DoorRules(), origins=origins))
    if origins:  # outside of the guard, whose refusals these pages may read, too
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["ETag", *TOTALS],
        )
    return app


def _remember(app: FastAPI, services: ApiServices) -> None:
    """What routes find again at every request."""
    app.state.services = services
    app.state.case_aliases = frozenset(names.api for names in services.case_names)
    app.state.guesses = {kind: GuessLimit() for kind in ("callbacks", "media", "livekit", "sign-ins")}
    app.state.looks = OrderedDict()
    app.state.request_limit = RequestLimit()
    app.state.wrong_keys = GuessLimit()


def _routers(services: ApiServices) -> Iterator[APIRouter]:
    """All routes, in the order of the API's page; those of ACS only where it is a way in."""
    yield from (console.router, sign_in.router, entra_routes.router)
    if "acs" in services.ways:
        yield from (events.router, acs_callbacks.router, media.router)
    yield from (
        calls.router,
        calling_back.router,
        recordings.router,
        live.router,
        supervision.router,
        sessions.router,
        livekit.router,
        realtime.router,
        chat.router,
        case_routes(),
        callback_wishes.router,
        deliveries.router,
        store.router,
        store_drafts.router,
        store_edits.router,
        store_trying.router,
        store_from_call.router,
        store_runs.router,
        store_release.router,
        health.router,
        history.router,
        keys.router,
        audit.router,
        blocks.router,
        callers.router,
        word_search.router,
    )
    yield from (case_routes(names) for names in services.case_names if names.api != PLAIN_NAMES.api)


def _take_in(app: FastAPI, router: APIRouter) -> None:
    """Have the application answer with the routes as they are, once read.

    ``include_router`` reads their signatures anew for each application that includes them, which would be half a second
    of every start; all that it adds here is what every route documents.
    """
    for route in router.routes:
        if isinstance(route, APIRoute):
            route.responses = {**_FAULTS, **route.responses}
        app.router.routes.append(route)
