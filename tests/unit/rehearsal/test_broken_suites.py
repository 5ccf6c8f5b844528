"""A suite that is not written as it should be: every fault at once, with file and line."""

from pathlib import Path

import pytest
from shipped_store import shipped_store

from backend.errors import SuiteError
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools

STORE = shipped_store(memory_tools().names)
SUITE = "title: A suite\nline: insurance\nnow: 2026-11-21 12:00:00\ncallers:\n  john: {full_name: john smith}\n"

BROKEN = [
    ("title: One two\nsays: [hello]\nmusst: {}", "one.yaml:3: unknown key 'musst'; did you mean 'must'?"),
    (
        "title: One two\nsays: [hello]\nmust:\n  agent: [auth]",
        "one.yaml:4: unknown key 'agent'; did you mean 'agents'?",
    ),
    ("says: [hello]", "one.yaml:1: 'title' is missing"),
    (
        "title: One two\nsays:\n  - no",
        "one.yaml:3: says.0: YAML reads yes, no, on and off as False; put the word in qu",
    ),
    ("title: One two\nsays:\n  - {sey: hello}", "one.yaml:3: unknown key 'sey'; did you mean 'say'?"),
    (
        "title: One two\nsays: [hello]\nmust:\n  tools:\n    - verify_calle",
        "one.yaml:5: unknown tool 'verify_calle'; did",
    ),
    ("title: One two\nsays: [hello]\nmust:\n  tools:\n    - {name: file, ok: true}", "one.yaml:5: unknown tool 'file'"),
    ("title: One two\nsays: [hello]\nmust_not: {agents: [fnol]}", "one.yaml:3: the line insurance has no agent 'fnol'"),
    ("title: One two\nsays: [hello]\nmust: {tools: [hand_off_to_nobody]}", "the line insurance has no agent 'nobody'"),
    ("title: One two\nsays: [hello]\nmust:\n  claim: {los_date: x}", "one.yaml:4: unknown claim field 'los_date'; did"),
    ("title: One two\ncaller: jon", "one.yaml:2: unknown caller 'jon'; did you mean 'john'?"),
    ("title: One two\nline: dental\nsays: [hello]", "one.yaml:2: unknown line 'dental'"),
    ("title: One two\nsays: [hi]\ntool_answers:\n  - {tool: end_call}", "one.yaml:4: no server declares 'end_call'"),
    ("title: One two\nsays: [hi]\nspeaks: fr-FR", "one.yaml:3: the line insurance speaks en-US, es-US, not fr-FR"),
    (
        "title: One two\nsays:\n  - say: hi\n    speaks: fr-FR",
        "one.yaml:4: the line insurance speaks en-US, es-US, not fr-FR",
    ),
    (
        "title: One two\nsays: [hi]\ncalls_again:\n  says:\n    - {say: hi, tools: [verify_calle]}",
        "one.yaml:5: unknown tool 'verify_calle'; did",
    ),
    ("title: One two", "one.yaml:1: the caller says nothing; expected 'says', 'answers' or 'caller'"),
    ("title: One two\nsays: [hello]\nsays: [hi]", "one.yaml:3: the key 'says' is written twice; keep one"),
    ("title: One two\nsays: [hello]\nat_most: many", "one.yaml:3: at_most: expected a whole number"),
    ("title: One two\nsays: [hello]\nmust: {outcome: done}", "one.yaml:3: must.outcome: expected 'completed'"),
    ("title: One two\nsays: [hello]\n\tmust: {}", "one.yaml:3: is indented with a tab; YAML wants spaces"),
    ("title: [One", "one.yaml:1: is not YAML"),
    ("", "one.yaml: is empty"),
]


def write(folder: Path, conversation: str, suite: str = SUITE) -> Path:
    (folder / "demo").mkdir()
    (folder / "demo/suite.yaml").write_text(suite)
    (folder / "demo/one.yaml").write_text(conversation)
    return folder


@pytest.mark.parametrize(("written", "expected"), BROKEN, ids=[expected[9:50] for _, expected in BROKEN])
def test_a_broken_conversation_is_named_with_file_and_line(tmp_path: Path, written: str, expected: str) -> None:
    with pytest.raises(SuiteError) as caught:
        load_suites(write(tmp_path, written), STORE)
    assert len(caught.value.problems) == 1
    assert expected in caught.value.problems[0]


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    suite = SUITE.replace("line: insurance", "line: insuranse") + "policies: nowhere.yaml\nextra: 1\n"
    with pytest.raises(SuiteError) as caught:
        load_suites(write(tmp_path, "title: One two\nfoo: 1\nbar: 2", suite), STORE)
    text = "\n".join(caught.value.problems)
    assert "unknown key 'foo'" in text
    assert "unknown key 'bar'" in text
    assert "unknown key 'extra'" in text


def test_a_suite_names_a_line_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="did you mean 'insurance'"):
        load_suites(write(tmp_path, "title: One two\nsays: [hi]", SUITE.replace("insurance", "insuranse")), STORE)


def test_a_folder_without_a_suite_is_no_suite(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"expected a folder with suite\.yaml"):
        load_suites(tmp_path, STORE)


def test_suites_below_a_folder_are_all_found(tmp_path: Path) -> None:
    write(tmp_path, "title: One two\nsays: [hello]")
    (tmp_path / "demo").rename(tmp_path / "first")
    write(tmp_path, "title: One two\nsays: [hello]")
    assert [suite.name for suite in load_suites(tmp_path, STORE)] == ["demo", "first"]
