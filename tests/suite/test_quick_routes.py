"""What applications share of their routes, and what they do not."""

from collections.abc import Iterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request, routing
from quick_routes import shared

Made = list[str]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """The paths that were made anything of, as often as it was done; nobody shares with other tests."""
    paths: Made = []
    build = routing._IncludedRouter._build_effective_context

    def built(included: routing._IncludedRouter, route: routing.APIRoute) -> object:
        paths.append(f"{included.include_context.prefix}{route.path}")
        return build(included, route)

    def candidates(included: routing._IncludedRouter) -> list[object]:
        return bare(included)

    bare = routing._IncludedRouter.effective_candidates.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setattr(routing._IncludedRouter, "_build_effective_context", built)
    monkeypatch.setattr(routing._IncludedRouter, "effective_candidates", shared(candidates))
    return paths


@pytest.fixture
def router() -> Iterator[APIRouter]:
    router = APIRouter()

    @router.get("/name")
    async def name(request: Request) -> str:
        return request.app.title

    yield router


def application(router: APIRouter, title: str = "one", prefix: str = "", **about: object) -> FastAPI:
    app = FastAPI(title=title, **about)  # type: ignore[arg-type]
    app.include_router(router, prefix=prefix)
    return app


async def get(app: FastAPI, path: str) -> object:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        answer = await client.get(path)
    return answer.json() if answer.status_code == 200 else answer.status_code


async def test_the_same_routes_are_made_once_and_each_application_answers_for_itself(
    router: APIRouter, made: Made
) -> None:
    assert [await get(application(router, title), "/name") for title in ("one", "two")] == ["one", "two"]
    assert made == ["/name"]


async def test_who_includes_them_otherwise_has_their_own(router: APIRouter, made: Made) -> None:
    plain, moved = application(router), application(router, prefix="/there")
    told = application(router, responses={418: {"description": "never"}})
    assert [await get(moved, path) for path in ("/name", "/there/name")] == [404, "one"]
    assert await get(plain, "/name") == await get(told, "/name") == "one"
    assert made == ["/there/name", "/name", "/name"]
    assert "418" in told.openapi()["paths"]["/name"]["get"]["responses"]
    assert "418" not in plain.openapi()["paths"]["/name"]["get"]["responses"]


async def test_a_route_that_comes_later_is_seen_by_all(router: APIRouter, made: Made) -> None:
    first, second = application(router), application(router)
    assert [await get(app, "/later") for app in (first, second)] == [404, 404]
    router.get("/later")(lambda: "there")
    assert [await get(app, "/later") for app in (first, second, application(router))] == ["there"] * 3
    assert made.count("/later") < 3


def test_the_run_does_so() -> None:
    assert hasattr(routing._IncludedRouter.effective_candidates, "__wrapped__")
