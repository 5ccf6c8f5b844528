"""`ringmaster check --live`: the voices and deployments that a store names, asked of the services."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.cli.live_check import _Answers, _ask, _tell_recorders, check_live
from backend.tool_store.built_in_names import BUILT_IN
from config import load_settings
from local_azure.ports import free_port
from local_azure.server import EmulatorServer
from local_azure.state import EmulatorState

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PLACES = (ROOT / "agent_store", ROOT / "prompt_store")
KEYS = {
    "AZURE_SPEECH_KEY": "local",
    "AZURE_OPENAI_API_KEY": "local",
    "AZURE_SPEECH_ENDPOINT": "",
    "AZURE_SPEECH_REGION": "",
    "AZURE_OPENAI_ENDPOINT": "",
    "OPENAI_BASE_URL": "",
}


class Cloud(BaseHTTPRequestHandler):
    """Speech and model services that have little."""

    voices: Any = ()
    deployments: tuple[str, ...] = ()
    status = 200

    def do_GET(self) -> None:
        body = json.dumps([{"ShortName": name} for name in self.voices]) if self.voices is not None else "sorry"
        keyed = self.headers.get("Ocp-Apim-Subscription-Key") == "local"
        right = self.path == "/tts/cognitiveservices/voices/list"
        self._answer(self.status if keyed and right else 404, body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.split("/")[3] not in self.deployments:
            error = {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}
            self._answer(404, json.dumps({"error": error}))
            return
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
        self._answer(200, f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n", "text/event-stream")

    def _answer(self, status: int, body: str, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def cloud(**has: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Some", (Cloud,), has))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def names() -> tuple[set[str], set[str]]:
    agents = check_store(read_files(*PLACES), BUILT_IN).agents.values()
    deployments = {name for agent in agents for name in (agent.model.deployment, *agent.model.fallback)}
    return {agent.voice.name for agent in agents}, deployments


def checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **environment: str) -> tuple[int, str]:
    for name, value in (KEYS | environment).items():
        monkeypatch.setenv(name, value)
    status = check_live(load_settings(), *PLACES, BUILT_IN, Console(width=400))
    return status, capsys.readouterr().out


def test_what_is_there_is_said_to_be(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    voices, deployments = names()
    with cloud(voices=tuple(voices), deployments=tuple(deployments) or ("gpt-5.1",)) as url:
        endpoints = {"AZURE_SPEECH_ENDPOINT": url, "AZURE_OPENAI_ENDPOINT": url}
        status, said = checked(monkeypatch, capsys, **endpoints)
    assert status == 0, said
    assert f"{len(voices)} of {len(voices)} are used" in said
    assert "answer" in said


def test_what_is_missing_is_told_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with cloud(voices=("en-US-AvaNeural",), deployments=()) as url:
        status, said = checked(monkeypatch, capsys, AZURE_SPEECH_ENDPOINT=url, AZURE_OPENAI_ENDPOINT=url)
    assert status == 1
    for agent in ("auth", "fnol_intake", "general_info"):
        assert f"agent_store/agents/{agent}.yaml:" in said
    assert "the speech service has no voice en-US-AvaMultilingualNeural; did you mean 'en-US-AvaNeural'?" in said
    assert "does not answer: " in said


@pytest.mark.parametrize(("has", "why"), [({"status": 401}, "status 401"), ({"voices": None}, "unexpected form")])
def test_what_cannot_be_asked_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], has: dict[str, Any], why: str
) -> None:
    with cloud(**has) as url:
        status, said = checked(monkeypatch, capsys, AZURE_SPEECH_ENDPOINT=url)
    assert status == 1
    assert "could not be asked: voices; " in said
    assert why in said
    assert "could not be asked: deployments; AZURE_OPENAI_ENDPOINT or OPENAI_BASE_URL is not set" in said


def test_a_service_that_is_away_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with cloud() as url:
        gone = url
    status, said = checked(monkeypatch, capsys, AZURE_SPEECH_ENDPOINT=gone, AZURE_OPENAI_ENDPOINT=gone)
    assert status == 1
    assert "could not be asked: voices; speech: the list of voices cannot be fetched" in said
    assert "does not answer" in said


async def test_the_local_azure_has_what_the_shipped_store_names(monkeypatch: pytest.MonkeyPatch) -> None:
    server = EmulatorServer(EmulatorState(engine_stt="scripted", engine_tts="tone"), port=free_port())
    await server.start()
    try:
        for name, value in server.environment("http://127.0.0.1:8080").items():
            monkeypatch.setenv(name, value)
        answers = _Answers()
        await _ask(load_settings(), check_store(read_files(*PLACES), BUILT_IN), answers)
    finally:
        await server.stop()
    assert (answers.faults, answers.unasked) == ([], [])
    assert len(answers.sound) == 2


@pytest.mark.parametrize(("acs", "refused"), [("https://acs.example.com", False), ("", True)])
def test_it_is_said_who_records_what(monkeypatch: pytest.MonkeyPatch, acs: str, refused: bool) -> None:
    """ACS hears what goes over it only; where nothing does, it can record nothing."""
    files = read_files(*PLACES)
    name, line = "agent_store/lines/insurance.yaml", files.lines["agent_store/lines/insurance.yaml"]
    asked = line.replace(b"  enabled: false", b"  enabled: true\n  by: acs")
    assert asked != line
    store = check_store(replace(files, lines=files.lines | {name: asked}), BUILT_IN)
    for setting, value in {"ACS_ENDPOINT": acs, "LIVEKIT_URL": "wss://livekit.example.com"}.items():
        monkeypatch.setenv(setting, value)
    answers = _Answers()
    _tell_recorders(load_settings(), store, answers)
    if refused:
        (fault,) = answers.faults
        assert "ACS cannot record" in str(fault) and "insurance.yaml:" in str(fault)
    else:
        assert answers.sound == [
            "recordings: of line insurance ACS records calls over ACS, this server those over livekit, the softphone"
        ]
