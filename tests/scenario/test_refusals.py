"""What an operator reads when the server can't be started: one sentence, exit status 2, and nothing was served.

What serving imports takes seconds of the processor. So one process imports it, and forks for each of the starts; also
for those of servers that do start, and are asked what they have.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from local_azure.server import emulator

ROOT = Path(__file__).parents[2]
ACS = ("ACS_ENDPOINT", "ACS_ACCESS_KEY", "ACS_RESOURCE_ID", "ACS_JWKS_URL", "ACS_SOURCE_NUMBER", "ACS_SMS_NUMBER")
LIVEKIT = {
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "a secret of thirty-two letters, or more",
}
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
import gc
gc.disable()
import asyncio, json, os, sys, tempfile, threading
from backend.__main__ import main
from backend.cli import serve
from backend.boot import server

async def asked():
    import httpx2
    from backend.boot.app import Ringmaster, create_app
    from config import load_settings

    settings = load_settings()
    async with Ringmaster(settings).run() as services:
        transport = httpx2.ASGITransport(create_app(settings, services))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            health = (await http.get("/api/v1/health?deep=1")).json()
            ring = await http.post("/api/v1/calls/answer", json=[])
            placed = await http.post("/api/v1/calls", json={"to": "+13125550142"})
        loaded = sorted({name.partition(".")[0] for name in sys.modules} & {"livekit"})
        print(json.dumps({"health": health, "ring": ring.status_code, "placed": placed.text, "loaded": loaded}))

assert threading.active_count() == 1
print(json.dumps(sorted(sys.modules)), flush=True)
import alembic.command  # each of them has a new database
for line in sys.stdin:
    (what, environment), told = json.loads(line), []
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
                asyncio.run(asked()) if what == "ask" else main()
                status = 0
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


@dataclass(frozen=True)
class Starter:
    """A process that has loaded a server, and forks for each one that it is to start, one after the other."""

    process: subprocess.Popen[str]
    loaded: set[str]
    """Its modules, before anything was started."""

    def start(self, what: Literal["serve", "ask"], environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Its status, what it printed, and what it said of errors."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps([what, dict(environment)]) + "\n")
        self.process.stdin.flush()
        status, out, said = json.loads(self.process.stdout.readline())
        return status, out, said


@pytest.fixture(scope="module")
def starter() -> Iterator[Starter]:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        yield Starter(process, set(json.loads(process.stdout.readline())))
        process.stdin.close()


@pytest.fixture
def start(starter: Starter, tmp_path: Path) -> Callable[..., str]:
    """Start the server with the environment of an outsider; gives what it says, once it has refused with status 2."""

    def started(**changes: str) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        database = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'calls.db'}"}
        status, out, said = starter.start("serve", kept | database | FINE | changes)
        assert status == 2, said
        assert "Traceback" not in said
        assert "is ready" not in out
        return f"{out}{said}"

    return started


async def asked(starter: Starter, folder: Path, **more: str) -> dict[str, Any]:
    """A server that starts, with what the local Azure has for it, and without ACS unless nothing else is given."""
    async with emulator() as azure:
        given = azure.environment("http://127.0.0.1:9")
        acs = {name: given.pop(name) for name in ACS}
        ours = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/r.db", "REDIS_URL": "", "API_PAGES": "false"}
        async with asyncio.timeout(90):
            status, out, said = await asyncio.to_thread(starter.start, "ask", os.environ | given | ours | (more or acs))
    assert status == 0, said
    found: dict[str, Any] = json.loads(out)
    return found


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


def test_with_logs_in_json_why_it_does_not_start_is_an_object(start: Callable[..., str]) -> None:
    said = [json.loads(line) for line in start(LOG_FORMAT="json", ACS_ENDPOINT="").splitlines()]
    assert {line["event"] for line in said} == {"server.not_started"}
    assert any(line["message"].startswith("ACS_ENDPOINT") for line in said)


def test_a_server_loads_nothing_that_only_other_settings_need(starter: Starter) -> None:
    assert {"backend.adapters.sql.by_entra", "backend.adapters.speech.access"} <= starter.loaded
    other = {"psycopg", "azure.identity", "azure.monitor", "azure.communication.sms", "msrest", "livekit", "rich"}
    assert not starter.loaded & other


@pytest.mark.real
async def test_a_server_with_livekit_alone_starts_and_says_so(starter: Starter, tmp_path: Path) -> None:
    seen = await asked(starter, tmp_path, **LIVEKIT)
    health = seen["health"]
    assert health["ways"] == ["livekit"] and health["ready"]
    assert "livekit" in health["deep"] and "acs" not in health["deep"]
    assert "livekit" in {part["name"] for part in health["parts"]}  # degraded, since no such server answers here
    assert seen["ring"] in (404, 405)
    assert "through acs" in str(seen["placed"]) and "livekit" in str(seen["placed"])


@pytest.mark.real
async def test_a_server_with_acs_alone_loads_nothing_of_livekit(starter: Starter, tmp_path: Path) -> None:
    seen = await asked(starter, tmp_path)
    health = seen["health"]
    assert health["ways"] == ["acs"] and "acs" in health["deep"] and "livekit" not in health["deep"]
    assert "livekit" not in {part["name"] for part in health["parts"]}
    assert seen["ring"] != 404 and seen["loaded"] == []
