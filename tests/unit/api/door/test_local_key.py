"""The key of `make run`: made once, read by its owner only, found by commands, exchanged by a browser for a cookie."""

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from backend.api.application import create_api
from backend.api.door.guard import DoorRules
from backend.api.door.local_key import LocalKey, key_for
from backend.api.door.local_people import LocalPeople
from backend.api.fixed_key import FixedKey
from backend.api.services import Access, ApiServices
from backend.domain.principal import LOCAL
from backend.errors import AuthError, ConfigError, SignInExpired
from backend.protocol.web import AllowedHosts

API_KEY = "a" * 40


class Store:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list:
        return []

    lines = tools = agents


@pytest.fixture
def local(tmp_path: Path) -> LocalKey:
    key = LocalKey(tmp_path / "var/local.key")
    key.make()
    return key


def client(local: LocalKey, api_key: str = "") -> httpx2.AsyncClient:
    access = Access(
        loopback=False, api_key=api_key, authenticator=LocalPeople(local, "ringmaster-8080", FixedKey(api_key))
    )
    services = ApiServices(
        desk=None, records=None, cases=None, callbacks=None, case_search=None, store=Store(), open_media=None,
        access=access,
    )  # fmt: skip
    app = create_api(services, door=DoorRules(AllowedHosts()))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1:8080")


def test_the_key_is_made_once_and_nobody_else_can_read_it(local: LocalKey, tmp_path: Path) -> None:
    path = tmp_path / "var/local.key"
    key = local.read()
    assert len(key) >= 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert local.make() == key
    path.chmod(0o644)
    assert local.read() == ""
    assert local.make() != key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_holds_no_key_lets_nobody_in(local: LocalKey, tmp_path: Path) -> None:
    path = tmp_path / "var/local.key"
    for content in (b"", b"\n", b"\xff\xfe"):
        path.write_bytes(content)
        assert local.read() == ""
        assert not local.fits("")
        assert not local.knows("9999999999.x." + "0" * 64)
        assert not local.knows(local.new_session())


def test_a_code_works_once_whoever_shows_it_at_the_same_moment(local: LocalKey, tmp_path: Path) -> None:
    code = local.new_code()
    assert code not in "".join(path.read_text() for path in (tmp_path / "var").iterdir())
    assert not local.spend("wrong")
    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lambda _: local.spend(code), range(64))) == 1
    assert not local.spend(code)


def test_a_new_code_ends_the_one_before(local: LocalKey) -> None:
    first, second = local.new_code(), local.new_code()
    assert not local.spend(first)
    assert local.spend(second)


def test_a_session_cannot_be_made_or_stretched(local: LocalKey, tmp_path: Path) -> None:
    session = local.new_session()
    assert local.knows(session)
    ends, nonce, seal = session.split(".")
    for forged in ("", "..", f"{int(ends) + 1}.{nonce}.{seal}", f"{ends}.{nonce}x.{seal}", f"{ends}.{nonce}.", "é.é.é"):
        assert not local.knows(forged)
    (tmp_path / "var/local.key").unlink()
    local.make()
    assert not local.knows(session)


def test_a_session_ends(local: LocalKey, monkeypatch: pytest.MonkeyPatch) -> None:
    session = local.new_session()
    monkeypatch.setattr("backend.api.door.local_key.time.time", lambda: 4_000_000_000.0)
    assert not local.knows(session)


async def test_programs_show_the_key_and_the_api_key_still_holds(local: LocalKey) -> None:
    async with client(local, API_KEY) as http:
        for key, status in ((local.read(), 200), (API_KEY, 200), ("x" * 43, 401)):
            answer = await http.get("/api/v1/agents", headers={"Authorization": f"Bearer {key}"})
            assert answer.status_code == status
        assert (await http.get("/api/v1/agents")).status_code == 401
        assert (await http.get("/docs")).status_code == 401


async def test_a_browser_exchanges_the_code_for_a_cookie(local: LocalKey) -> None:
    async with client(local) as http:
        page = await http.get("/sign-in")
        assert page.status_code == 200
        assert "'nonce-" in page.headers["content-security-policy"]
        assert not re.search(r"https?://", page.text)
        ours = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}
        code = local.new_code()
        assert (await http.post("/api/v1/session", json={"code": "wrong"}, headers=ours)).status_code == 401
        answer = await http.post("/api/v1/session", json={"code": code}, headers=ours)
        assert answer.status_code == 204
        cookie = answer.headers["set-cookie"]
        assert all(part in cookie for part in ("ringmaster-8080=", "HttpOnly", "SameSite=strict"))
        assert local.read() not in cookie
        assert (await http.get("/api/v1/agents")).status_code == 200  # the client keeps cookies
        assert (await http.post("/api/v1/session", json={"code": code}, headers=ours)).status_code == 401
        evil = await http.post("/api/v1/store/changes", json={}, headers={"Origin": "http://evil.example"})
        assert evil.status_code == 403
        assert (await http.delete("/api/v1/session", headers=ours)).status_code == 204
        assert (await http.get("/api/v1/agents")).status_code == 401


async def test_another_site_cannot_spend_the_code(local: LocalKey) -> None:
    code = local.new_code()
    async with client(local) as http:
        answer = await http.post("/api/v1/session", json={"code": code}, headers={"Origin": "http://evil.example"})
        assert answer.status_code == 403
        long = await http.post("/api/v1/session", json={"code": "a" * 2000})
        assert long.status_code == 413
    assert local.spend(code)


def test_commands_find_the_key_for_this_machine_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert key_for("http://127.0.0.1:8080") == ""
    key = LocalKey(Path("var/local.key")).make()
    assert key_for("http://127.0.0.1:8080") == key == key_for("http://localhost:9") == key_for("http://[::1]:9")
    assert key_for("http://127.0.0.1:8080", "given") == "given"
    for other in ("https://voice.example.com", "http://10.0.0.1:8080", "http://127.0.0.1.evil.example"):
        assert key_for(other) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_somebody_elses_file_is_no_key_of_ours(local: LocalKey, tmp_path: Path) -> None:
    os.chown(tmp_path / "var/local.key", 65534, 65534)
    assert local.read() == ""


async def test_over_tls_a_browser_is_known_by_the_name_that_it_was_given(local: LocalKey) -> None:
    people, session = LocalPeople(local, "c", FixedKey("")), local.new_session()
    assert await people.who([("host", "voice.example.com")], {"__Host-c": session}, {}) is LOCAL
    assert await people.who([("host", "voice.example.com")], {"__Host-other": session}, {}) is None


async def test_a_session_that_is_over_is_told_from_one_that_was_never_ours(
    local: LocalKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = LocalPeople(local, "c", FixedKey(""))
    session = local.new_session()
    with pytest.raises(AuthError) as refused:
        await people.who([], {"c": session[:-1] + "x"}, {})
    assert not isinstance(refused.value, SignInExpired)
    monkeypatch.setattr("backend.api.door.local_key.time.time", lambda: 9e9)
    with pytest.raises(SignInExpired):
        await people.who([], {"c": session}, {})


@pytest.mark.parametrize("server", ["x", "http://", "http://[", "http://a b", "http://127.0.0.1:99999", "ftp://x", ""])
def test_what_is_no_address_of_a_server_is_told(server: str):
    with pytest.raises(ConfigError, match="the server's address: expected an address"):
        key_for(server)


@pytest.mark.parametrize("key", ["a\nb", "a b", "é", "\x00"])
def test_a_key_that_no_request_can_carry_is_told_and_not_repeated(key: str):
    with pytest.raises(ConfigError, match="the API key: expected letters") as refused:
        key_for("http://127.0.0.1:8080", key)
    assert key not in str(refused.value)
