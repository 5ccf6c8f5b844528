"""What speaks against a choice is asked, and a plain answer is not."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from quick_yaml import read_yaml

from backend.agents.store import load_store
from backend.agents.understanding import Understanding
from backend.language.en.choice_doubt import speaks_against
from backend.language.named import language_named
from backend.tool_store.built_in_names import BUILT_IN

ROOT = Path(__file__).resolve().parents[4]
TABLE: Any = read_yaml((ROOT / "tests" / "readers" / "choice_doubt.yaml").read_text(encoding="utf-8"))
ROWS = [(group, *row) for group in TABLE for row in group["rows"]]


@cache
def _store(directory: str) -> Understanding:
    root = ROOT / "examples" / directory
    return Understanding(load_store(root / "agent_store", root / "prompt_store", BUILT_IN))


@pytest.mark.parametrize(("group", "words", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_takes_what_is_plain_and_asks_what_is_not(group: dict[str, str], words: str, expected: str) -> None:
    store = _store(group["directory"])
    lines = store.in_language(group["language"])
    question = store.of_field(group["form"], group["field"], lines, datetime(2026, 12, 9, 14, 20))
    reading = language_named(group["language"]).read(words, question.asked)
    assert (reading.value if reading.outcome == "value" else "ask") == expected


def test_a_greeting_is_no_time_of_the_day() -> None:
    assert speaks_against("good morning to you", ("morning",))
    assert not speaks_against("in the morning please", ("morning",))
