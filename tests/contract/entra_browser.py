"""A server that people sign in to with the local Azure's Entra ID, and a browser, both without a page."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, parse_qsl, urlsplit

import aiohttp
import httpx2

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.adapters.entra.sign_in import EntraApplication, EntraDirectory
from backend.adapters.entra.tokens import FEDERATION, EntraTokens
from backend.api.application import create_api
from backend.api.entra_cookie import EntraCookie
from backend.api.entra_sign_in import BACK, BEGIN, EntraSignIn
from backend.api.fixed_key import FixedKey
from backend.api.key_cookie import KeyCookie
from backend.api.services import Access, ApiServices
from backend.ports import Cipher
from backend.testing.books import MemoryCallbacks
from backend.testing.keys import a_key_ring
from local_azure.entra_people import Directory
from local_azure.server import EmulatorServer, emulator

TENANT = "10ca1000-0000-4000-8000-0000000000a2"
CLIENT = "10ca1000-0000-4000-8000-00000000a991"
BASE = "https://voice.example"
KEY = "k" * 40


class Clock:
    """Seconds since 1970, which a test moves."""

    def __init__(self) -> None:
        self.s = 1_000_000.0

    def __call__(self) -> float:
        return self.s


class Trail:
    """``AuditTrail`` that only remembers."""

    def __init__(self) -> None:
        self.entries: list = []

    async def note(self, entry: object) -> None:
        self.entries.append(entry)

    require = note


class Store:
    def version(self) -> str:
        return "v1"


class Identity(EntraTokens):
    """A managed identity that nobody has to be asked for."""

    async def token(self) -> str:
        return "assertion-of-the-managed-identity"


@dataclass
class Server:
    """One worker's application, and what stands behind it."""

    azure: EmulatorServer
    tenant: str = TENANT
    authority: str = ""
    secret: str = "s"
    cipher: Cipher = field(default_factory=a_key_ring)
    clock: Clock = field(default_factory=Clock)
    trail: Trail = field(default_factory=Trail)

    def application(self) -> EntraApplication:
        authority = self.authority or f"{self.azure.url}/entra"
        return EntraApplication(authority, self.tenant, CLIENT, f"{BASE}{BACK}", self.secret)

    def directory(self) -> EntraDirectory:
        application = self.application()
        check = AcsTokenCheck(application.keys, application.issuer, application.client_id)
        return EntraDirectory(application, check.check, Identity(FEDERATION))

    def worker(self) -> httpx2.ASGITransport:
        """Another worker knows nothing but what the settings say."""
        directory, keys = (
            self.directory(),
            KeyCookie("ringmaster-8080-key", self.cipher, FixedKey(KEY), public_url=BASE),
        )
        sessions = EntraCookie("ringmaster-8080-entra", self.cipher, directory, keys, self.clock, public_url=BASE)
        entra = EntraSignIn(BASE, directory, self.cipher, sessions, self.clock)
        access = Access(loopback=False, api_key=KEY, authenticator=sessions, key_cookie=keys, entra=entra)
        services = ApiServices(
            desk=None, records=None, cases=None, callbacks=MemoryCallbacks(), case_search=None, store=Store(),
            open_media=None, access=access, audit=self.trail,
        )  # fmt: skip
        return httpx2.ASGITransport(create_api(services), raise_app_exceptions=False)

    def browser(self) -> "Browser":
        """One that nobody has used."""
        return Browser(httpx2.AsyncClient(transport=self.worker(), base_url=BASE), self)


@dataclass
class Browser:
    """What a person does, step by step."""

    http: httpx2.AsyncClient
    server: Server

    async def begin(self, more: str = "") -> str:
        """Follow the link; gives the address of Entra's page."""
        answer = await self.http.get(f"{BEGIN}{more}")
        assert answer.status_code == 303
        return answer.headers["location"]

    async def at_entra(self, address: str, person: str) -> str:
        """Sign in there as somebody; gives the query that comes back."""
        query = dict(parse_qsl(urlsplit(address).query))
        async with (
            aiohttp.ClientSession() as web,
            web.post(address.partition("?")[0], data={**query, "person": person}, allow_redirects=False) as answer,
        ):
            assert answer.status == 302, await answer.text()
            back = urlsplit(answer.headers["location"])
        assert f"{back.scheme}://{back.netloc}{back.path}" == f"{BASE}{BACK}"
        return back.query

    async def come_back(self, query: str) -> str:
        """Where the server sends the browser that is back."""
        answer = await self.http.get(f"{BACK}?{query}")
        assert answer.status_code == 303
        return answer.headers["location"]

    async def sign_in(self, person: str) -> str:
        """All of it; gives where the browser is in the end."""
        return await self.come_back(await self.at_entra(await self.begin(), person))

    async def who(self) -> Mapping[str, object]:
        """Who the server takes the browser for; with ``status`` where for nobody."""
        answer = await self.http.get("/api/v1/session")
        return answer.json() if answer.status_code == 200 else {"status": answer.status_code, **answer.json()["error"]}


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@asynccontextmanager
async def entra(**given: object) -> AsyncGenerator[tuple[Server, Directory]]:
    """A server, and the directory of the local Azure that it trusts."""
    async with emulator() as azure:
        yield Server(azure, **given), azure.state.directory
