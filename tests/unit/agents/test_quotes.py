"""What was written in a word processor: its quotes are refused with the line, and told once."""

import shutil
from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.problem import Problem
from backend.agents.quotes import MESSAGE, in_wrong_quotes
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]


def told(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "agent_store" / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return check_store(read_files(folder / "agent_store", folder / "prompt_store"), tool_names()).problems


@pytest.mark.parametrize(
    "quoted",
    [
        "“Meridian”",
        "„Meridian“",
        "‘Meridian’",
        "«Meridian»",
        '"“Meridian”"',
        r'"\u201cMeridian\u201d"',
        r'"\xabMeridian\xbb"',
    ],
)
def test_a_text_in_them_is_refused(tmp_path: Path, quoted: str) -> None:
    (found,) = told(tmp_path, "lines/insurance.yaml", "company: Meridian Mutual", f"company: {quoted}")
    assert (found.message, found.outdated) == (MESSAGE, True)
    lines = (tmp_path / "agent_store/lines/insurance.yaml").read_text("utf-8").splitlines()
    assert quoted in lines[found.line - 1]


def test_phrases_are_looked_at_too(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "phrases/en.yaml", "\nrecording: ", "\nrecording: “Recorded.”\n#")
    assert found.message == MESSAGE


def test_what_is_refused_for_another_reason_is_told_once(tmp_path: Path) -> None:
    found = told(tmp_path, "lines/insurance.yaml", "entry: auth", "entry: “auth”")
    assert [one.message for one in found if one.message == MESSAGE] == []
    assert any("“auth”" in one.message for one in found)


def test_quotes_within_a_text_are_nobodys_business() -> None:
    said = {"a": "Say “yes” please.", "b": ["‘tis", "“", "“Yes” or “no”, please"], "c": 5, "d": {"e": "’"}}
    assert list(in_wrong_quotes(said)) == []
    assert list(in_wrong_quotes({"a": ["x", "“yes”"]})) == [("a", 1)]
