"""What YAML takes for something else than what is written is refused with its line, and never taken in silence."""

import shutil
from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.doubts import doubt_problems
from backend.agents.files import read_files
from backend.agents.problem import Problem
from backend.agents.yaml_file import parse_yaml
from backend.rehearsal.reading import read_spec
from backend.rehearsal.spec import ConversationSpec
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
DOUBTFUL = {
    "012": "10",
    "-012": "-10",
    "1:30": "90",
    "8:30:00": "30600",
    "1:30.5": "90.5",
    "0x1F": "31",
    "0b11": "3",
    "1_000": "1000",
    "1_0.5": "10.5",
    "+5": "5",
    "+12065550123": "12065550123",
    "yes": "true",
    "No": "false",
    "ON": "true",
    "off": "false",
    "8:3": "483",
    "2026-1-5 1:02:03": "2026-01-05 01:02:03",
}
PLAIN = [
    "12",
    "-3",
    "0",
    "0.5",
    "-1.50",
    ".5",
    "true",
    "FALSE",
    "null",
    "~",
    "",
    "08",
    "y",
    "1e3",
    "08:30",
    "2026-12-24",
    "2026-1-5",
]
MORE = ["2026-11-21 12:00:00", "2026-11-27T10:00:00Z", "'012'", '"yes"', "|\n  012", "!!int '12'", "10000000000"]


@pytest.mark.parametrize("written", DOUBTFUL)
def test_what_was_written_and_what_yaml_makes_of_it_are_told(written: str) -> None:
    yaml = parse_yaml(f"name: a\nhours:\n  - plain\n  - {written}\n".encode())
    made = DOUBTFUL[written]
    meant = "true or false" if made in {"true", "false"} else "the number that is meant in plain digits"
    (found,) = doubt_problems("f.yaml", yaml)
    says = f"hours.1: YAML makes {made} of {written}; put it in quotes if it is a text, else write "
    says += made if "-0" in made else meant
    assert (found.line, found.message, found.outdated) == (4, says, True)
    assert doubt_problems("f.yaml", yaml, {("hours", 1)}) == [], "of this place something was told already"


@pytest.mark.parametrize("written", [*PLAIN, *MORE])
def test_what_is_one_thing_only_is_nobody_s_business(written: str) -> None:
    assert doubt_problems("f.yaml", parse_yaml(f"012: a\nkey: {written}\n".encode())) == []


def told(folder: Path, file: str, old: str, new: str, *, was_live: bool = False) -> list[Problem]:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "agent_store" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    checked = check_store(read_files(folder / "agent_store", folder / "prompt_store"), tool_names(), was_live=was_live)
    return checked.warnings if was_live else checked.problems


LINE = "lines/insurance.yaml"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            "retention: {words: 012}",
            "YAML makes 10 of 012; put it in quotes if it is a text, else write the number that is meant",
        ),
        ("retention: {words: 1:30}", "YAML makes 90 of 1:30"),
        ("supervision: {listen: no}", "YAML makes false of no"),
        ("variables: {code: 012}", "expected text; put it in quotes, got 10, which YAML makes of 012 without quotes"),
        ("variables: {code: no}", "got False, which YAML makes of no without quotes"),
    ],
)
def test_a_store_that_says_so_is_refused_once(tmp_path: Path, more: str, says: str) -> None:
    key = more.partition(":")[0]
    (found,) = told(tmp_path, LINE, "\nentry: auth", f"\n{more}\nentry: auth")
    line = (tmp_path / "agent_store" / LINE).read_text("utf-8").splitlines()[found.line - 1]
    assert says in found.message and line.startswith(key)


def test_what_was_live_goes_on_as_it_was(tmp_path: Path) -> None:
    warnings = told(tmp_path, LINE, "\nentry: auth", "\nretention: {words: 012}\nentry: auth", was_live=True)
    assert ["YAML makes 10 of 012" in one.message for one in warnings] == [True]


def test_phrases_are_looked_at_too(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "phrases/en.yaml", "\nrecording: ", "\nrecording: 8:30\n#")
    assert "got 510, which YAML makes of 8:30 without quotes" in found.message


def test_so_are_rehearsals(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("title: one two\nsays: [hello, 8:30]\nmust: {claim: {hurt: no}}\n", "utf-8")
    problems: list[Problem] = []
    read_spec(path, "one.yaml", ConversationSpec, problems)
    assert [str(one) for one in problems] == [
        "one.yaml:2: says.1: expected text; put it in quotes, got 510, which YAML makes of 8:30 without quotes",
        "one.yaml:3: must.claim.hurt: YAML makes false of no; put it in quotes if it is a text, else write true or "
        "false",
    ]
    path.write_text("title: one two\nsays: [hello]\nmust: {claim: {at: 14:30}}\n", "utf-8")
    problems.clear()
    read_spec(path, "one.yaml", ConversationSpec, problems)
    assert ["YAML makes 870 of 14:30" in one.message for one in problems] == [True], "it was sound but for that"
