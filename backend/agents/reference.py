"""The reference page of agents and lines, written from the same specs that the check uses."""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from backend.agents.budget import LARGEST, MOST_BUILT, MOST_SECONDS, MOST_STEPS
from backend.agents.filters import FILTERS
from backend.agents.prompts import VARIABLES
from backend.agents.schema import schema_of
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import FileBookSpec, ServerBookSpec, SqlBookSpec
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.spec import CALLED_NUMBER
from backend.domain.tool_server import HttpServerSpec, McpServerSpec

__all__ = ["reference_page"]

_HEAD = """\
<!-- Written by `ringmaster schema`; edit the specs in backend/domain instead. -->

# Agents, lines and tool servers: every key

`ringmaster check` refuses what is not listed here. An editor that knows the YAML language server offers the keys and
their values while you type: keep the first line of each file (`# yaml-language-server: $schema=...`).
"""
_SECTIONS = (
    ("Agents", "`agent_store/agents/NAME.yaml`, one agent a file.", AgentSpec),
    ("Lines", "`agent_store/lines/NAME.yaml`, one phone line a file.", LineSpec),
    ("Forms", "`agent_store/forms/NAME.yaml`, one form a file; agents name its tools.", FormSpec),
    ("Identities", "`agent_store/identities/NAME.yaml`, one identity a file; agents name its tool.", IdentitySpec),
    ("Books: a file", "`agent_store/books/NAME.yaml`, one book a file; identities name it.", FileBookSpec),
    ("Books: a SQL database", "`agent_store/books/NAME.yaml`, like the above.", SqlBookSpec),
    ("Books: behind a tool server", "`agent_store/books/NAME.yaml`, like the above.", ServerBookSpec),
    (
        "Phrases",
        "`agent_store/phrases/LANGUAGE.yaml`, one language a file: `es.yaml`, or `es-MX.yaml` for what is said "
        "otherwise in one country.",
        Phrases,
    ),
    (
        "Tool servers: HTTP",
        "`agent_store/tools/NAME.yaml`, one server a file; agents name it, or single functions of it.",
        HttpServerSpec,
    ),
    ("Tool servers: MCP", "`agent_store/tools/NAME.yaml`, like the above.", McpServerSpec),
)
_SHAPES = {
    r"^[a-z][a-z0-9_]{0,63}$": "name",
    r"^\+[1-9][0-9]{6,14}$": "phone number, such as `+18005550100`",
    r"^(BOOK_[A-Z0-9_]{1,60}|POLICY_BOOK)$": "variable that begins with `BOOK_`",
    CALLED_NUMBER: "phone number, such as `+18005550100`, or ACS identity",
    r"^[+-]\d{1,2}%$": "change, such as `+5%`",
    r"^[\w./-]+\.jinja$": "file, such as `auth.jinja`",
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": "time, such as `08:30`",
    r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$": "from and to, such as `08:30-17:00`",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "month and day, such as `12-25`",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})$": "language, such as `en-US`",
}
_DEEP = frozenset({"HoursSpec"})
"""Parts that have parts of their own, which stand nowhere else."""
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


def reference_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *_kinds(), *_variables(), *_filters()]).rstrip() + "\n"


def _kinds() -> Iterator[str]:
    for title, place, spec in _SECTIONS:
        schema = schema_of(TypeAdapter(spec))
        parts: dict[str, Any] = schema.get("$defs", {})
        yield f"## {title}\n\n{place}\n"
        yield from _table(schema, parts)
        for key, part in _nested(schema, parts):
            yield f"### {key}\n\n{_prose(part.get('description', ''))}\n"
            yield from _table(part, parts)


def _nested(schema: dict[str, Any], parts: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a file under the key that holds it, in the order in which the keys are told."""
    for key, field in schema["properties"].items():
        for name in _references(field):
            yield f"`{key}`", parts[name]
            if name in _DEEP:
                yield from ((f"`{key}`: {inner}", part) for inner, part in _nested(parts[name], parts))


def _references(field: dict[str, Any]) -> list[str]:
    found = [field["$ref"].rsplit("/", 1)[-1]] if "$ref" in field else []
    for inner in [field.get("items"), *field.get("anyOf", []), *field.get("allOf", [])]:
        if isinstance(inner, dict):
            found += _references(inner)
    return found


def _table(schema: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
    required = set(schema.get("required", []))
    yield "| key | value | if left out | |\n|---|---|---|---|"
    for key, field in schema["properties"].items():
        default = "**must be given**" if key in required else _default(field)
        described = [field, *(parts[name] for name in _references(field))]
        meaning = next((each["description"] for each in described if "description" in each), "")
        yield f"| `{key}` | {_type(field)} | {default} | {_prose(meaning)} |"
    yield ""


def _type(field: dict[str, Any]) -> str:
    if choices := [each for each in field.get("anyOf", []) if each.get("type") != "null"]:
        return " or ".join(dict.fromkeys(_type(each) for each in choices))
    if "$ref" in field or "allOf" in field:
        return "see below"
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list: {_type(field.get('items', {}))}"
    if field.get("type") == "object":
        inner = field.get("additionalProperties")
        plain = isinstance(inner, dict) and inner.get("type") == "string"
        return "keys with a text each" if plain else "keys of your own"
    if "pattern" in field:
        return _SHAPES.get(field["pattern"], "text")
    if field.get("format") == "date":
        return "date, such as `2026-12-25`"
    return _TYPES.get(str(field.get("type", "")), "value") + _range(field)


def _range(field: dict[str, Any]) -> str:
    low = field.get("minimum", field.get("exclusiveMinimum"))
    high = field.get("maximum", field.get("exclusiveMaximum"))
    if low is None or high is None:
        return ""
    above = "above " if "exclusiveMinimum" in field else ""
    return f" {above}{low} to {high}"


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    if value is None or value in ("", [], {}) or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return _prose("; ".join(f"`{each}`" for each in value))
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _prose(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("{{", "`{{").replace("}}", "}}`").replace("``", "`")


def _variables() -> Iterator[str]:
    yield "## What prompts and greetings may use\n"
    yield "Jinja, without escaping. Anything else is an error of the check; what callers said is never template code.\n"
    yield "| variable | has |\n|---|---|"
    for name, attributes in VARIABLES.items():
        has = ", ".join(f"`{name}.{attribute}`" for attribute in sorted(attributes)) if attributes else ""
        yield f"| `{name}` | {has or _FREE[name]} |"
    yield ""


def _filters() -> Iterator[str]:
    yield "| filter | turns |\n|---|---|"
    for name, work in sorted(FILTERS.items()):
        yield f"| `{name}` | {_prose(work.__doc__ or '').replace('``', '`')} |"
    yield (
        "\nBesides these there are Jinja's own, but for those that are made for pages (`escape`, `urlize`, `tojson`) or"
        " that pad texts (`center`, `indent`, `format`). A template, and the text that comes of it, has at most"
        f" {LARGEST} characters; it may take {MOST_STEPS} steps and {MOST_SECONDS} seconds, and build {MOST_BUILT}"
        " characters in all, lists with what is in them. Partials are"
        " included by names in quotes. The check renders every prompt and greeting for an unknown and for a verified"
        " caller, so that what fails then fails there.\n"
    )


_FREE = {
    "agents": "the agents that this one may hand over to, each with `name` and `when`",
    "vars": "the agent's own `variables`: `vars.NAME`; the line's are `line.vars.NAME`",
    "facts": "what tools have noted in this call; write `facts.NAME \\| default('')`, it may not be there yet",
    "today": 'the date in words, "Saturday, November 21, 2026"',
    "now": 'the time in words, "12:00 PM"',
    "channel": "`voice` or `text`",
}
