"""By which ways calls come, as the settings have it: ACS, LiveKit or both; without any the server does not start.

Servers that start by one way are in tests/scenario/test_refusals.py.
"""

import pytest

from backend.boot.exposure import require_checks
from backend.boot.required import require_services
from backend.engine.call.ways_in import WaysIn
from backend.errors import CallNotFound, ConfigError
from config import load_settings

ACS = ("ACS_ENDPOINT", "ACS_ACCESS_KEY", "ACS_RESOURCE_ID", "ACS_JWKS_URL", "ACS_SOURCE_NUMBER", "ACS_SMS_NUMBER")
LIVEKIT = {
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "a secret of thirty-two letters, or more",
}
REST = {"AZURE_SPEECH_ENDPOINT": "ws://127.0.0.1:9", "OPENAI_BASE_URL": "http://127.0.0.1:9"}


def set_only(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name in (*ACS, *LIVEKIT):
        monkeypatch.delenv(name, raising=False)
    for name, value in (REST | values).items():
        monkeypatch.setenv(name, value)


def test_either_way_in_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    set_only(monkeypatch, **LIVEKIT)
    require_services(load_settings())
    set_only(monkeypatch, ACS_ENDPOINT="http://127.0.0.1:9", ACS_RESOURCE_ID="id")
    require_services(load_settings())


def test_no_way_in_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    set_only(monkeypatch)
    with pytest.raises(ConfigError, match=r"ACS_ENDPOINT or LIVEKIT_URL: .*neither is set"):
        require_services(load_settings())


def test_text_messages_need_acs(monkeypatch: pytest.MonkeyPatch) -> None:
    set_only(monkeypatch, **LIVEKIT, ACS_SMS_NUMBER="+18005550100")
    with pytest.raises(ConfigError, match="ACS_ENDPOINT: expected with ACS_SMS_NUMBER"):
        require_services(load_settings())


def test_what_guards_acs_is_asked_for_with_acs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    set_only(monkeypatch, **LIVEKIT, HOST="0.0.0.0", API_KEY="k" * 40)
    require_checks(load_settings())
    monkeypatch.setenv("ACS_ENDPOINT", "https://x.communication.azure.com")
    with pytest.raises(ConfigError, match="EVENT_GRID_KEY"):
        require_checks(load_settings())


def test_a_way_that_is_not_there_does_nothing_for_a_call() -> None:
    with pytest.raises(CallNotFound, match="'acs'"):
        WaysIn(None).control("")
    assert WaysIn(None).names == ()
