"""``ringmaster dev``: what it tells people to type, and whose settings it keeps."""

import os
import socket
from pathlib import Path

import pytest

from backend.errors import ConfigError
from local_azure.develop import _emulator, _settings_for, _webhook, call_command

TYPED = ".venv/bin/ringmaster call tests/personas/rear_end"


@pytest.mark.parametrize(
    ("server", "azure", "typed"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8090", TYPED),
        ("http://127.0.0.1:8281", "127.0.0.1:8090", f"{TYPED} --server http://127.0.0.1:8281"),
        ("http://127.0.0.1:8080", "127.0.0.1:8999", f"{TYPED} --emulator http://127.0.0.1:8999"),
    ],
)
def test_addresses_are_named_when_they_are_not_the_usual_ones(server: str, azure: str, typed: str) -> None:
    assert call_command(server, azure) == typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of one's own; what is put into the environment is taken back."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_port_that_is_taken_is_named_whoever_has_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"EMULATOR_PORT.*127.0.0.1:{port} cannot be used"), _emulator(port, []):
            pytest.fail("somebody else's port was taken for the local Azure")


def test_what_env_says_about_the_cloud_does_not_lead_there(folder: Path) -> None:
    (folder / ".env").write_text(
        "ACS_CONNECTION_STRING=endpoint=https://cloud.example;accesskey=bG9jYWw=\n"
        "PUBLIC_BASE_URL=https://voice.example\nEVENT_GRID_KEY=a&b\n"
    )
    settings = _settings_for("127.0.0.1:8090")
    assert settings.azure.acs_address == "http://127.0.0.1:8090"
    assert _webhook(settings) == "http://127.0.0.1:8080/api/v1/calls/answer?key=a%26b"


@pytest.mark.parametrize(
    ("written", "endpoint", "key"),
    [
        ("", "http://127.0.0.1:8090", "local"),
        ("AZURE_OPENAI_ENDPOINT=https://model.example\n", "https://model.example", ""),
        ("OPENAI_BASE_URL=https://other.example/v1\n", "", ""),
    ],
)
def test_a_model_that_was_named_takes_the_stand_ins_place(folder: Path, written: str, endpoint: str, key: str) -> None:
    (folder / ".env").write_text(written)
    ai = _settings_for("127.0.0.1:8090").ai
    assert (ai.azure_openai_endpoint, ai.azure_openai_api_key.get_secret_value()) == (endpoint, key)
