"""``ringmaster store live``, ``shares`` and ``from-call`` as operations use them."""

import asyncio
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.__main__ import app
from tests.unit.rehearsal.test_replay_command import DEDUCTIBLE, ROOT, record

GATE = "\nrelease: {requires_rehearsals: true}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("AGENT_STORE", str(tmp_path / "agent_store"))
    monkeypatch.setenv("PROMPT_STORE", str(tmp_path / "prompt_store"))
    monkeypatch.setenv("REHEARSALS", str(tmp_path / "none"))
    monkeypatch.setenv("REDIS_URL", "")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["store", *arguments])


def test_a_share_needs_servers_that_hear_of_it(place: Path) -> None:
    assert place
    refused = run("live", "abc", "--share", "20")
    assert (refused.exit_code, "REDIS_URL is not set" in refused.output) == (2, True)
    assert "every new call gets the live version" in run("shares").output
    assert "there is no share" in run("shares", "--end").output
    assert run("live", "abc").exit_code == 2


def test_a_rehearsal_is_made_of_a_call(place: Path) -> None:
    (call_id,) = asyncio.run(record(f"sqlite+aiosqlite:///{place}/r.db", DEDUCTIBLE))
    shown = run("from-call", call_id)
    assert shown.exit_code == 0, shown.output
    assert "what is my deductible" in shown.output
    assert not {"karen", "miller", "77002"} & set(shown.output.split())
    written = run("from-call", call_id, "--into", str(place / "made"))
    assert written.exit_code == 0, written.output
    assert len(list((place / "made/rehearsals/from_calls").glob("*.yaml"))) == 2
    assert run("from-call", "none").exit_code == 2
