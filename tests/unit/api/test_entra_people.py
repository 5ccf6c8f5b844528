"""People of Entra ID: tokens of the local Azure's issuer, over HTTP, with its keys and their change."""

from collections.abc import AsyncIterator

import aiohttp
import httpx2
import pytest

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.api.entra import EntraPeople
from backend.api.fixed_key import FixedKey
from backend.api.people import People
from backend.errors import AuthError, Unavailable
from local_azure.server import emulator
from tests.unit.api.test_rights import api

AUDIENCE = "api://ringmaster"


@pytest.fixture
async def azure() -> AsyncIterator[str]:
    async with emulator() as azure:
        yield azure.url


async def token(azure: str, roles: str, *, audience: str = AUDIENCE, tenant: str = "t") -> str:
    form = {"client_id": "ann", "scope": f"{audience}/.default", "roles": roles, "grant_type": "client_credentials"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{azure}/entra/{tenant}/oauth2/v2.0/token", data=form) as got,
    ):
        return (await got.json())["access_token"]


def people(azure: str, jwks: str = "") -> People:
    keys = jwks or f"{azure}/entra/t/discovery/v2.0/keys"
    return People(FixedKey(""), None, EntraPeople(AcsTokenCheck(keys, f"{azure}/entra/t/v2.0", AUDIENCE)))


async def who(found: People, token: str) -> object:
    return await found.who([("authorization", f"Bearer {token}")], {}, {})


async def test_an_app_role_is_a_role(azure: str) -> None:
    found = await who(people(azure), await token(azure, "editor line.dental"))
    assert (found.kind, found.roles, found.lines) == ("entra", {"editor"}, {"dental"})
    assert "ann" in found.who


async def test_tokens_for_others_of_others_and_broken_ones_are_refused(azure: str) -> None:
    found = people(azure)
    right = await token(azure, "admin")
    await who(found, right)
    head, body, signature = right.split(".")
    wrong = [
        await token(azure, "admin", audience="api://other"),
        await token(azure, "admin", tenant="other"),
        f"{head}.{body}.{signature[:-2]}AA",
        f"{head}.{body}.",
        "a.b.c",
    ]
    for one in wrong:
        with pytest.raises(AuthError):
            await who(found, one)


async def test_nobody_is_let_in_or_called_a_liar_while_the_keys_are_away(azure: str) -> None:
    with pytest.raises(Unavailable):
        await who(people(azure, "http://127.0.0.1:1/keys"), await token(azure, "admin"))


async def test_the_role_decides_what_a_person_may_do(azure: str) -> None:
    app = api(None, loopback=False)
    access = app.state.services.access
    object.__setattr__(access, "authenticator", people(azure))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        for roles, statuses in (("viewer", [200, 403]), ("admin", [200, 409]), ("", [403, 403]), ("Admin", [403, 403])):
            headers = {"Authorization": f"Bearer {await token(azure, roles)}"}
            paths = ("/api/v1/callbacks", "/api/v1/keys")
            assert [(await http.get(path, headers=headers)).status_code for path in paths] == statuses, roles
