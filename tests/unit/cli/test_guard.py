"""What is wrong with the machine is told in a line with its place; a fault of the program keeps its traceback."""

import errno
import os
from pathlib import Path

import pytest
import typer

from backend.cli.guard import guarded, guarded_places
from config import Settings
from config.connections import ConnectionSettings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
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
