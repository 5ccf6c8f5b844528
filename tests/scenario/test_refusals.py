"""What an operator reads when the server can't be started: one sentence, exit status 2, and nothing was served.

What serving imports takes seconds of the processor. So one process imports it, and forks for each of the starts.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
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


STARTS = """
import json, os, sys, tempfile, threading
from backend.__main__ import main
from backend.cli import serve
from backend.boot import server

assert threading.active_count() == 1
for line in sys.stdin:
    environment, told = json.loads(line), []
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.environ.clear()
            os.environ.update(environment)
            sys.argv = ["ringmaster", "serve"]
            status = 99
            try:
                main()
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        for file in (out, err):
            file.seek(0)
            told.append(file.read().decode())
    print(json.dumps([os.waitstatus_to_exitcode(ended), *told]), flush=True)
"""


@pytest.fixture(scope="module")
def starter() -> Iterator[subprocess.Popen[str]]:
    """A process that starts servers with the environment that it is told, one after the other."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def start(starter: subprocess.Popen[str], tmp_path: Path) -> Callable[..., str]:
    """Start the server with the environment of an outsider; gives what it says, once it has refused with status 2."""

    def started(**changes: str) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        database = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'calls.db'}"}
        assert starter.stdin is not None and starter.stdout is not None
        starter.stdin.write(json.dumps(kept | database | FINE | changes) + "\n")
        starter.stdin.flush()
        status, out, said = json.loads(starter.stdout.readline())
        assert status == 2, said
        assert "Traceback" not in said
        assert "is ready" not in out
        return str(said)

    return started


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ACS_CONNECTION_STRING", "nonsense", "expected endpoint=https://...;accesskey=..."),
        ("ACS_ACCESS_KEY", "%%%", "expected base64"),
        ("AZURE_OPENAI_ENDPOINT", "htp:/x", "expected an address such as https://HOST or nothing, got 'htp:/x'"),
        ("AZURE_SPEECH_ENDPOINT", "", "expected an address, it is not set"),
        ("PORT", "abc", "expected a whole number"),
        ("DATABASE_URL", "oracle://x", "expected sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "postgresql+psycopg://u:hush@127.0.0.1:1/x", "cannot be used: postgresql+psycopg://u:***@"),
        ("HOST", "192.0.2.1", "expected an address of this machine, got '192.0.2.1'"),
        ("AGENT_STORE", "/no/such", "expected a folder, there is none at /no/such"),
        ("REDIS_URL", "redis://:hush@127.0.0.1:1/0?cluster=perhaps", "cluster: expected true or false"),
        ("REDIS_URL", "http://127.0.0.1", "expected redis://HOST:PORT/0"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(
    start: Callable[..., str], name: str, value: str, sentence: str
) -> None:
    said = start(**{name: value})
    assert name in said
    assert sentence in said
    assert "hush" not in said


def test_a_port_in_use_is_named(start: Callable[..., str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = start(PORT=str(port))
    assert f"PORT: expected a free port, 127.0.0.1:{port} cannot be used" in said


def test_a_typo_in_an_agent_is_shown_with_its_line_and_the_right_word(
    start: Callable[..., str], tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "agent_store", tmp_path / "agent_store")
    agent = tmp_path / "agent_store/agents/auth.yaml"
    agent.write_text(agent.read_text().replace("\nprompt:", "\npromt:"))
    said = start(AGENT_STORE=str(tmp_path / "agent_store"))
    line = agent.read_text().split("\n").index("promt: auth.jinja") + 1
    assert f"agents/auth.yaml:{line}: unknown key 'promt'; did you mean 'prompt'?" in said
