"""A browser's sign-in with a key: what the cookie says, when it ends, and that it dies with its key."""

import httpx2
import pytest

from backend.api.application import create_api
from backend.api.cookie_name import CookieName
from backend.api.fixed_key import FixedKey
from backend.api.key_cookie import KEY_SESSION_S, KeyCookie
from backend.api.services import Access, ApiServices
from backend.domain.unsealed import Unsealed
from backend.errors import AuthError
from backend.ports import Cipher
from backend.testing.keys import a_key_ring

KEY = "k" * 40
OURS = {"Origin": "http://voice.example:8080", "Sec-Fetch-Site": "same-origin"}


class Store:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list:
        return []

    lines = tools = agents


def client(key: str = KEY, scheme: str = "http", cipher: Cipher | None = None) -> httpx2.AsyncClient:
    people = KeyCookie("ringmaster-8080-key", cipher or a_key_ring(), FixedKey(key))
    access = Access(loopback=False, api_key=key, authenticator=people, key_cookie=people)
    services = ApiServices(
        desk=None, records=None, cases=None, callbacks=None, case_search=None, store=Store(), open_media=None,
        access=access,
    )  # fmt: skip
    transport = httpx2.ASGITransport(create_api(services))
    return httpx2.AsyncClient(transport=transport, base_url=f"{scheme}://voice.example:8080")


async def test_a_key_is_exchanged_for_a_cookie_that_does_not_show_it() -> None:
    async with client() as http:
        assert (await http.get("/api/v1/session")).status_code == 401
        assert (await http.post("/api/v1/session", json={"key": "wrong"}, headers=OURS)).status_code == 401
        answer = await http.post("/api/v1/session", json={"key": KEY}, headers=OURS)
        cookie = answer.headers["set-cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", f"Max-Age={KEY_SESSION_S}"))
        assert KEY not in cookie
        found = (await http.get("/api/v1/session")).json()
        assert (found["name"], found["roles"]) == ("API_KEY", ["viewer", "operator", "editor", "admin"])
        assert (await http.delete("/api/v1/session", headers=OURS)).status_code == 204
        assert (await http.get("/api/v1/session")).status_code == 401


async def test_behind_tls_the_cookie_goes_over_tls_only() -> None:
    async with client(scheme="https") as http:
        ours = {"Origin": "https://voice.example:8080"}
        answer = await http.post("/api/v1/session", json={"key": KEY}, headers=ours)
        assert "Secure" in answer.headers["set-cookie"].split("__Host-ringmaster-8080-key=")[-1]
        assert (await http.get("/api/v1/session")).status_code == 200


@pytest.mark.parametrize(
    ("public", "host", "secure"),
    [
        ("https://voice.example:8080", "voice.example:8080", True), ("https://VOICE.example", "voice.example", True),
        ("https://voice.example", "127.0.0.1:8080", False), ("http://voice.example", "voice.example", False),
        ("", "voice.example", False), ("https://voice.example", "evil.voice.example", False),
    ],
)  # fmt: skip
def test_behind_a_proxy_that_is_not_believed_the_public_name_says_that_it_is_tls(
    public: str, host: str, secure: bool
) -> None:
    name = CookieName("c", public)
    assert name.over_tls("http", host) is secure
    assert name.over_tls("https", host)
    planted = {"c": "of a site beside ours"}
    assert name.value([("host", host)], planted) == (None if secure else planted["c"])
    assert name.value([("host", host)], planted | {"__Host-c": "ours"}) == "ours"


@pytest.mark.parametrize("body", [{}, {"key": KEY, "code": "c"}, {"key": "", "code": ""}])
async def test_a_sign_in_shows_one_thing(body: dict[str, str]) -> None:
    async with client() as http:
        assert (await http.post("/api/v1/session", json=body, headers=OURS)).status_code == 422


async def test_a_page_of_another_site_signs_nobody_in() -> None:
    async with client() as http:
        evil = {"Origin": "http://evil.example"}
        assert (await http.post("/api/v1/session", json={"key": KEY}, headers=evil)).status_code == 403


async def test_keys_cannot_be_tried_here_without_end() -> None:
    async with client() as http:
        for _ in range(20):
            assert (await http.post("/api/v1/session", json={"key": "x" * 40}, headers=OURS)).status_code == 401
        assert (await http.post("/api/v1/session", json={"key": "x" * 40}, headers=OURS)).status_code == 429
        assert (await http.post("/api/v1/session", json={"key": KEY}, headers=OURS)).status_code == 204


async def test_a_sign_in_ends_and_cannot_be_made_or_changed() -> None:
    time = [1000.0]
    people = KeyCookie("c", a_key_ring(), FixedKey(KEY), now=lambda: time[0])
    session = people.new_session(KEY)
    assert (await people.who([], {"c": session}, {})) is not None
    with pytest.raises(AuthError):
        await KeyCookie("c", a_key_ring(), FixedKey(KEY)).who([], {"c": session}, {})
    assert await people.who([], {}, {}) is None
    for forged in (session[:-2], "é", "", "AAAA", session + "A"):
        with pytest.raises(AuthError):
            await people.who([], {"c": forged}, {})
    time[0] += KEY_SESSION_S
    with pytest.raises(AuthError, match="expired"):
        await people.who([], {"c": session}, {})


async def test_it_dies_with_its_key_and_a_shown_key_counts_before_it() -> None:
    people = KeyCookie("c", Unsealed(), FixedKey(KEY))
    session = people.new_session(KEY)
    after = KeyCookie("c", Unsealed(), FixedKey("another" * 6))
    with pytest.raises(AuthError, match="wrong"):
        await after.who([], {"c": session}, {})
    with pytest.raises(AuthError):
        await people.who([("authorization", "Bearer wrong")], {"c": session}, {})


async def test_a_page_that_was_open_overnight_guesses_nothing() -> None:
    ring = a_key_ring()
    people = KeyCookie("ringmaster-8080-key", ring, FixedKey(KEY), now=lambda: 1000.0)
    cookie = {"Cookie": f"ringmaster-8080-key={people.new_session(KEY)}"}
    async with client(cipher=ring) as http:
        answers = [await http.get("/api/v1/session", headers=cookie) for _ in range(25)]
        assert {answer.status_code for answer in answers} == {401}
        assert answers[-1].json()["error"] == {"code": "auth.expired", "message": "not authorized"}
        forged = {"Cookie": "ringmaster-8080-key=AAAA"}
        statuses = [(await http.get("/api/v1/session", headers=forged)).status_code for _ in range(21)]
        assert (statuses[0], statuses[-1]) == (401, 429), "what was never ours is a guess"
