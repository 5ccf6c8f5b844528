"""Runs tools: checks the arguments, asks the policy, limits the time, and always answers in the envelope."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from backend.domain.agent import AgentSpec
from backend.domain.model import ToolSchema
from backend.domain.tool import Effect, FieldProblem, ToolNames, ToolOutcome
from backend.errors import RingmasterError, ToolError
from backend.tool_store.context import Audit, ToolContext
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.names import names_of
from backend.tool_store.policy import authorise

__all__ = ["ToolRunner"]

log = logging.getLogger(__name__)

_LONGEST_ARGUMENTS = 16 * 1024
_LONGEST_RESULT = 8 * 1024


class ToolRunner:
    """All tools of a worker, by name."""

    def __init__(self, tools: Sequence[ToolDefinition], audit: Audit) -> None:
        self._tools = {definition.name: definition for definition in tools}
        self._audit = audit

    @property
    def names(self) -> ToolNames:
        """What agents may name in their YAML."""
        return names_of(self._tools.values())

    def all_schemas(self) -> list[ToolSchema]:
        """Every tool, for operations."""
        return [definition.schema for definition in self._tools.values()]

    def schemas(self, agent: AgentSpec) -> list[ToolSchema]:
        """The tools that this agent may use."""
        wanted = [use.name for use in agent.uses() if use.name not in use.disabled]
        return [self._tools[name].schema for name in wanted if name in self._tools]

    def effect(self, name: str) -> Effect:
        """What a tool does to the world; an unknown one does nothing."""
        return self._tools[name].effect if name in self._tools else "none"

    def filler(self, name: str) -> str | None:
        """What is said while this tool is slow."""
        return self._tools[name].filler if name in self._tools else None

    async def run(self, name: str, arguments: str, context: ToolContext) -> ToolOutcome:
        """Run one tool call of a model. Whatever goes wrong is told in the envelope, never raised."""
        definition = self._tools.get(name)
        if definition is None:
            return _refused(f"There is no tool {name}.", "tool.unknown")
        outcome = await self._attempt(definition, arguments, context)
        detail = {"agent": context.agent.name, "ok": outcome.ok, "code": outcome.code}
        await self._note(context.session.call_id, name, detail)
        return _bounded(outcome)

    async def _attempt(self, definition: ToolDefinition, arguments: str, context: ToolContext) -> ToolOutcome:
        parsed = _parse(definition, arguments)
        if isinstance(parsed, ToolOutcome):
            return parsed
        try:
            authorise(definition, parsed, context)
            async with asyncio.timeout(definition.timeout_ms / 1000):
                return await definition.function(context, **parsed)
        except ToolError as error:
            return _refused(str(error), error.code)
        except TimeoutError:
            log.warning("tool timed out", extra={"tool": definition.name, "call_id": context.session.call_id})
            return _refused("That took too long. Apologise and offer to try again.", "tool.timed_out")
        except RingmasterError as error:
            log.warning("tool failed", extra={"tool": definition.name, "code": error.code})
            return _refused("That did not work just now. Apologise and offer to try again.", error.code)
        except Exception:
            log.exception("tool broke", extra={"tool": definition.name, "call_id": context.session.call_id})
            return _refused("That did not work just now. Apologise and offer to try again.", "tool.failed")

    async def _note(self, call_id: str, name: str, detail: Mapping[str, Any]) -> None:
        try:
            await self._audit(call_id, f"tool:{name}", detail)
        except RingmasterError as error:
            log.error("audit failed", extra={"code": error.code, "call_id": call_id})


def _parse(definition: ToolDefinition, arguments: str) -> dict[str, Any] | ToolOutcome:
    if len(arguments) > _LONGEST_ARGUMENTS:
        return _refused(f"The arguments are too long; at most {_LONGEST_ARGUMENTS} characters.", "tool.arguments")
    try:
        parsed = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        return _refused("The arguments are not valid JSON. Call the tool again with valid JSON.", "tool.arguments")
    if not isinstance(parsed, dict):
        return _refused("The arguments must be a JSON object.", "tool.arguments")
    try:
        validated = definition.arguments.model_validate(parsed)
    except ValidationError as error:
        problems = tuple(
            FieldProblem(".".join(str(p) for p in fault["loc"]), str(fault["msg"]))
            for fault in error.errors(include_url=False, include_input=False)
        )
        return ToolOutcome(False, "Some arguments are missing or wrong.", problems=problems, code="tool.arguments")
    return {name: getattr(validated, name) for name in definition.arguments.model_fields}


def _refused(message: str, code: str) -> ToolOutcome:
    return ToolOutcome(False, message, code=code)


def _bounded(outcome: ToolOutcome) -> ToolOutcome:
    """A result that a model can digest; what is too long is cut, with a note."""
    size = len(json.dumps(outcome.envelope(), default=str))
    if size <= _LONGEST_RESULT:
        return outcome
    note = f"{outcome.message[: _LONGEST_RESULT // 2]} (The result was too long and has been cut.)"
    return ToolOutcome(
        outcome.ok, note, problems=outcome.problems[:20], ask=outcome.ask, expects=outcome.expects,
        say=outcome.say, directive=outcome.directive, code=outcome.code,
    )  # fmt: skip
