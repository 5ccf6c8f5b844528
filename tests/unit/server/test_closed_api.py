"""Who is let in, as the settings have it; a server that closes something says why."""

import logging

import pytest

from backend.app import Ringmaster, require_services
from backend.emulator.server import emulator
from backend.errors import AuthError, ConfigError
from config import load_settings


@pytest.mark.parametrize(("host", "key", "warned"), [("0.0.0.0", "", 1), ("0.0.0.0", "k", 0), ("127.0.0.1", "", 0)])
def test_a_missing_key_is_told_where_it_closes_the_api(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, host: str, key: str, warned: int
) -> None:
    for name, value in {"HOST": host, "API_KEY": key, "ACS_ENDPOINT": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    with caplog.at_level(logging.WARNING):
        Ringmaster(load_settings())._access(None)
    assert sum("API_KEY is not set" in record.message for record in caplog.records) == warned


async def test_deliveries_carry_a_token_where_event_grid_has_an_application(monkeypatch: pytest.MonkeyPatch) -> None:
    async with emulator() as azure:
        issuer = f"{azure.url}/entra/local/v2.0"
        monkeypatch.setenv("EVENT_GRID_AUDIENCE", "our-application")
        monkeypatch.setenv("EVENT_GRID_ISSUER", issuer)
        monkeypatch.setenv("EVENT_GRID_JWKS_URL", f"{azure.url}/entra/local/discovery/v2.0/keys")
        tokens = Ringmaster(load_settings())._access(None).event_grid_tokens
        assert tokens is not None
        ours = azure.state.signer.sign(issuer=issuer, audience="our-application", seconds=60)
        assert (await tokens.check(f"Bearer {ours}"))["aud"] == "our-application"
        with pytest.raises(AuthError):
            await tokens.check(None)


def test_an_application_without_its_issuer_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT_GRID_AUDIENCE", "our-application")
    with pytest.raises(ConfigError, match="EVENT_GRID_ISSUER and EVENT_GRID_JWKS_URL"):
        require_services(load_settings())
