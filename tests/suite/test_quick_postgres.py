"""What a new PostgreSQL has is made once and copied, whole, and never what was only begun."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from quick_postgres import copied, kept_in

from local_azure import postgres_server


def test_it_is_made_once_and_each_copy_is_whole_and_its_own(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(somebody: Sequence[str], binaries: Path, data: Path) -> None:
        made.append(data)
        data.mkdir(mode=0o700)
        if len(made) == 1:
            raise RuntimeError("its time was up")
        (data / "PG_VERSION").write_text("18")

    copy = copied(make, tmp_path / "kept")
    with pytest.raises(RuntimeError):
        copy((), tmp_path, tmp_path / "a")
    for name in "bc":
        copy((), tmp_path, tmp_path / name)
        assert (tmp_path / name / "PG_VERSION").read_text() == "18"
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o700  # or PostgreSQL refuses them
        (tmp_path / name / "PG_VERSION").write_text("written to")
    assert len(made) == 2
    copy(("setpriv",), tmp_path, tmp_path / "d")
    assert made[-1] == tmp_path / "d"


def test_it_is_kept_no_longer_than_the_run(tmp_path: Path) -> None:
    before = postgres_server._make
    with kept_in(tmp_path):
        assert postgres_server._make is not before
        (tmp_path / "postgres").mkdir()
    assert postgres_server._make is before
    assert not (tmp_path / "postgres").exists()
