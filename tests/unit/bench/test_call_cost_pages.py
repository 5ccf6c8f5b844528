"""Where the measured cost of a call is written down."""

import dataclasses
from pathlib import Path

import pytest

from backend.domain.capacity import MEASURED
from bench.call_cost_pages import with_constants, with_sentence, write_down

FILES = ("backend/domain/capacity.py", "docs/benchmarks.md", "docs/capacity.md")
OTHERS = dataclasses.replace(
    MEASURED, loop_s=0.31, call_mb=1.2, date="2030-01-02", machine="one " + "long " * 30 + "name"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(Path(name).read_text("utf-8"), encoding="utf-8")
    return tmp_path


def _texts(root: Path) -> list[str]:
    return [(root / name).read_text("utf-8") for name in FILES]


def test_what_was_measured_is_written_to_all_that_tell_it(root: Path) -> None:
    before = _texts(root)
    assert [path.relative_to(root).as_posix() for path in write_down(OTHERS, root)] == list(FILES)
    constants, benchmarks, page = _texts(root)
    made: dict[str, object] = {}
    exec(compile(constants, "capacity", "exec"), made)
    assert str(made["MEASURED"]) == str(OTHERS)
    assert all(len(line) <= 120 for line in constants.splitlines())
    for text in (benchmarks, page):
        assert "0.31 s of an event loop" in text and "2030-01-02" in text and "1.2 MB" in text
    write_down(MEASURED, root)
    write_down(MEASURED, root)
    assert _texts(root) == before


@pytest.mark.parametrize("change", [with_constants, with_sentence])
def test_a_file_without_a_place_for_it_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match="no place for it"):
        change("nothing here", OTHERS)
