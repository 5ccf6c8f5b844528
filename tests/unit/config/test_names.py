"""A misspelt name of a setting is told with the nearest right one; others are left to whom they belong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import ConfigError
from config import load_settings
from config.concern import field_names
from config.example import env_example
from config.names import in_environment, in_file
from config.places import load_places
from config.settings import CONCERNS

ROOT = Path(__file__).resolve().parents[3]
KNOWN = sorted({name for concern in CONCERNS for name in field_names(concern)})


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("written", "line", "right"),
    [
        ("PORTT=8081", 1, "PORT"),
        ("\n# places\n\nMAX_CALL=3", 4, "MAX_CALLS"),
        ("LOG_LEVEL=INFO\nLOG-FORMAT=json", 2, "LOG_FORMAT"),
        ("export DATABSE_URL=sqlite+aiosqlite:///x.db", 1, "DATABASE_URL"),
        ("SPEECH_KEY=hush", 1, "AZURE_SPEECH_KEY"),
        ("ACS_KEY=hush", 1, "ACS_ACCESS_KEY"),
        ("OPENAI_KEY=hush", 1, "OPENAI_API_KEY"),
        ("azure_speach_key=hush", 1, "AZURE_SPEECH_KEY"),
        ("EVENTGRID_KEY=hush", 1, "EVENT_GRID_KEY"),
    ],
)
def test_a_misspelt_name_in_the_file_stops_the_start(env_file: Path, written: str, line: int, right: str) -> None:
    env_file.write_text(written)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    assert str(refused.value).startswith(f".env, line {line}: ")
    assert str(refused.value).endswith(f"did you mean {right}?")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("written", ["PORT", "PORT=8081\n\nMAX_CALLS", "export PORT"])
def test_a_name_without_a_value_stops_the_start(env_file: Path, written: str) -> None:
    env_file.write_text(written)
    line = len(written.splitlines())
    with pytest.raises(ConfigError, match=f"line {line}: expected NAME=value"):
        load_settings()


def test_every_misspelt_name_is_told_at_once(env_file: Path) -> None:
    env_file.write_text("PORTT=1\nWORKER=2\n")
    with pytest.raises(ConfigError, match=r"(?s)line 1.*PORT\?\n.*line 2.*WORKERS\?"):
        load_settings()


def test_what_is_far_from_any_setting_is_remarked_on_and_starts(env_file: Path) -> None:
    env_file.write_text("COMPOSE_PROJECT=x\nTOOL_TRUCKS=https://x.example\nport=8123\n")
    settings = load_settings()
    assert settings.remarks == (".env, line 1: COMPOSE_PROJECT is no setting, nothing reads it",)
    assert settings.connections.port == 8123


def test_a_name_that_is_set_twice_is_remarked_on(env_file: Path) -> None:
    env_file.write_text("PORT=8123\n\nTOOL_A=1\nport=8124\nTOOL_A=2\n")
    settings = load_settings()
    assert settings.remarks == (
        ".env, line 4: port stands in line 1, too; keep one",
        ".env, line 5: TOOL_A stands in line 3, too; keep one",
    )
    assert (settings.connections.port, settings.tools["TOOL_A"]) == (8124, "2")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_that_an_editor_of_windows_wrote_is_read_from_its_first_name_on(env_file: Path, newline: str) -> None:
    for lines in (("PORT=8123", "MAX_CALLS=7", "TOOL_A=1"), ("TOOL_A=1", "MAX_CALLS=7", "PORT=8123")):
        env_file.write_bytes(b"\xef\xbb\xbf" + newline.join(lines).encode())
        settings = load_settings()
        assert (settings.connections.port, settings.connections.max_calls, settings.tools["TOOL_A"]) == (8123, 7, "1")
        assert (load_places().port, settings.remarks) == (8123, ())


def test_a_key_that_was_pasted_alone_is_not_printed(env_file: Path) -> None:
    env_file.write_text("bG9jYWwgYWNjZXNzIGtleQ==\n")
    assert "bG9j" not in "".join(load_settings().remarks)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('"hush"', "stands in quotes, which are part of it"),
        ("'hush'", "stands in quotes, which are part of it"),
        ("hush\n", "begins or ends with a space, which is part of it"),
        (" hush", "begins or ends with a space, which is part of it"),
        ("hush", ""),
        ('"hush\' or "', "stands in quotes"),
        ("it's", ""),
        ("'", ""),
        ("", ""),
        ("  ", ""),
    ],
)
@pytest.mark.parametrize("name", ["VERIFICATION_KEY", "TOOL_KEY", "NOBODYS"])
def test_what_stands_around_a_value_is_remarked_on_without_the_value(
    env_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    remarks = load_settings().remarks
    expected = [says] if says and name != "NOBODYS" else []
    assert len(remarks) == len(expected)
    assert all(name in one and says in one and "hush" not in one for one in remarks)


def test_a_slip_in_the_environment_is_remarked_on(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URI", "redis://hush")
    assert load_settings().remarks == ("the variable REDIS_URI is no setting; did you mean REDIS_URL?",)


@pytest.mark.parametrize(
    "name",
    ["HOSTNAME", "HTTP_PROXY", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "PATH", "TOOL_PORT", "SHELL", "TZ"],
)
def test_other_peoples_variables_are_left_alone(name: str) -> None:
    assert in_environment([name], KNOWN) == []


@given(st.sampled_from(KNOWN), st.data())
def test_any_one_slip_is_noticed(name: str, data: st.DataObject) -> None:
    """A letter left out, put in, or exchanged with its neighbor; unless that is the name of another setting."""
    at = data.draw(st.integers(0, len(name) - 2))
    slips = [
        name[:at] + name[at + 1 :],
        name[:at] + "X" + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    ]
    slip = data.draw(st.sampled_from(slips))
    wrong, _ = in_file([(1, slip)], KNOWN)
    assert slip in KNOWN or (len(wrong) == 1 and "did you mean" in wrong[0])


@given(st.sampled_from(KNOWN))
def test_a_right_name_is_never_doubted(name: str) -> None:
    assert in_file([(1, name), (2, name.lower())], KNOWN) == ([], [])
    assert in_environment([name, name.lower()], KNOWN) == []


def test_the_example_is_what_the_settings_are() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    assert text == env_example(), "run `make schema`: .env.example is written from config/"


def test_the_example_can_be_used_as_it_is(env_file: Path) -> None:
    defaults = load_settings()
    lines = env_example().splitlines()
    env_file.write_text(
        "\n".join(one.removeprefix("# ") for one in lines if one.startswith("# ") and "=" in one and one[2].isupper())
    )
    taken = load_settings()
    assert taken.remarks == ()
    assert taken.voice == defaults.voice and taken.security == defaults.security and taken.azure == defaults.azure
    assert taken.ai == defaults.ai and taken.connections.port == defaults.connections.port
