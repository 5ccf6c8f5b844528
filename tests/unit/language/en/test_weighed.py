"""What stands beside a value is weighed: a table of answers that were taken wrongly once, or asked needlessly."""

from pathlib import Path
from typing import Any

import pytest
from quick_yaml import read_yaml

from tests.unit.language.en.asking import Ask

TABLE = read_yaml((Path(__file__).resolve().parents[3] / "readers" / "weighed.yaml").read_text(encoding="utf-8"))
ROWS = [
    (group["kind"], group["question"], group.get("language", "en-US"), words, meant)
    for group in TABLE
    for words, meant in group["rows"]
]


@pytest.mark.parametrize(("kind", "question", "language", "words", "meant"), ROWS)
def test_it_is_taken_for_what_was_meant(
    kind: str, question: str, language: str, words: str, meant: Any, ask: Ask
) -> None:
    reading = ask(kind, question, words, language)
    value = {"injured": reading.value} if kind == "injuries" else reading.value
    assert (value if reading.outcome == "value" else reading.outcome) == meant, reading.why
