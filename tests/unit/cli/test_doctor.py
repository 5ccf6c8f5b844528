"""The bundle of a report of a fault: complete enough to help, with nothing in it that is anybody's."""

import json
import zipfile
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner

from backend.cli.application import app
from backend.cli.doctor import gathered, shown_settings
from config import load_settings

SECRETS = {
    "API_KEY": "a-very-secret-api-key",
    "ACS_ACCESS_KEY": "c2VjcmV0LWFjcy1rZXk=",
    "ACS_ENDPOINT": "https://my-own-resource.unitedstates.communication.azure.com",
    "ACS_SOURCE_NUMBER": "+12065550123",
    "AZURE_SPEECH_KEY": "speech-secret",
    "DATABASE_URL": "postgresql+psycopg://ringmaster:hunter22@db.example/ringmaster",
    "REDIS_URL": "redis://:hunter33@cache.example:6379/0",
    "ALERT_WEBHOOK_URL": "https://hooks.example/T0/B1/abcdef",
    "ALERT_WEBHOOK_SECRET": "webhook-secret",
    "TEST_NUMBERS": "+12065550199",
}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def parts(value: str) -> list[str]:
    return [value, *(part for part in value.replace("@", "/").replace(":", "/").split("/") if len(part) > 7)]


async def test_no_secret_and_no_number_is_in_it_and_the_rest_is_though_no_server_runs() -> None:
    files = await gathered(load_settings(), "http://127.0.0.1:9", "a-very-secret-api-key")
    assert set(files) == {
        "versions.json", "settings.json", "store.txt", "health.json", "stats.json", "diagnostics.json", "metrics.txt",
    }  # fmt: skip
    text = "\n".join(files.values())
    scheme = ("postgresql+psycopg", "ringmaster")
    assert [p for value in SECRETS.values() for p in parts(value) if p in text and p not in scheme] == []
    assert files["store.txt"].startswith("ok: version ")
    assert "does not answer" in files["health.json"]


async def test_what_a_server_forgot_to_mask_is_masked_however_long_its_answer_is() -> None:
    told = {"lines": ["call from +12065550123 failed", "x" * 5000], "call_id": "4821", "bytes": 123_456_789}

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(told)

    here = web.Application()
    here.router.add_get("/{route:.*}", answer)
    server = TestServer(here)
    await server.start_server()
    files = await gathered(load_settings(), str(server.make_url("/")), "key")
    await server.close()
    found = json.loads(files["diagnostics.json"])
    assert "2065550123" not in files["diagnostics.json"] and found["lines"][0] == "call from *** failed"
    assert (found["call_id"], found["bytes"]) == ("4821", 123_456_789)


def test_settings_say_whether_secrets_are_set() -> None:
    shown = shown_settings(load_settings())
    assert (shown["API_KEY"], shown["ACS_ENDPOINT"], shown["EVENT_GRID_KEY"]) == ("set", "set", "not set")
    assert shown["MAX_CALLS"] == load_settings().connections.max_calls
    assert shown["LOG_FORMAT"] == "text"


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    done = CliRunner().invoke(app, ["doctor", "--out", str(path), "--url", "http://127.0.0.1:9"])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(path) as bundle:
        assert "settings.json" in bundle.namelist()
