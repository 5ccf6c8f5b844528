"""Wrong settings are all named at once, with what was expected and what came; secrets are not repeated."""

from pathlib import Path

import pytest

from backend.errors import ConfigError
from config import load_settings

KEY = "bG9jYWw="
RESOURCE = "InstrumentationKey=11111111-1111-1111-1111-111111111111"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a .env."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ACS_CONNECTION_STRING", "endpoint=https://hush", "got no accesskey"),
        ("ACS_CONNECTION_STRING", "hush", "got no endpoint and no accesskey"),
        ("ACS_CONNECTION_STRING", f"endpoint=foo;accesskey={KEY}", "https://HOST or nothing, got 'foo'"),
        ("ACS_CONNECTION_STRING", "endpoint=https://x.example;accesskey=hush%", "its accesskey: expected base64"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", "hush", "expected InstrumentationKey=UUID"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=hush", "expected InstrumentationKey=UUID"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", f"{RESOURCE};", "expected InstrumentationKey=UUID"),
        ("PUBLIC_BASE_URL", "voice.example.com", "got 'voice.example.com'"),
        ("CORS_ORIGINS", "https://a.example, b.example", "got 'https://a.example, b.example'"),
        ("TRACE_SAMPLING", "7", "less than or equal to 1, got '7'"),
        ("HOST", "", "at least 1 character, got ''"),
        ("PORT", "", "expected a whole number, got ''"),
        ("PORT", "abc", "PORT: expected a whole number, got 'abc'"),
        ("MAX_CALLS", "-1", "MAX_CALLS: expected greater than or equal to 1, got '-1'"),
        ("AGENT_STORE", "", "expected a path, got ''"),
        ("PROMPT_STORE", "", "expected a path, got ''"),
        ("POLICY_BOOK", "", "expected a path, got ''"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    assert str(refused.value).startswith(f"{name}: ")
    assert sentence in str(refused.value)
    assert "hush" not in str(refused.value)


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    monkeypatch.setenv("CHECK_ACS_TOKENS", "maybe")
    with pytest.raises(ConfigError, match=r"(?s)PORT.*\nCHECK_ACS_TOKENS"):
        load_settings()


def test_right_connection_strings_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACS_CONNECTION_STRING", f"endpoint=https://x.example/;accesskey={KEY}")
    monkeypatch.setenv("APPLICATIONINSIGHTS_CONNECTION_STRING", f"{RESOURCE};IngestionEndpoint=https://in.example/")
    azure = load_settings().azure
    assert (azure.acs_address, azure.acs_key) == ("https://x.example", KEY)


@pytest.mark.parametrize(
    ("written", "read"),
    [("", ()), ("*", ("*",)), ("https://a.example/, http://b:3000", ("https://a.example", "http://b:3000"))],
)
def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, written: str, read: tuple[str, ...]) -> None:
    monkeypatch.setenv("CORS_ORIGINS", written)
    assert load_settings().security.origins == read


def test_an_address_of_ipv6_has_its_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "::1")
    assert load_settings().connections.base_url == "http://[::1]:8080"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PORT=80\xff81\n", ".env: expected a text file in UTF-8"),
        (b"PORT=8081\nthe host = is here\n", ".env, line 2: expected NAME=value"),
        (b"PORT=abc\n", "PORT: "),
    ],
)
def test_a_broken_env_file_is_named(folder: Path, content: bytes, sentence: str) -> None:
    (folder / ".env").write_bytes(content)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    assert sentence in str(refused.value)


@pytest.mark.parametrize("number", ["8005550123", "+180055", "+1 800 555 0123", "ann"])
def test_a_test_caller_is_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("TEST_CALLERS", f"+18005550123, {number}")
    with pytest.raises(ConfigError, match="TEST_CALLERS: expected numbers such as"):
        load_settings()


def test_test_callers_one_by_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_CALLERS", "+18005550123, 8:acs:somebody,")
    assert load_settings().connections.test_numbers == {"+18005550123", "8:acs:somebody"}


def test_an_env_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PORT=8081\n")

    def forbidden(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", forbidden)
    with pytest.raises(ConfigError, match=r"\.env: expected a file that can be read, got Permission denied"):
        load_settings()


def test_a_folder_that_docker_made_of_the_env_file_is_named(folder: Path) -> None:
    (folder / ".env").mkdir()
    with pytest.raises(ConfigError, match=r"\.env: expected a file, got an empty folder"):
        load_settings()
    (folder / ".env" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    load_settings()


def test_a_seed_that_is_empty_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_SEED", "")
    assert load_settings().connections.store_seed is None
