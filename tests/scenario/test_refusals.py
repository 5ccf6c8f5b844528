"""What an operator reads when the server can't be started: one sentence, exit status 2, and nothing was served."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FINE = {
    "ACS_ENDPOINT": "http://127.0.0.1:9",
    "ACS_ACCESS_KEY": "bG9jYWw=",
    "ACS_RESOURCE_ID": "11111111-1111-1111-1111-111111111111",
    "ACS_JWKS_URL": "http://127.0.0.1:9/calling/keys",
    "AZURE_SPEECH_ENDPOINT": "ws://127.0.0.1:9",
    "AZURE_SPEECH_KEY": "local",
    "AZURE_OPENAI_ENDPOINT": "http://127.0.0.1:9",
    "AZURE_OPENAI_API_KEY": "local",
    "REDIS_URL": "",
    "PORT": "0",
}


def start(folder: Path, **changes: str) -> str:
    """Start the server with the environment of an outsider; gives what it says, once it has refused with status 2."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    database = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'calls.db'}"}
    done = subprocess.run(
        [sys.executable, "-m", "backend", "serve"],
        env=kept | database | FINE | changes,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "is ready" not in done.stdout
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ACS_CONNECTION_STRING", "nonsense", "expected endpoint=https://...;accesskey=..."),
        ("ACS_ACCESS_KEY", "%%%", "expected base64"),
        ("AZURE_OPENAI_ENDPOINT", "htp:/x", "expected an address such as https://HOST or nothing, got 'htp:/x'"),
        ("AZURE_SPEECH_ENDPOINT", "", "expected an address, it is not set"),
        ("PORT", "abc", "valid integer"),
        ("DATABASE_URL", "oracle://x", "expected sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "postgresql+psycopg://u:hush@127.0.0.1:1/x", "cannot be used: postgresql+psycopg://u:***@"),
        ("HOST", "192.0.2.1", "expected an address of this machine, got '192.0.2.1'"),
        ("AGENT_STORE", "/no/such", "expected a folder, there is none at /no/such"),
        ("REDIS_URL", "redis://:hush@127.0.0.1:1/0?cluster=perhaps", "cluster: expected true or false"),
        ("REDIS_URL", "http://127.0.0.1", "expected redis://HOST:PORT/0"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    said = start(tmp_path, **{name: value})
    assert name in said
    assert sentence in said
    assert "hush" not in said


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = start(tmp_path, PORT=str(port))
    assert f"PORT: expected a free port, 127.0.0.1:{port} cannot be used" in said


def test_a_typo_in_an_agent_is_shown_with_its_line_and_the_right_word(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "agent_store", tmp_path / "agent_store")
    agent = tmp_path / "agent_store/agents/auth.yaml"
    agent.write_text(agent.read_text().replace("\nprompt:", "\npromt:"))
    said = start(tmp_path, AGENT_STORE=str(tmp_path / "agent_store"))
    line = agent.read_text().split("\n").index("promt: auth.jinja") + 1
    assert f"agents/auth.yaml:{line}: unknown key 'promt'; did you mean 'prompt'?" in said
