"""As a good model, the stand-in passes values on; what it cannot read for certain stays in the caller's words."""

from datetime import date
from typing import Any

import pytest

from stand_in.decide import decide
from stand_in.situation import read_situation
from stand_in.tidying import tidied

TODAY = date(2026, 11, 21)
TEXT: dict[str, Any] = {"type": "string"}
DAY = {**TEXT, "description": "The day. When did it happen?"}
COUNT = {"anyOf": [{"type": "integer"}, TEXT], "description": "How many were there?"}
YES_NO = {"anyOf": [{"type": "boolean"}, TEXT], "description": "Does it wear a collar?"}
KIND = {"anyOf": [{"enum": ["dog", "cat"]}, TEXT], "description": "What kind of animal is it?"}
PLACE = {
    "anyOf": [{"type": "object", "properties": {"street": TEXT, "city": TEXT}}, TEXT],
    "description": "Where was that, which street and city?",
}


ILLINOIS = {"street": "Wacker Drive", "city": "Chicago", "state": "Illinois"}


@pytest.mark.parametrize(
    ("name", "schema", "said", "value"),
    [
        ("found_date", DAY, "yesterday", "2026-11-20"),
        ("found_date", DAY, "on wednesday the eighteenth", "2026-11-18"),
        ("found_date", DAY, "on tuesday no wait wednesday", "on tuesday no wait wednesday"),
        ("found_date", DAY, "last friday", "last friday"),
        ("found_time", TEXT, "half past five in the evening", "17:30"),
        ("found_time", TEXT, "around five", "around five"),
        ("animals", COUNT, "two dogs", 2),
        ("animals", COUNT, "one other", "one other"),
        ("animals", COUNT, "two, it was around five thirty", "two, it was around five thirty"),
        ("collar", YES_NO, "yes", True),
        ("collar", YES_NO, "no it lost it", "no it lost it"),
        ("animal", KIND, "a small dog", "dog"),
        ("animal", KIND, "a dog and a cat", "a dog and a cat"),
        ("found_at", PLACE, "it was on wacker drive in chicago", {"street": "Wacker Drive", "city": "Chicago"}),
        ("found_at", PLACE, "wacker drive chicago illinois", ILLINOIS),
        ("found_at", PLACE, "near my house", "near my house"),
        ("zip_code", TEXT, "six zero six oh one", "60601"),
        ("zip_code", TEXT, "i don't have two of them at hand just now", "i don't have two of them at hand just now"),
        ("confirmation", TEXT, "yes that is right", "yes that is right"),
    ],
)
def test_what_can_be_read_is_a_value(name: str, schema: dict[str, Any], said: str, value: Any) -> None:
    assert tidied(name, schema, said, TODAY) == value


def _asked(manner: Any) -> Any:
    parameters = {"type": "object", "properties": {"found_date": DAY, "collar": YES_NO}}
    tool = {"type": "function", "function": {"name": "record_find", "description": "Record.", "parameters": parameters}}
    messages = [
        {"role": "system", "content": "Speak with whoever calls. 2026-11-21."},
        {"role": "user", "content": "i found a dog"},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "1", "function": {"name": "record_find", "arguments": "{}"}}],
        },
        {
            "role": "tool",
            "tool_call_id": "1",
            "content": '{"ok": true, "ask": "When did it happen?", "expects": "found_date", "tool": "record_find"}',
        },
        {"role": "assistant", "content": "When did it happen?"},
        {"role": "user", "content": "yesterday"},
    ]
    return decide(read_situation(messages, [tool]), manner=manner).calls


def test_the_manner_decides_whether_a_tool_gets_a_value_or_words() -> None:
    assert _asked("tidy") == {"record_find": {"found_date": "2026-11-20"}}
    assert _asked("usual") == {"record_find": {"found_date": "yesterday"}}
    assert _asked("dumb") == {"record_find": {"found_date": "yesterday"}}
