"""``ringmaster store live``, ``shares`` and ``from-call`` as operations use them."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.cli.application import app
from backend.domain.audit import AuditEntry
from backend.domain.share import Share
from tests.unit.rehearsal.test_replay_command import DEDUCTIBLE, ROOT, record

GATE = "\nrelease: {requires_rehearsals: true}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("DATA_KEY_FILE", "")  # one of this folder would seal what is looked at here
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
    for arguments in (("shares",), ("shares", "--end")):  # a server that runs may have one, and nobody else knows
        asked = run(*arguments)
        assert (asked.exit_code, "REDIS_URL is not set" in asked.output) == (2, True)
    assert run("live", "abc").exit_code == 2


def test_who_began_a_share_and_who_took_it_back_is_in_the_audit(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = LocalVersionBoard()

    async def agreed(*_: object) -> LocalVersionBoard:
        return board

    monkeypatch.setenv("REDIS_URL", "redis://nowhere.invalid:6379")
    monkeypatch.setattr("backend.boot.live_store._board", agreed)
    assert "every new call gets the live version" in run("shares").output
    assert run("live", "abc", "--share", "20").exit_code == 2
    asyncio.run(board.put_share(None, Share("v2", "v1", 20, "ann", datetime.now(UTC))))
    ended = run("shares", "--end")
    assert "v2 is given to no new call any more" in ended.output, ended.output
    back, begun = asyncio.run(audited(place))
    assert (begun.action, begun.target, begun.outcome) == ("store.put_live", "abc", "store.not_found")
    assert (begun.detail["share"], begun.actor.startswith("cli:")) == (20, True)
    assert (back.action, back.target, back.before, back.after, back.outcome) == (
        "store.take_back", "v2", "v2", "v1", "ok",
    )  # fmt: skip


async def audited(place: Path) -> list[AuditEntry]:
    database = Database(f"sqlite+aiosqlite:///{place}/r.db")
    try:
        kept = [one.entry for one in await SqlAuditBook(database).list()]
        return [one for one in kept if one.action in {"store.put_live", "store.take_back"}]
    finally:
        await database.close()


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
    audit = CliRunner().invoke(app, ["audit", "--action", "rehearsals.from_call", "--json"]).output
    assert [json.loads(line)["target"] for line in audit.splitlines()] == [call_id, call_id]
