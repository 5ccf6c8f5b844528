"""Arguments that need not be asked for: said unasked, given to a tool before, confirmed, or put right."""

import re
from collections.abc import Mapping
from typing import Any

from backend.domain.spoken.yes_no import read_yes_no
from backend.emulator.model.situation import Situation, Tool
from backend.emulator.model.values import read_value, today_in

__all__ = ["earlier_arguments", "is_free", "repeated_arguments", "spoken_parts"]


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


def repeated_arguments(situation: Situation, tool: Tool, expects: str) -> dict[str, Any] | None:
    """The last call again: as it was after a yes or no to its question, or with what the caller puts right.

    ``None`` when the tool takes the caller's answer as an argument of its own, or nothing was put right.
    """
    if expects in tool.properties or not tool.required:
        return None
    before = dict(situation.answers[-1].arguments)
    if expects == "confirmation" and read_yes_no(situation.caller) is not None:
        return before
    today, changed = today_in(situation.prompt), dict[str, Any]()
    for name, schema in tool.properties.items():
        if is_free(name, schema) or name.endswith("name"):
            continue
        value = read_value(name, schema, situation.caller, today)
        if value is not None and value != before.get(name):
            changed[name] = value
    return before | changed if changed else None


def spoken_parts(verify: Tool, situation: Situation) -> dict[str, Any]:
    """What the caller said of himself unasked: a name after "my name is", a zip code, last four digits."""
    text = situation.caller.lower()
    found: dict[str, Any] = {}
    named = re.search(r"\bmy name is ((?:[a-z']+ ?){1,3}?)(?: and | my |,|\.|$)", text)
    for name in verify.properties:
        if named and name.endswith("name"):
            found[name] = named.group(1).strip()
        elif "zip" in name and (match := re.search(r"\bzip(?: code)?(?: is)? (.+?)(?: and |,|\.|$)", text)):
            found[name] = match.group(1)
    return found
