"""What is found out of a disk and of services, by doing it."""

import errno
import os
from pathlib import Path

import pytest

from backend.boot import health
from backend.boot.health import Disk, folders_written, heard, part_of
from backend.errors import SessionLost, Unavailable
from config import load_settings


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_disk_that_can_be_written_says_how_much_room_there_is(tmp_path: Path) -> None:
    part = await Disk([tmp_path, tmp_path]).ask()
    assert part.state == "ok"
    assert part.counts["free_bytes"] > 0
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
async def test_a_full_or_read_only_disk_is_down_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fails(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(health.os, "fsync", fails)
    disk = Disk([tmp_path])
    part = await disk.ask()
    assert part.state == "down"
    assert os.strerror(code) in part.sentence
    assert str(tmp_path) in part.sentence
    with pytest.raises(Unavailable, match="cannot be written"):
        await disk.check()
    assert left_in(tmp_path) == []


async def test_little_room_is_told_before_it_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_LOW_BYTES", 2**62)
    part = await Disk([tmp_path]).ask()
    assert (part.state, "make room" in part.sentence) == ("degraded", True)


def test_the_folder_of_a_database_file_is_one_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    assert tmp_path in folders_written(load_settings())
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://h/r")
    assert tmp_path not in folders_written(load_settings())


async def test_a_hiccup_is_no_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_AGAIN_S", 0.0)
    failures = [Unavailable("store", "x")]

    async def ask() -> None:
        if failures:
            raise failures.pop()

    assert (await part_of("redis", ask, "away")()).state == "ok"
    failures.extend([Unavailable("store", "x"), Unavailable("store", "x")])
    assert (await part_of("redis", ask, "away")()).sentence == "away (provider.unavailable)"


@pytest.mark.parametrize(
    ("answers", "alone", "state"), [(True, False, "ok"), (True, True, "down"), (False, False, "down")]
)
async def test_a_redis_that_answers_and_takes_no_beat_is_not_well(
    monkeypatch: pytest.MonkeyPatch, answers: bool, alone: bool, state: str
) -> None:
    monkeypatch.setattr(health, "_AGAIN_S", 0.0)

    async def ask() -> None:
        if not answers:
            raise SessionLost("away")

    assert (await part_of("redis", heard(ask, lambda: alone), "away")()).state == state
