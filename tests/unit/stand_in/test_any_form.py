"""The stand-in fills any form and any identity, by their schemas and by what their tools answer."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from stand_in.decide import decide
from stand_in.situation import read_situation

PROMPT = "Speak with whoever calls. 2026-11-21."
"""Says nothing of what is to be done: the stand-in must not need it."""


def _schema(name: str, description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


def _text(question: str) -> dict[str, Any]:
    return {"type": "string", "description": question}


FIELDS = {
    "animal": {"anyOf": [{"enum": ["dog", "cat"]}, {"type": "string"}], "description": "What kind of animal is it?"},
    "missing_since": _text("Since when is it missing?"),
    "collar": {"anyOf": [{"type": "boolean"}, {"type": "string"}], "description": "Does it wear a collar?"},
}
PARTS = {"member_number": _text("What is your member number?"), "birthday": _text("When were you born?")}
ANSWERS = {
    "animal": "a small dog",
    "missing_since": "since monday",
    "collar": "yes a red one",
    "member_number": "seven seven three",
    "birthday": "may fifth nineteen eighty",
    "confirmation": "yes that is all right",
}


class Shelter:
    """Tools of a form and an identity that nobody has heard of; they ask for one thing after the other."""

    def __init__(self, check_in: str) -> None:
        self._check_in = check_in
        self.known: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.lodged = 0
        self.tools = [
            _schema(check_in, "Find out who is calling, before anything else. It tells what to ask next.", **PARTS),
            _schema(
                "record_stray",
                "Record what the caller reports about a lost animal. It tells what to ask next.",
                **FIELDS,
                confirmation=_text("The answer to the read-back. Is that all right?"),
            ),
            _schema("lodge_stray", "Lodge the report once it is confirmed."),
        ]

    def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if name == self._check_in:
            self.known |= arguments
            return self._ask(PARTS, self.known) or {"ok": True, "message": "Known.", "data": {"verified": True}}
        if name == "lodge_stray":
            self.lodged += 1
            return {"ok": True, "message": "Lodged.", "said": "The number is 12.", "data": {"number": "12"}}
        self.told |= {key: value for key, value in arguments.items() if key != "animal" or "dog" in value}
        if lacking := self._ask(FIELDS, self.told):
            return lacking
        if "confirmation" not in self.told:
            said = ", ".join(str(value) for value in self.told.values())
            return {"ok": True, "message": "All there.", "said": said, "ask": "Right?", "expects": "confirmation"}
        return {"ok": True, "message": "Confirmed; lodge_stray is next."}

    @staticmethod
    def _ask(fields: Mapping[str, dict[str, Any]], known: Mapping[str, Any]) -> dict[str, Any] | None:
        lacking = next((name for name in fields if name not in known), None)
        if lacking is None:
            return None
        return {"ok": True, "message": "Saved.", "ask": fields[lacking]["description"], "expects": lacking}


def _talk(shelter: Shelter, opening: str) -> None:
    messages: list[dict[str, Any]] = [{"role": "system", "content": PROMPT}, {"role": "user", "content": opening}]
    expects = ""
    for step in range(60):
        decision = decide(read_situation(messages, shelter.tools))
        if not decision.calls:
            if shelter.lodged or not expects:
                return
            messages.append({"role": "assistant", "content": decision.text})
            messages.append({"role": "user", "content": ANSWERS[expects]})
            expects = ""
            continue
        for name, arguments in decision.calls.items():
            call = {
                "id": f"c{step}",
                "type": "function",
                "function": {"name": name, "arguments": json.dumps(arguments)},
            }
            answer = shelter.call(name, arguments)
            expects = answer.get("expects", expects)
            messages.append({"role": "assistant", "content": None, "tool_calls": [call]})
            messages.append({"role": "tool", "tool_call_id": f"c{step}", "content": json.dumps(answer)})


@pytest.mark.parametrize("check_in", ["verify_member", "who_is_it"])
def test_a_form_and_an_identity_that_nobody_has_heard_of_are_filled_and_lodged(check_in: str) -> None:
    shelter = Shelter(check_in)
    _talk(shelter, "i want to report a lost animal")
    assert shelter.known == {"member_number": "seven seven three", "birthday": "may fifth nineteen eighty"}
    assert {name: shelter.told[name] for name in FIELDS} == {name: ANSWERS[name] for name in FIELDS}
    assert shelter.lodged == 1


def test_parts_that_the_caller_names_unasked_are_passed_on() -> None:
    shelter = Shelter("verify_member")
    messages = [
        {"role": "system", "content": PROMPT},
        {"role": "user", "content": "a lost animal, my member number is seven seven three, thanks"},
    ]
    calls = decide(read_situation(messages, shelter.tools)).calls
    assert calls == {"verify_member": {"member_number": "seven seven three"}}
