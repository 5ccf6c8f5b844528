"""Records as people and spreadsheets write them: what would be read otherwise than it was meant is refused."""

from pathlib import Path

import pytest

from backend.adapters.files.record_file import read_record_file, written
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
        ("a.yaml", "records:\n- {id: 1, born: !!timestamp 2020}\n", "a.yaml:2 has a day that is none"),
        ("a.yaml", "records:\n- {id: 1, more: !!map x}\n", "a.yaml:2 has something else than fields"),
        ("a.yaml", "records:\n- {id: 1, more: !!map [a]}\n", "a.yaml:2 has something else than fields"),
        ("a.yaml", "records:\n- {id: !!python/name:os.system x}\n", "a.yaml:2 is not YAML"),
        ("a.yaml", "records:\n- {id: 1, [a]: 2}\n", "a.yaml:2 is not YAML"),
        ("a.yaml", "records:\n- id: 1\n  country: NO\n", "a.yaml:3 has a yes, no, on or off without quotes"),
        ("a.yaml", "records:\n- id: 1\n  active: yes\n", "a.yaml:3 has a yes, no, on or off without quotes"),
        ("a.yaml", "records:\n- id: 1\n  last_name: Null\n", "a.yaml:3 has a Null without quotes"),
        ("a.yaml", "records:\n- id: 1\n  at: 2026-02-30 10:00:00\n", "a.yaml:3 has a day that is none"),
        ("a.yaml", "records:\n- id: 1\n  of: !!binary aGFsbG8=\n", "a.yaml:3 uses the tag binary"),
        ("a.yaml", "records:\n- id: 1\n  of: !!set {a: null}\n", "a.yaml:3 uses the tag set"),
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


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("12:30", "12:30"),
        ("1:30:15", "1:30:15"),
        ("190:20:30.15", "190:20:30.15"),
        ("0415", "0415"),
        ("02108", "02108"),
        ("-017", "-017"),
        ("+12065550123", "+12065550123"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0b11", "0b11"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        ("1.5e+3", "1.5e+3"),
        ("685_230.15", "685_230.15"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".NaN", ".NaN"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("4111111111111111", "4111111111111111"),
        ("2026-02-28", "2026-02-28"),
        ("1980-3-5", "1980-3-5"),
        ("2026-02-28 10:00:00", "2026-02-28 10:00:00"),
        ("2026-02-28T10:00:00Z", "2026-02-28T10:00:00Z"),
        ("=", "="),
        ("y", "y"),
        ("'yes'", "yes"),
        ('"012"', "012"),
        ("0", 0),
        ("500", 500),
        ("-3", -3),
        ("12.50", 12.5),
        ("-0.25", -0.25),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_a_value_is_what_was_written(tmp_path: Path, text: str, read_as: object) -> None:
    (record,) = read(tmp_path, "a.yaml", f"records:\n- id: A1\n  value: {text}\n  of: [{{part: {text or '~'}}}]\n")
    assert record["value"] == read_as and type(record["value"]) is type(read_as)
    assert record["of"] == [{"part": read_as}]


def test_a_field_is_called_what_was_written(tmp_path: Path) -> None:
    (record,) = read(tmp_path, "a.yaml", "- {id: 1, no: 2, on: 3, 010: 4, 12:30: 5, 2026-02-28: 6, ~: 7}\n")
    assert list(record) == ["id", "no", "on", "010", "12:30", "2026-02-28", "~"]


def test_what_is_written_for_a_book_is_read_as_it_was(tmp_path: Path) -> None:
    values = [
        "12:30",
        "0415",
        "yes",
        "NO",
        "Null",
        "~",
        "2026-02-28",
        "1_000",
        "089",
        "1e3",
        ".5",
        "",
        "=",
        "<<",
        "4" * 16,
    ]
    records: list[dict[str, object]] = [{"id": f"A{number}", "value": value} for number, value in enumerate(values)]
    assert read(tmp_path, "a.yaml", written(records, "0" * 32)) == records
    assert read_record_file(tmp_path / "a.yaml", "BOOK", "id").salt == "0" * 32
