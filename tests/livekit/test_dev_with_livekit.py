"""``make run LIVEKIT=1`` and ``make call VIA=livekit``: all is started, and a recorded caller comes by a room."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from dev_terminal import ROOT, Terminal, call

from backend.api.door.local_key import LOCAL_KEY, LocalKey
from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(240)]


@pytest.fixture
def dev(livekit_server: LiveKitServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("LIVEKIT_API_KEY", "my-own-key")
    monkeypatch.setenv("LIVEKIT_API_SECRET", "my own secret of 32 letters or more")
    terminal = Terminal(tmp_path, "--livekit", tts="espeak")
    try:
        yield terminal
    finally:
        terminal.close()


def test_a_recorded_caller_is_heard_and_answered_in_a_room(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    with call(dev, "--via", "livekit") as caller:
        assert caller.stdout is not None
        (live,) = _calls(dev)
        caller.terminate()
    assert (live["way"], live["direction"], live["test"]) == ("livekit", "inbound", True)
    asked = _set_up(dev)
    assert "inbound trunk would be made" in asked.stdout, asked.stderr
    dev.ctrl_c()
    assert dev.wait() == 0


def _set_up(dev: Terminal) -> "subprocess.CompletedProcess[str]":
    """Somebody who has named the key asks the server themselves, at another terminal."""
    command = [sys.executable, "-m", "backend", "livekit", "setup", "--allow", "127.0.0.1", "--dry-run"]
    environment = dev.environment | {"LIVEKIT_URL": f"ws://127.0.0.1:{dev.azure}"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def _calls(dev: Terminal) -> list[dict[str, object]]:
    until = time.monotonic() + 30
    headers = {"Authorization": f"Bearer {LocalKey(ROOT / LOCAL_KEY).read()}"}
    while True:
        asked = urllib.request.Request(f"http://127.0.0.1:{dev.port}/api/v1/calls", headers=headers)
        with urllib.request.urlopen(asked) as answer:
            if (found := json.load(answer)) or time.monotonic() > until:
                return found
        time.sleep(0.1)
