"""A value that nobody could use is refused at the start, and not taken without a word until a call fails."""

from pathlib import Path

import pytest

from backend.errors import ConfigError
from config import load_settings
from config.shapes import named_host

WRONG = [
    ("ALLOWED_TOOL_HOSTS", "http://x/y", "expected host names such as tools.example.com"),
    ("ALLOWED_TOOL_HOSTS", "a.example, b.example:8443", "without http://, ports"),
    ("ALLOWED_TOOL_HOSTS", "*.example.com", "expected host names"),
    ("ALLOWED_TOOL_HOSTS", "a.example;b.example", "expected host names"),
    ("ALLOWED_TOOL_HOSTS", "a.example b.example", "expected host names"),
    ("ALLOWED_HOSTS", "*.example.com", "expected host names such as voice.example.com"),
    ("ALLOWED_HOSTS", "https://voice.example.com", "expected host names"),
    ("ALLOWED_HOSTS", "voice.example.com?x", "expected host names"),
    ("CORS_ORIGINS", "https://a.example/console", "without a path"),
    ("CORS_ORIGINS", "https://a.example?x", "without ? or #"),
    ("TRUSTED_PROXIES", "10.0.0.0-10.0.0.9", "expected addresses or networks"),
    ("EVENT_GRID_SUBSCRIPTIONS", "/subscriptions/1/eventSubscriptions/incoming", "expected names of subscriptions"),
    ("EVENT_GRID_SUBSCRIPTIONS", "incoming calls", "expected names of subscriptions"),
    ("EVENT_GRID_ISSUER", "sts.windows.net/tenant/", "expected an address"),
    ("ENTRA_ISSUER", "tenant", "expected an address"),
    ("ACS_ISSUER", "acs", "expected an address"),
    ("PUBLIC_BASE_URL", "https://voice.example.com/?tenant=1", "without ? or #"),
    ("PUBLIC_BASE_URL", "https://voice.example .com", "expected an address"),
    ("PUBLIC_BASE_URL", "https://voice.example.com\t", "expected an address"),
    ("AZURE_OPENAI_ENDPOINT", "https://x.openai.azure.com/openai/deployments/g?api-version=1", "without ? or #"),
    ("AZURE_OPENAI_API_VERSION", "?api-version=2025-04-01", "expected a version such as"),
    ("AZURE_OPENAI_DEPLOYMENT", "gpt 5", "without spaces"),
    ("AZURE_SPEECH_REGION", "East US 2", "expected a region such as eastus2"),
    ("AZURE_SPEECH_REGION", "https://eastus2.api.cognitive.microsoft.com", "expected a region"),
    ("AZURE_SPEECH_RESOURCE_ID", "speech-x", "expected a resource id such as /subscriptions/"),
    ("AZURE_SEARCH_INDEX", "https://s.search.windows.net/indexes/x", "expected the name of an index"),
    ("ACS_RESOURCE_ID", "/subscriptions/1/communicationServices/acs-x", "expected the immutable resource id"),
    ("ACS_SOURCE_NUMBER", "206 555 0123", "expected a number such as +18005550123"),
    ("ACS_SMS_NUMBER", "+1 206 555 0123", "expected a number such as"),
    ("DTMF_TERMINATOR", "##", "expected one key of a telephone"),
    ("DTMF_PERSON", "zero", "expected one key of a telephone"),
    ("HOST", "http://0.0.0.0", "expected an address of this machine"),
    ("HOST", "0.0.0.0:8080", "without a port"),
    ("AGENT_STORE", "~/agent_store", "without ~ and variables"),
    ("PROMPT_STORE", "$HOME/prompt_store", "without ~ and variables"),
    ("POLICY_BOOK", "https://books.example/policies.yaml", "expected a path, not an address"),
    ("RECORDINGS_DIR", "", "expected a path"),
    ("RECORDINGS_DIR", "https://rec.blob.core.windows.net/recordings", "expected a path, not an address"),
    ("RECORDINGS_CONTAINER", "recordings", "expected https://ACCOUNT.blob.core.windows.net/CONTAINER"),
    ("SPOOL_DIR", "file:///var/spool", "expected a path, not an address"),
    ("STORE_SEED", "~", "without ~ and variables"),
    ("DATA_KEY_FILE", "~/data.key", "without ~ and variables"),
    ("PHRASES_DIR", "var/\nphrases", "characters that cannot be seen"),
    ("LOCAL_KEY_FILE", "%TEMP%/key", "without ~ and variables"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/v1/traces", "without /v1/"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://", "expected an address"),
    ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Basic hush", "expected name=value pairs"),
    ("ALERT_WEBHOOK_URL", "https://", "expected an address"),
    ("PRICE_CURRENCY", "usd", "expected three letters such as USD"),
    ("LIVEKIT_OUTBOUND_TRUNK", "trunk", "expected the id of a trunk"),
    ("LIVEKIT_AGENT_NAME", "", "expected at least 1 character"),
    ("DRAIN_SECONDS", "10m", "expected a whole number"),
    ("REDIS_TIMEOUT_MS", "0.5s", "expected a whole number"),
    ("COST_PER_DAY", "nan", "expected"),
    ("PRICE_CORE_HOUR", "inf", "expected"),
    ("TRACE_SAMPLING", "50%", "expected a number"),
    *(("API_KEY", f"hush{odd}{'k' * 40}", "that a bearer header can carry") for odd in " \t\u00e4=':\u2028"),
    ("API_KEY", "hush" * 2000, "that a bearer header can carry"),
    ("API_KEY", f"hush{'k' * 40}\n", "that a bearer header can carry"),
    ("AZURE_OPENAI_API_KEY", "hush\n", "that a header can carry"),
    ("OPENAI_API_KEY", "hush\u2026", "that a header can carry"),
    ("AZURE_SEARCH_KEY", "hush hush", "that a header can carry"),
    ("AZURE_SPEECH_KEY", "hush\r\nX: 1", "that a header can carry"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without a .env."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_value_that_fits_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    said = str(refused.value)
    assert said.startswith(f"{name}: ")
    assert sentence in said
    assert "hush" not in said
    for words in ("String should", "Input should", "pattern"):
        assert words not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_TOOL_HOSTS", "tools.example.com, 10.0.0.7,[::1], my_host, bücher.example, "),
        ("ALLOWED_HOSTS", "voice.example.com:8443,10.0.0.7,[::1]:80"),
        ("CORS_ORIGINS", "https://a.example:8443/"),
        ("EVENT_GRID_SUBSCRIPTIONS", "incoming-calls,recorded_files"),
        ("EVENT_GRID_JWKS_URL", "https://login.microsoftonline.com/t/discovery/v2.0/keys?appid=1"),
        ("ALERT_WEBHOOK_URL", "https://hooks.example/services?token=x"),
        ("AZURE_OPENAI_ENDPOINT", "https://gateway.example/openai-of-ours/"),
        ("AZURE_SPEECH_ENDPOINT", "ws://127.0.0.1:8090"),
        ("ACS_SMS_NUMBER", "CONTOSO"),
        ("DTMF_PERSON", ""),
        ("DTMF_TERMINATOR", "*"),
        ("HOST", "::"),
        ("HOST", "localhost"),
        ("AGENT_STORE", "a folder/with (odd) names"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic a=b,x=1"),
        ("API_KEY", "aZ09-._~+/=="),
        ("OPENAI_API_KEY", "sk-proj_1:%{}"),
    ],
)
def test_what_can_be_used_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    load_settings()


@pytest.mark.parametrize("issuer", ["https://sts.windows.net/tenant/", "https://login.microsoftonline.com/t/v2.0"])
def test_an_issuer_stays_as_its_tokens_name_it(monkeypatch: pytest.MonkeyPatch, issuer: str):
    for name in ("EVENT_GRID_ISSUER", "ENTRA_ISSUER", "ACS_ISSUER"):
        monkeypatch.setenv(name, issuer)
    found = load_settings()
    assert {found.security.event_grid_issuer, found.people.entra_issuer, found.azure.acs_issuer} == {issuer}


@pytest.mark.parametrize(
    "value", ["https://ann:hush@model.example", "https://ann:hush@model.example?x", "h://ann:hush@x"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("OPENAI_BASE_URL", value)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    assert "hush" not in str(refused.value)
    assert "***@" in str(refused.value)


@pytest.mark.parametrize("host", ["a.b.c", "a", "127.0.0.1", "::1", "[fe80::1]", "xn--bcher-kva.example", "a.example."])
def test_hosts(host: str):
    assert named_host(host)


@pytest.mark.parametrize("host", ["", "-", "a..b", ".a", "a/b", "a:80", "a@b", "*", "a b", "a,b", "[::1]:80", "a?b"])
def test_what_is_no_host(host: str):
    assert not named_host(host)
