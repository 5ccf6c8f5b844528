"""What is wrong with the machine is told in a line with its place; a fault of the program keeps its traceback."""

import asyncio
import errno
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
import typer
from nursery import run

from backend.adapters.sql.database import Database
from backend.cli.guard import guarded, guarded_places
from config import Settings
from config.connections import ConnectionSettings

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EFBIG])
def test_a_full_or_read_only_place_is_named(number: int, capfd: pytest.CaptureFixture[str]) -> None:
    def write(_: ConnectionSettings) -> None:
        raise OSError(number, os.strerror(number), "/data/var")

    with pytest.raises(typer.Exit) as ended:
        guarded_places(write)
    assert ended.value.exit_code == 2
    assert f"ringmaster: /data/var: {os.strerror(number)}" in capfd.readouterr().err


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP])
def test_a_place_that_is_not_there_is_named(number: int, capfd: pytest.CaptureFixture[str]) -> None:
    def write(_: ConnectionSettings) -> None:
        raise OSError(number, os.strerror(number), "/data/[x]:100:")

    with pytest.raises(typer.Exit) as ended:
        guarded_places(write)
    assert ended.value.exit_code == 2
    assert f"ringmaster: /data/[x]:100:: {os.strerror(number)}" in capfd.readouterr().err


def test_a_place_that_nobody_named_is_a_fault_of_the_program() -> None:
    def broken(_: Settings) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone")

    with pytest.raises(FileNotFoundError):
        guarded(broken)


def test_a_fault_of_the_program_is_not_hidden() -> None:
    def broken(_: Settings) -> None:
        raise ConnectionResetError(errno.ECONNRESET, "reset")

    with pytest.raises(ConnectionResetError):
        guarded(broken)


def test_remarks_are_printed_and_the_command_runs(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / ".env").write_text("COMPOSE_PROJECT=x\n")
    ran: list[Settings] = []
    guarded(ran.append)
    assert ran
    assert "ringmaster: .env, line 1: COMPOSE_PROJECT is no setting" in capfd.readouterr().err


def _run(
    *command: str, out: int | IO[bytes] = subprocess.PIPE, at_once: bool = False
) -> subprocess.CompletedProcess[bytes]:
    whole = [sys.executable, "-m", "backend", *command]
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUNBUFFERED="1" if at_once else "")
    return subprocess.run(whole, stdout=out, stderr=subprocess.PIPE, env=environment, check=False)


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("command", [("--help",), ("capacity",), ("check", str(ROOT))])
def test_what_cannot_be_printed_is_told_once(command: tuple[str, ...], at_once: bool) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _run(*command, out=full, at_once=at_once)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr
    assert b"No space left on device" in done.stderr


def test_who_reads_no_further_is_told_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = _run("check", str(ROOT), out=writing)
    os.close(writing)
    assert done.stderr == b""


def test_a_command_that_reads_no_settings_tells_it_as_well() -> None:
    done = run(["call", "x" * 300], env=dict(os.environ, PYTHONPATH=str(ROOT)), ours=True)
    assert done.returncode == 2
    assert done.stderr.startswith("ringmaster: " + "x" * 300)
    assert "File name too long" in done.stderr


async def _made(url: str) -> None:
    """The tables, which are made more quickly here than by a command."""
    database = Database(url)
    await database.migrate()
    await database.close()


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", [("understand", "--jsonl"), ("audit",)])
def test_what_was_closed_is_read_and_printed_as_nothing(command: tuple[str, ...], closed: str, folder: Path) -> None:
    url = f"sqlite+aiosqlite:///{folder}/r.db"
    asyncio.run(_made(url))
    line = f"{shlex.join([sys.executable, '-m', 'backend', *command])} {closed}"
    stores = {"AGENT_STORE": str(ROOT / "agent_store"), "PROMPT_STORE": str(ROOT / "prompt_store")}
    environment = dict(os.environ, PYTHONPATH=str(ROOT), **stores, DATABASE_URL=url)
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
