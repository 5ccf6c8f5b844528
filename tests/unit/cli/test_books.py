"""`ringmaster book import`: records with hashed secrets, whole or not at all."""

import asyncio
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from quick_yaml import read_yaml
from typer.testing import CliRunner

from backend.adapters.books.file_book import FileBook
from backend.cli.application import app

ROOT = Path(__file__).resolve().parents[3]
DENTAL = ROOT / "examples/dental"
CSV = 'patient,full_name,born,mobile,visit\n20117,Anna Bell,1984-06-02,4431,"Tuesday, at nine"\n'


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in {
        "AGENT_STORE": DENTAL / "agent_store",
        "PROMPT_STORE": DENTAL / "prompt_store",
        "BOOK_PATIENTS": tmp_path / "kept" / "patients.yaml",
        "VERIFICATION_KEY": "a key",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(source: Path, book: str = "patients") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["book", "import", book, str(source)])
    return result.exit_code, result.output


def record_in(path: Path) -> Mapping[str, str]:
    return read_yaml(path.read_text())["records"][0]


def test_secrets_are_hashed_and_the_rest_stays(practice: Path) -> None:
    (practice / "new.csv").write_text(CSV)
    status, said = run(practice / "new.csv")
    assert status == 0, said
    kept = practice / "kept/patients.yaml"
    assert "hashed: mobile" in said
    assert "4431" not in kept.read_text()
    assert record_in(kept) | {"mobile": ""} == {
        "patient": "20117", "full_name": "Anna Bell", "born": "1984-06-02", "mobile": "", "visit": "Tuesday, at nine",
    }  # fmt: skip
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    book = FileBook("patients", "patient", kept, "BOOK_PATIENTS", "a key")
    assert asyncio.run(book.hashed("4431")) == record_in(kept)["mobile"]
    assert asyncio.run(book.hashed("4432")) != record_in(kept)["mobile"]
    first = record_in(kept)["mobile"]
    assert run(practice / "new.csv")[0] == 0
    assert record_in(kept)["mobile"] != first, "another salt each time"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CSV.replace(",4431,", ",431,"), "record 1: expected 4 digits under mobile"),
        (CSV.replace("1984-06-02", ""), "record 1: expected a date under born"),
        (CSV.replace("patient,", "number,"), "record 1 has no patient"),
        (CSV.replace("20117", "2011"), r"record 1: expected a patient such as \d{5}"),
        (CSV + CSV.splitlines()[1] + "\n", "record 2 has the patient of another"),
        (CSV.replace("4431", "hashed:00"), "has no salt"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_nothing_is_written(practice: Path, text: str, fault: str) -> None:
    (practice / "new.csv").write_text(text)
    status, said = run(practice / "new.csv")
    assert status != 0
    assert fault in " ".join(said.split())
    assert not (practice / "kept").exists()


def test_a_book_that_is_not_there_is_named(practice: Path) -> None:
    (practice / "new.csv").write_text(CSV)
    status, said = run(practice / "new.csv", "patents")
    assert (status != 0, "got 'patents'; there are: patients" in " ".join(said.split())) == (True, True)


def test_a_file_that_changes_is_read_again(practice: Path) -> None:
    (practice / "new.csv").write_text(CSV)
    run(practice / "new.csv")
    book = FileBook("patients", "patient", practice / "kept/patients.yaml", "BOOK_PATIENTS", "a key")
    (practice / "new.csv").write_text(CSV.replace("Anna Bell", "Anna Maria Bell-Torres"))
    run(practice / "new.csv")
    found = asyncio.run(book.get("20117"))
    assert found is not None
    assert found["full_name"] == "Anna Maria Bell-Torres"
