"""A tool: an async function with its schema and its policy beside it.

Typed functions have their schema from signature and docstring (``tool``); tools that run elsewhere
have it from the store or from their server (``backend.tool_store.declared``).
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from backend.domain.model import ToolSchema
from backend.domain.question import Question
from backend.domain.tool import Effect, FieldProblem, ToolOutcome

__all__ = ["Arguments", "Requirement", "ToolDefinition", "TypedArguments", "tool"]

Requirement = str
"""What a caller must be: ``verified_caller``, which is anybody who was shown to be somebody, or a grant of its own."""
ToolFunction = Callable[..., Awaitable[ToolOutcome]]


class Arguments(Protocol):
    """What a tool takes."""

    def schema(self) -> dict[str, Any]:
        """As a JSON Schema object."""
        ...

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """The values that the function gets, or what is wrong with ``given``."""
        ...

    def question(self, name: str) -> Question | None:
        """What a caller is asked for this argument; ``None`` where the function asks for it itself."""
        ...


@dataclass(frozen=True, slots=True)
class TypedArguments:
    """Arguments of a typed function."""

    model: type[BaseModel]

    def schema(self) -> dict[str, Any]:
        """Pydantic's schema without what tells a model nothing."""
        return dict(_parameters(self.model))

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """Checked and converted to the declared types."""
        try:
            validated = self.model.model_validate(given)
        except ValidationError as error:
            return tuple(
                FieldProblem(".".join(str(part) for part in fault["loc"]), str(fault["msg"]))
                for fault in error.errors(include_url=False, include_input=False)
            )
        return {name: getattr(validated, name) for name in self.model.model_fields}

    def question(self, name: str) -> Question | None:
        """Typed functions ask for themselves."""
        return None


@dataclass(frozen=True, slots=True)
class ToolDefinition:
    """Everything about one tool. What it may do is decided here, never by a prompt."""

    name: str
    description: str
    function: ToolFunction
    arguments: Arguments
    effect: Effect
    requires: Requirement | None
    timeout_ms: int
    filler: str | None
    """Said when it is slow, instead of the agent's own filler: the words, or the key of a phrase."""
    tool_set: str = ""
    """The set that agents may name to have it; empty when it stands alone."""
    read_back: Callable[[dict[str, Any]], str] | None = None
    """The line that is read to the caller before it runs with these arguments."""
    grants: tuple[Requirement, ...] = ()
    """What the caller is once it has succeeded, besides ``verified_caller``."""
    unverified: bool = False
    """Does it also run for a caller who could not be verified and leaves a report (fact ``unverified``)?"""

    @property
    def schema(self) -> ToolSchema:
        """As a model is told of it."""
        return ToolSchema(self.name, self.description, self.arguments.schema())


def tool(
    *,
    effect: Effect,
    requires: Requirement | None = None,
    timeout_ms: int = 5000,
    filler: str | None = None,
    grants: tuple[Requirement, ...] = (),
    unverified: bool = False,
) -> Callable[[ToolFunction], ToolDefinition]:
    """Make a tool of ``async def name(ctx, argument: type = default) -> ToolOutcome``.

    The docstring's first paragraph describes it to the model, its ``Args:`` the arguments; an
    argument's description holds the question that asks a caller for it.

    Args:
        effect: what it does to the world; ``write`` tools finish even when the caller interrupts.
        requires: who the caller must be.
        timeout_ms: limit on one run.
        filler: said when it is slow, instead of the agent's own filler.
        grants: what a caller is once it has succeeded.
        unverified: does it also run for a caller who could not be verified and leaves a report?
    """

    def define(function: ToolFunction) -> ToolDefinition:
        description, arguments = _documented(inspect.getdoc(function) or "")
        hints = get_type_hints(function)
        fields: dict[str, Any] = {}
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[name] = (hints[name], Field(default=default, description=arguments[name]))
        model = create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields)
        takes = TypedArguments(model)
        return ToolDefinition(
            function.__name__,
            description,
            function,
            takes,
            effect,
            requires,
            timeout_ms,
            filler,
            grants=grants,
            unverified=unverified,
        )

    return define


def _documented(docstring: str) -> tuple[str, dict[str, str]]:
    """The description and the arguments of a Google-style docstring."""
    body, _, arguments = docstring.partition("\nArgs:\n")
    found: dict[str, str] = {}
    name = ""
    for line in inspect.cleandoc(arguments).split("\n"):
        match = re.match(r"^(\w+): (.*)$", line)
        if match:
            name = match.group(1)
            found[name] = match.group(2)
        elif name and line.strip():
            found[name] += " " + line.strip()
    return " ".join(body.split()), found


@lru_cache(512)
def _parameters(arguments: type[BaseModel]) -> Mapping[str, Any]:
    # Asked for on every request to the model, and a third of a millisecond of the caller's wait for each tool.
    return _plain(arguments.model_json_schema())


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic's schema without titles and nulls, which tell a model nothing."""
    definitions = schema.pop("$defs", {})

    def clean(node: Any) -> Any:
        if isinstance(node, list):
            return [clean(entry) for entry in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return clean(definitions[str(node["$ref"]).rsplit("/", 1)[-1]])
        cleaned = {k: clean(v) for k, v in node.items() if not (k == "title" and isinstance(v, str)) and k != "default"}
        choices = [c for c in cleaned.get("anyOf", []) if c != {"type": "null"}]
        if "anyOf" in cleaned and len(choices) == 1:
            del cleaned["anyOf"]
            cleaned = choices[0] | cleaned
        elif "anyOf" in cleaned:
            cleaned["anyOf"] = choices
        return cleaned

    return clean(schema)
