"""Answers that were written before the readers were run on them: fillers, corrections, denials, other people's things.

Only those that are read as a careful listener would are held here; docs/understanding-results.md says how many were
not. A value beside "ask" is what would be offered for a yes.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.agents.understanding import Understanding, read
from backend.tool_store.built_in_names import BUILT_IN

ROWS = [json.loads(line) for line in Path(__file__).with_name("strangers.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def store() -> Understanding:
    return Understanding(shipped_store(BUILT_IN))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_an_answer_of_a_stranger(store: Understanding, row: dict[str, Any]) -> None:
    asked = store.of_row(row)
    reading = read(row, asked)
    value = asked.shaped(reading.value) if reading.outcome == "value" or "value" in row else None
    assert (reading.outcome, value) == (row["outcome"], row.get("value")), reading.why
