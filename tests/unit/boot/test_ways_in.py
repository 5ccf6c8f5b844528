"""By which ways calls come, as the settings have it: ACS, LiveKit or both; without any the server does not start."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.boot.exposure import require_checks
from backend.boot.required import require_services
from backend.engine.call.ways_in import WaysIn
from backend.errors import CallNotFound, ConfigError
from config import load_settings
from local_azure.server import emulator

ACS = ("ACS_ENDPOINT", "ACS_ACCESS_KEY", "ACS_RESOURCE_ID", "ACS_JWKS_URL", "ACS_SOURCE_NUMBER", "ACS_SMS_NUMBER")
LIVEKIT = {
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "a secret of thirty-two letters, or more",
}
REST = {"AZURE_SPEECH_ENDPOINT": "ws://127.0.0.1:9", "OPENAI_BASE_URL": "http://127.0.0.1:9"}
STARTS = """
import asyncio, json, os, sys, threading
import httpx2
from backend.boot.app import Ringmaster, create_app
from config import load_settings

async def main():
    settings = load_settings()
    async with Ringmaster(settings).run() as services:
        transport = httpx2.ASGITransport(create_app(settings, services))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            health = (await http.get("/api/v1/health?deep=1")).json()
            ring = await http.post("/api/v1/calls/answer", json=[])
            placed = await http.post("/api/v1/calls", json={"to": "+13125550142"})
        loaded = sorted({name.partition(".")[0] for name in sys.modules} & {"livekit"})
        return {"health": health, "ring": ring.status_code, "placed": placed.text, "loaded": loaded}

assert threading.active_count() == 1
for line in sys.stdin:
    if (child := os.fork()) == 0:
        os.environ.clear()
        os.environ.update(json.loads(line))
        print(json.dumps(asyncio.run(main())), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print("null", flush=True)
"""


@pytest.fixture(scope="module")
def starter() -> Iterator[subprocess.Popen[str]]:
    """A process that has loaded the server, which takes seconds, and forks for each one that it is to start."""
    command = [sys.executable, "-c", f"import gc; gc.disable()\n{STARTS}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def set_only(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name in (*ACS, *LIVEKIT):
        monkeypatch.delenv(name, raising=False)
    for name, value in (REST | values).items():
        monkeypatch.setenv(name, value)


async def started(starter: subprocess.Popen[str], folder: Path, **more: str) -> dict[str, object]:
    """A server in a process of its own, with what the local Azure has for it, and without ACS unless given."""
    async with emulator() as azure:
        given = azure.environment("http://127.0.0.1:9")
        acs = {name: given.pop(name) for name in ACS}
        ours = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/r.db", "REDIS_URL": "", "API_PAGES": "false"}
        assert starter.stdin is not None and starter.stdout is not None
        starter.stdin.write(json.dumps(os.environ | given | ours | (more or acs)) + "\n")
        starter.stdin.flush()
        async with asyncio.timeout(90):
            told = json.loads(await asyncio.to_thread(starter.stdout.readline))
        assert told is not None, "the server did not start; what it said of it stands above"
        return told


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


@pytest.mark.real
async def test_a_server_with_livekit_alone_starts_and_says_so(starter: subprocess.Popen[str], tmp_path: Path) -> None:
    seen = await started(starter, tmp_path, **LIVEKIT)
    health = seen["health"]
    assert isinstance(health, dict)
    assert health["ways"] == ["livekit"] and health["ready"]
    assert "livekit" in health["deep"] and "acs" not in health["deep"]
    assert "livekit" in {part["name"] for part in health["parts"]}  # degraded, since no such server answers here
    assert seen["ring"] in (404, 405)
    assert "through acs" in str(seen["placed"]) and "livekit" in str(seen["placed"])


@pytest.mark.real
async def test_a_server_with_acs_alone_loads_nothing_of_livekit(starter: subprocess.Popen[str], tmp_path: Path) -> None:
    seen = await started(starter, tmp_path)
    health = seen["health"]
    assert isinstance(health, dict)
    assert health["ways"] == ["acs"] and "acs" in health["deep"] and "livekit" not in health["deep"]
    assert "livekit" not in {part["name"] for part in health["parts"]}
    assert seen["ring"] != 404 and seen["loaded"] == []
