"""Arguments that need not be asked for: said unasked, given to a tool before, confirmed, or put right."""

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from stand_in.hearing.answers import read_yes_no
from stand_in.situation import OpenQuestion, Situation, Tool
from stand_in.values import read_value, today_in

__all__ = ["earlier_arguments", "is_free", "repeated_arguments", "spoken_parts"]

_NAMED = re.compile(r"\b(?:my name is|my name's|this is|the name is) ([^.,?!]+)")
_NAME_ENDS = frozenset(
    "about a an the and my not to for so very regarding in it i i'm from calling zip last with on at is that".split()
)
_NAME_WORDS = 3
_VALUE = r"(?: (?:is|are|as|was|digits|number|would be))* (.+?)(?: and | my | i | last |,|\.|$)"
_SPOKEN = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "8": "eight"}


def is_free(name: str, schema: Mapping[str, Any]) -> bool:
    """Takes any words: a question, a reason, a description."""
    typed = schema.get("enum") or schema.get("pattern") or schema.get("format")
    described = str(schema.get("description", "")).lower()
    marked = any(mark in described for mark in ("yyyy", "hh:mm"))
    return not typed and not marked and not any(name.endswith(end) for end in ("name", "phone", "date", "time"))


def earlier_arguments(tool: Tool, situation: Situation) -> dict[str, Any]:
    """What the required arguments of ``tool`` were in earlier calls of any tool; the latest counts."""
    found: dict[str, Any] = {}
    for answered in situation.answers:
        for name, value in answered.arguments.items():
            if name in tool.required and not is_free(name, tool.properties[name]):
                found[name] = value
    return found


def repeated_arguments(situation: Situation, question: OpenQuestion) -> dict[str, Any] | None:
    """The last call again: as it was after a yes or no to its question, or with what the caller puts right.

    ``None`` when the tool takes the caller's answer as an argument of its own, or nothing was put right.
    """
    tool = question.tool
    if question.field in tool.properties or not tool.required:
        return None
    before = dict(question.asked_by.arguments)
    if question.field == "confirmation" and read_yes_no(situation.caller) is not None:
        return before
    today, changed = today_in(situation.prompt), dict[str, Any]()
    for name, schema in tool.properties.items():
        if is_free(name, schema) or name.endswith("name"):
            continue
        value = read_value(name, schema, situation.caller, today)
        if value is not None and value != before.get(name):
            changed[name] = value
    return before | changed if changed else None


def spoken_parts(verify: Tool, text: str) -> dict[str, Any]:
    """What the caller said of themselves unasked: a name, and what follows the name of another part."""
    said = text.lower()
    found: dict[str, Any] = {}
    for name in verify.properties:
        if name.endswith("name"):
            if full := _name_in(said):
                found[name] = full
            continue
        if match := re.search(_called(name) + _VALUE, said):
            found[name] = match.group(1)
    return found


def _called(name: str) -> str:
    """How a caller says the name of an argument: ``zip_code`` "zip" or "zip code", ``last4`` "last four"."""
    first, *more = re.findall(r"[a-z]+|\d", name)
    if not more or not more[0].isdigit():
        return rf"\b{first}" + "".join(f"(?: {word})?" for word in more)
    return rf"\b{first} (?:{more[0]}|{_SPOKEN.get(more[0], more[0])})"


def _name_in(said: str) -> str:
    """What follows "my name is", as far as it can be a name."""
    match = _NAMED.search(said)
    spoken = match.group(1).split()[:_NAME_WORDS] if match else []
    return " ".join(takewhile(lambda word: word not in _NAME_ENDS, spoken))
