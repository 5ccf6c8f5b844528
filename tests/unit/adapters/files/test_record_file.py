"""Records as people and spreadsheets write them: what would be read otherwise than it was meant is refused."""

from pathlib import Path

import pytest

from backend.adapters.files.record_file import read_record_file
from backend.errors import ConfigError


def read(folder: Path, name: str, text: str) -> list[dict[str, object]]:
    path = folder / name
    path.write_text(text, "utf-8")
    return [dict(record) for record in read_record_file(path, "BOOK", "id").records]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "id,zip\n1,60601\n2,60602,60603\n", "a.csv:3: the row has more cells than the first one"),
        ("a.csv", "id,zip,zip\n1,60601,60602\n", "a.csv:1: the first row names a column twice"),
        ("a.csv", 'id,name\n1,"Ann\n2,Bob\n', "a.csv:3: unexpected end of data"),
        ("a.csv", f"id,name\n1,{'x' * 200_000}\n", "a.csv:2: field larger than field limit"),
        ("a.yaml", "records:\n- {id: 1, zip: '60601', zip: '60602'}\n", "a.yaml:2 names a field twice in one record"),
        ("a.yaml", "records:\n- {id: 1, born: 2026-02-30}\n", "a.yaml:2 has a day that is none"),
        ("a.yaml", "records:\n- {id: !!python/name:os.system x}\n", "a.yaml:2 is not YAML"),
        ("a.yaml", "records:\n- {id: 1, [a]: 2}\n", "a.yaml:2 is not YAML"),
    ],
)
def test_what_would_be_read_otherwise_than_it_was_meant_is_refused(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    with pytest.raises(ConfigError, match="BOOK: ") as refused:
        read(tmp_path, name, text)
    assert says in str(refused.value) and "60602" not in str(refused.value)


def test_what_spreadsheets_leave_behind_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", "id,name,\n1,Ann,\n2,Bob,,\n3\n") == [
        {"id": "1", "name": "Ann"},
        {"id": "2", "name": "Bob"},
        {"id": "3"},
    ]
    assert read(tmp_path, "a.yaml", "- {id: 1, born: 2026-02-28, name: &n Ann, of: {name: *n}}\n") == [
        {"id": 1, "born": "2026-02-28", "name": "Ann", "of": {"name": "Ann"}}
    ]
