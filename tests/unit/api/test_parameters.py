"""What a route takes is what the API's document says that it takes."""

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.requests import Request
from starlette.testclient import TestClient

from backend.api.application import create_api
from backend.api.faults import describe_faults
from backend.api.parameters import Limit, _documented, known_parameters
from backend.api.services import ApiServices
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryCaseSearch


def application() -> FastAPI:
    cases = MemoryCases()
    return create_api(
        ApiServices(
            desk=None, records=None, cases=cases, case_search=MemoryCaseSearch(cases), callbacks=MemoryCallbacks(),
            store=None, live=None, open_media=None,
        )
    )  # fmt: skip


def taken(route: APIRoute) -> set[str] | None:
    return _documented(Request({"type": "http", "route": route}))


def test_every_route_takes_what_its_document_says() -> None:
    app = application()
    paths = app.openapi()["paths"]
    compared = 0
    for found in iter_route_contexts(app.routes):
        route = found.original_route
        if not isinstance(route, APIRoute):
            continue
        if not route.include_in_schema:
            assert taken(route) is None
            continue
        for method in route.methods:
            operation = paths[route.path_format][method.lower()]
            said = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
            assert taken(route) == said, (method, route.path_format)
            compared += bool(said)
    assert compared > 10


def page(size: Limit = 50) -> int:
    return size


def test_parameters_of_what_a_route_depends_on_are_its_own() -> None:
    app = FastAPI(dependencies=[Depends(known_parameters)])
    describe_faults(app)
    app.get("/list")(_list)
    http = TestClient(app)
    assert http.get("/list?size=3&word=a").status_code == 200
    for asked, why in (("sice=3", "unknown parameter"), ("size=3&size=4", "given more than once")):
        refused = http.get(f"/list?{asked}")
        assert refused.status_code == 422 and why in refused.json()["error"]["message"]


def _list(word: str = "", size: int = Depends(page)) -> str:
    return word * size
