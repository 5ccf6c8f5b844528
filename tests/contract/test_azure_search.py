"""Knowledge in Azure AI Search, against a server that answers as its REST API does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from backend.adapters.search.azure_search import AzureSearch
from backend.domain.knowledge import Finding
from backend.errors import ProtocolError, ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable


class Service:
    """The service, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.status = 200
        self.body = b'{"value": [{"@search.score": 1.5, "title": "Hours", "content": "Nine to five."}]}'
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append((request.path_qs, request.headers.get("api-key", ""), await request.json()))
        return web.Response(status=self.status, body=self.body)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made, application = Service(), web.Application()
    application.router.add_post("/{rest:.*}", made.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


async def test_a_search_is_asked_as_the_api_wants_it(service: Service) -> None:
    search = AzureSearch(service.url + "/", "answers", "query-key")
    found = await search.search("dental", "when are you open?", 2)
    await search.close()
    assert found == [Finding("Hours", "Nine to five.", "search")]
    ((path, key, body),) = service.asked
    assert path == "/indexes/answers/docs/search?api-version=2024-07-01"
    assert key == "query-key"
    assert (body["search"], body["filter"], body["top"]) == ("when are you open?", "line eq 'dental'", 2)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (429, b"", RateLimited), (503, b"", Unavailable), (403, b"", ProviderRejected),
        (200, b"<html>", ProtocolError), (200, b"[]", ProtocolError),
    ],
)  # fmt: skip
async def test_what_goes_wrong_there(
    service: Service, status: int, body: bytes, error: type[ProviderError] | type[ProtocolError]
) -> None:
    service.status, service.body = status, body
    search = AzureSearch(service.url, "answers", "query-key")
    with pytest.raises(error):
        await search.search("dental", "hours")
    await search.close()


async def test_a_service_that_is_not_there() -> None:
    search = AzureSearch("http://127.0.0.1:9", "answers", "query-key", limit_s=0.5)
    with pytest.raises((Unavailable, TimedOut)):
        await search.search("dental", "hours")
    await search.close()
