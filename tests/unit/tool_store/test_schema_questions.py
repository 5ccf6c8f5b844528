"""Declared tools ask by the ladder too: the schema tells what kind of answer is wanted."""

import json
from typing import Any

import pytest
from asking import Asking

from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.domain.tool_server import HttpFunction
from backend.testing.stage import ENGLISH
from backend.tool_store.arguments import read_arguments
from backend.tool_store.declared import _DeclaredArguments
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.schema_questions import question_of
from backend.tool_store.wording import worded

TREATMENT = {"type": "string", "enum": ["checkup", "cleaning", "filling"], "description": "What for. What is it for?"}
FUNCTION = HttpFunction.model_validate(
    {
        "name": "book", "description": "Books it.", "path": "/book",
        "arguments": {
            "treatment": TREATMENT,
            "day": {"type": "string", "format": "date", "description": "Day. On which day would you like to come?"},
            "number": {"type": "string", "pattern": "^\\d{4}$", "description": "What is the number?"},
        },
        "optional": ["number"],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "kind", "digits"),
    [
        ({"type": "string", "pattern": "^\\d{4}$"}, "digits", 4),
        ({"type": "string", "pattern": "^[0-9]{6}$"}, "digits", 6),
        ({"type": "string", "pattern": "^[0-9+ -]{7,20}$"}, "digits", 0),
        ({"type": "string", "pattern": "^\\d\\d:\\d\\d$"}, "time", 0),
        ({"type": "string", "format": "date"}, "date", 0),
        ({"type": "boolean"}, "yes_no", 0),
        ({"type": "integer"}, "integer", 0),
        (TREATMENT, "choice", 0),
        ({"type": "string", "minLength": 2}, "text", 0),
        ({"type": "string", "pattern": "^[A-Z]{2}\\d{4}$"}, "text", 0),
    ],
)
def test_the_schema_tells_the_kind(schema: dict[str, Any], kind: str, digits: int) -> None:
    question = question_of("it", schema)
    assert (question.kind, question.digits) == (kind, digits)
    assert len(set(worded(question, ENGLISH).forms)) == 3


def definition() -> ToolDefinition:
    async def never(*_: Any, **__: Any) -> ToolOutcome:
        raise AssertionError

    arguments = _DeclaredArguments(FUNCTION, None)  # type: ignore[arg-type]
    return ToolDefinition("book", "Books it.", never, arguments, "write", None, 1000, None)


def test_a_wrong_value_goes_down_the_ladder_to_a_person() -> None:
    call, asks = Asking(), list[str | None]()
    for _ in range(2):
        outcome = read_arguments(definition(), {"treatment": "cleaning", "day": "gibberish"}, call.caller("gibberish"))
        assert isinstance(outcome, ToolOutcome)
        assert (outcome.expects, outcome.code) == ("day", "tool.arguments")
        asks.append(outcome.ask)
    last = read_arguments(definition(), {"treatment": "cleaning", "day": "gibberish"}, call.caller("gibberish"))
    assert isinstance(last, ToolOutcome)
    assert isinstance(last.directive, TransferToPerson)
    assert asks[0] != asks[1]


def test_what_is_missing_is_asked_for() -> None:
    outcome = read_arguments(definition(), {"treatment": "cleaning"}, Asking().caller("a cleaning"))
    assert isinstance(outcome, ToolOutcome)
    assert outcome.ask == "On which day would you like to come?"


def test_plain_words_and_keys_do_where_they_can_mean_one_thing_only() -> None:
    call = Asking()
    day = "2026-11-24"
    read = read_arguments(definition(), {"treatment": "a cleaning please", "day": day}, call.caller("a cleaning"))
    assert read == {"treatment": "cleaning", "day": day}
    for text in ("hm", "well"):
        read_arguments(definition(), {"treatment": text, "day": day}, call.caller(text))
    read = read_arguments(definition(), {"treatment": "3", "day": day}, call.caller("3"))
    assert read == {"treatment": "filling", "day": day}
    number = read_arguments(
        definition(), {"treatment": "checkup", "day": day, "number": "four seven one one"}, call.caller("")
    )
    assert number == {"treatment": "checkup", "day": day, "number": "4711"}
    assert json.dumps(number)
