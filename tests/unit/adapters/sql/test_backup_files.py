"""A backup that somebody has tampered with is refused with one sentence, whatever was done to it."""

import gzip
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.sql import backup
from backend.errors import ConfigError

HEAD: dict[str, Any] = {
    "ringmaster": "backup", "format": 1, "version": "1.0", "revision": "r1", "made_at": "2026-11-26",
    "keys": ["k"],
}  # fmt: skip
TABLE = {"table": "calls", "columns": ["id", "line"]}


def packed(lines: Sequence[Any]) -> bytes:
    """A file that is whole in itself: its checksum fits whatever stands in it."""
    body = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    end = json.dumps({"end": {}, "sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"
    return gzip.compress(body + end)


def read(raw: bytes, folder: Path) -> backup.Backup:
    path = folder / "backup.gz"
    path.write_bytes(raw)
    return backup.read_backup(path)


def test_what_is_whole_is_read(tmp_path: Path) -> None:
    found = read(packed([HEAD, TABLE, [1, "a"], [2, "b"], {"table": "cases", "columns": []}]), tmp_path)
    assert (found.revision, found.rows) == ("r1", {"calls": 2, "cases": 0})


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [[]],
        ["backup"],
        [None],
        [HEAD | {"format": 2}],
        [{name: value for name, value in HEAD.items() if name != "made_at"}],
        [HEAD | {"keys": None}],
        [HEAD, [1, "a"]],
        [HEAD, {"columns": []}],
        [HEAD, TABLE, "row", {"no": "table"}],
        [HEAD, b"[" * 50_000 + b"\n"],
        [HEAD, b"{\n"],
        [HEAD, b"\xff\n"],
    ],
    ids=str,
)
def test_a_file_that_fits_its_checksum_and_makes_no_sense_is_refused(lines: list[Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not a Ringmaster backup"):
        read(packed(lines), tmp_path)


def test_a_file_whose_bits_were_turned_is_refused(tmp_path: Path) -> None:
    whole, rng = packed([HEAD, TABLE, *([number, "a" * number] for number in range(50))]), random.Random(9)
    for _ in range(300):
        broken = bytearray(whole)
        if rng.random() < 0.3:
            del broken[rng.randrange(len(broken)) :]
        else:
            broken[rng.randrange(10, len(broken))] ^= 1 << rng.randrange(8)
        try:
            read(bytes(broken), tmp_path)
        except ConfigError:
            continue
        assert gzip.decompress(bytes(broken)) == gzip.decompress(whole)


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_LONGEST_LINE", 1000)
    with pytest.raises(ConfigError):
        read(packed([HEAD, TABLE, [1, "a" * 5000]]), tmp_path)


def test_a_file_that_somebody_laid_in_the_way_is_not_written_into(tmp_path: Path) -> None:
    elsewhere = tmp_path / "theirs"
    elsewhere.write_text("theirs")
    (tmp_path / "backup.gz.part").symlink_to(elsewhere)
    with backup._whole(tmp_path / "backup.gz") as file:
        file.write(b"ours")
    assert (elsewhere.read_text(), gzip.decompress((tmp_path / "backup.gz").read_bytes())) == ("theirs", b"ours")
