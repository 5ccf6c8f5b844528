"""Who is let in, as the settings have it; a server that others can reach starts with nothing left unchecked only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.adapters.sql.database import Database
from backend.adapters.sql.key_book import SqlKeyBook
from backend.api.fixed_key import FixedKey
from backend.boot.access import open_access
from backend.boot.exposure import door_rules, exposed_by, require_checks, wire_limits
from backend.boot.people import PeopleParts, has_keys
from backend.boot.required import require_services
from backend.domain.api_key import KeyRights, make_key
from backend.domain.unsealed import Unsealed
from backend.errors import AuthError, ConfigError
from config import load_settings
from local_azure.server import emulator

PEOPLE = PeopleParts(FixedKey(""), None, None, Unsealed())
CHECKED = {"API_KEY": "k" * 40, "EVENT_GRID_KEY": "e" * 40}


def set_all(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


EXPOSED = [
    {"HOST": "0.0.0.0"},
    {"HOST": "::"},
    {"HOST": "192.0.2.7"},
    {"HOST": "voice.internal"},
    {"PUBLIC_BASE_URL": "https://voice.example.com"},
    {"TRUSTED_PROXIES": "127.0.0.1"},
    {"ALLOWED_HOSTS": "voice.example.com"},
]


@pytest.mark.parametrize("exposed", EXPOSED, ids=str)
@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"API_KEY": ""}, "API_KEY"),
        ({"API_KEY": "k" * 15}, "16 letters"),
        ({"EVENT_GRID_KEY": ""}, "EVENT_GRID_KEY"),
        ({"CHECK_ACS_TOKENS": "false"}, "CHECK_ACS_TOKENS"),
    ],
    ids=str,
)
def test_who_can_be_reached_by_others_checks_everybody(
    monkeypatch: pytest.MonkeyPatch, exposed: dict[str, str], lacks: dict[str, str], named: str
) -> None:
    set_all(monkeypatch, **(CHECKED | exposed))
    require_checks(load_settings())
    set_all(monkeypatch, **lacks)
    with pytest.raises(ConfigError, match=f"(?s){named}.*{next(iter(exposed))}"):
        require_checks(load_settings())


def test_all_that_is_off_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, HOST="0.0.0.0", CHECK_ACS_TOKENS="false")
    with pytest.raises(ConfigError, match=r"(?s)API_KEY.*EVENT_GRID_KEY.*CHECK_ACS_TOKENS.*HOST=0\.0\.0\.0"):
        require_checks(load_settings())


async def test_a_key_of_the_database_opens_a_server_that_others_can_reach(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_all(monkeypatch, **(CHECKED | {"API_KEY": "", "HOST": "0.0.0.0"}))
    settings, now = load_settings(), datetime.now(UTC)
    require_checks(settings, keys=None)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    assert not await has_keys(database)
    with pytest.raises(ConfigError, match="ringmaster keys add"):
        require_checks(settings, keys=await has_keys(database))
    rights = KeyRights(frozenset({"operator"}))
    over = make_key("old", rights, by="t", now=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    await SqlKeyBook(database).add(over.key)
    assert not await has_keys(database), "it has ended"
    await SqlKeyBook(database).add(make_key("website", rights, by="t", now=now).key)
    require_checks(settings, keys=await has_keys(database))
    await database.close()


def test_what_else_is_off_is_named_before_keys_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, HOST="0.0.0.0", EVENT_GRID_KEY="")
    with pytest.raises(ConfigError, match=r"(?s)API_KEY.*EVENT_GRID_KEY"):
        require_checks(load_settings(), keys=None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_this_machine_alone_needs_no_key(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    set_all(monkeypatch, HOST=host, PUBLIC_BASE_URL="http://127.0.0.1:9000", ACS_ENDPOINT="http://127.0.0.1:1")
    settings = load_settings()
    require_checks(settings)
    assert exposed_by(settings) == ""
    assert open_access(settings, PEOPLE).open_to_this_machine


@pytest.mark.parametrize("exposed", EXPOSED, ids=str)
def test_without_a_key_nothing_is_open_to_others(monkeypatch: pytest.MonkeyPatch, exposed: dict[str, str]) -> None:
    set_all(monkeypatch, ACS_ENDPOINT="http://127.0.0.1:1", **exposed)
    assert not open_access(load_settings(), PEOPLE).open_to_this_machine


def test_every_page_may_come_only_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, CORS_ORIGINS="*")
    with pytest.raises(ConfigError, match="CORS_ORIGINS"):
        require_checks(load_settings())
    set_all(monkeypatch, API_KEY="k" * 40)
    require_checks(load_settings())


def test_the_names_of_a_server_are_those_of_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = door_rules(load_settings()).hosts
    assert hosts is not None and hosts.allow("localhost:8080") and not hosts.allow("10.0.0.7")
    set_all(
        monkeypatch, HOST="0.0.0.0", PUBLIC_BASE_URL="https://voice.example.com", ALLOWED_HOSTS="a.example, b.example"
    )
    hosts = door_rules(load_settings()).hosts
    assert hosts is not None
    for one in ("voice.example.com", "a.example", "b.example:443", "10.0.0.7:8080", "localhost"):
        assert hosts.allow(one)
    assert not hosts.allow("evil.example")


def test_chats_have_room_beside_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, MAX_CALLS="10", MAX_CHATS="5000")
    assert wire_limits(load_settings()).at_once == 5220


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALLOWED_HOSTS", "https://a.example"), ("TRUSTED_PROXIES", "proxy"), ("TRUSTED_PROXIES", "10.0.0.0/99")],
)
def test_a_wrong_name_or_network_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name):
        load_settings()


async def test_deliveries_carry_a_token_where_event_grid_has_an_application(monkeypatch: pytest.MonkeyPatch) -> None:
    async with emulator() as azure:
        issuer = f"{azure.url}/entra/local/v2.0"
        monkeypatch.setenv("EVENT_GRID_AUDIENCE", "our-application")
        monkeypatch.setenv("EVENT_GRID_ISSUER", issuer)
        monkeypatch.setenv("EVENT_GRID_JWKS_URL", f"{azure.url}/entra/local/discovery/v2.0/keys")
        tokens = open_access(load_settings(), PEOPLE).event_grid_tokens
        assert tokens is not None
        ours = azure.state.signer.sign(issuer=issuer, audience="our-application", seconds=60)
        assert (await tokens.check(f"Bearer {ours}"))["aud"] == "our-application"
        with pytest.raises(AuthError):
            await tokens.check(None)


def test_an_application_without_its_issuer_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT_GRID_AUDIENCE", "our-application")
    with pytest.raises(ConfigError, match="EVENT_GRID_ISSUER and EVENT_GRID_JWKS_URL"):
        require_services(load_settings())
