"""An API behind its door, of which no part is ever reached."""

import httpx2

from backend.api.application import create_api
from backend.api.door.guard import DoorRules
from backend.api.services import Access, ApiServices
from backend.errors import AuthError
from backend.protocol.web import AllowedHosts

__all__ = ["AUTH", "KEY", "LOCAL", "Nothing", "Refuses", "Store", "Unread", "answer_of", "app", "client", "scope_of"]

KEY = "k" * 40
AUTH = {"Authorization": f"Bearer {KEY}"}


class Nothing:
    """A part that is never reached."""


class Store:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list:
        return []

    lines = tools = agents


class Refuses:
    async def check(self, authorization: str | None) -> dict:
        raise AuthError("no")


def app(door: DoorRules | None = None, *, origins: tuple[str, ...] = (), pages: bool = True, **access: object):
    nothing = Nothing()
    services = ApiServices(
        desk=nothing, records=nothing, cases=nothing, callbacks=nothing, case_search=nothing, store=Store(),
        open_media=nothing, access=Access(**access),
    )  # fmt: skip
    return create_api(services, origins=origins, door=door, pages=pages)


def client(door: DoorRules | None = None, *, host: str = "127.0.0.1:8080", **parts: object) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app(door, **parts)), base_url=f"http://{host}")


LOCAL = DoorRules(AllowedHosts())


class Unread:
    """A body that must not be asked for."""

    async def __call__(self) -> dict:
        raise AssertionError("the body was read")


async def answer_of(application, scope: dict, receive) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(part.get("body", b"") for part in sent[1:])


def scope_of(method: str, path: str, **headers: str) -> dict:
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "http",
        "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 8080), "root_path": "", "http_version": "1.1",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
