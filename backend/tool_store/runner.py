"""Runs tools: checks the arguments, asks the policy, limits the time, and always answers in the envelope."""

import asyncio
import json
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.domain.agent import AgentSpec
from backend.domain.model import ToolSchema
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.domain.storable import clean
from backend.domain.tool import Effect, ToolNames, ToolOutcome
from backend.domain.tool_server import AnyServer
from backend.errors import RingmasterError, ToolError
from backend.tool_store.arguments import read_arguments
from backend.tool_store.context import Audit, ToolContext
from backend.tool_store.cutting import bounded
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.names import names_of
from backend.tool_store.policy import ANYWHERE, CALL_BACK, ask_first, authorize, may_run
from backend.tool_store.unmasked import unmasked

__all__ = ["ToolRunner"]

log = logging.getLogger(__name__)

_LONGEST_ARGUMENTS = 16 * 1024


class ToolRunner:
    """All tools of a worker, by name.

    Args:
        tools: the typed ones.
        audit: notes every run.
        declared: makes the tools that stores declare; without it there are none.
    """

    def __init__(self, tools: Sequence[ToolDefinition], audit: Audit, declared: DeclaredTools | None = None) -> None:
        self._tools = {definition.name: definition for definition in tools}
        self._named: dict[str, list[ToolDefinition]] = {}
        """By what agents may name: a tool, or a set."""
        for definition in self._tools.values():
            for name in dict.fromkeys((definition.name, definition.tool_set)):
                self._named.setdefault(name, []).append(definition)
        self._audit = audit
        self._declared = declared

    def beside(self, servers: Sequence[AnyServer], made: Iterable[ToolDefinition] = ()) -> "ToolRunner":
        """A runner that has these tools too; what a call with one version of the store works with.

        Args:
            servers: tool servers that the store declares.
            made: tools that are made of its forms, identities and books.
        """
        declared = self._declared.definitions(servers) if servers and self._declared else []
        more = [one for one in (*made, *declared) if one.name not in self._tools]
        return ToolRunner([*self._tools.values(), *more], self._audit) if more else self

    @property
    def names(self) -> ToolNames:
        """What agents may name in their YAML."""
        return names_of(self._tools.values())

    def all_schemas(self) -> list[ToolSchema]:
        """Every tool, for operations."""
        return [definition.schema for definition in self._tools.values()]

    def schemas(self, agent: AgentSpec, *, nobody: bool = False) -> list[ToolSchema]:
        """The tools that this agent may use; the wish to be called back too once nobody could be reached."""
        found: dict[str, ToolSchema] = {}
        if nobody and CALL_BACK in self._tools:
            found[CALL_BACK] = self._tools[CALL_BACK].schema
        for definition in self._of(agent):
            found.setdefault(definition.name, definition.schema)
        return list(found.values())

    def knows(self, name: str) -> bool:
        """Is there such a tool?"""
        return name in self._tools

    def effect(self, name: str) -> Effect:
        """What a tool does to the world; an unknown one does nothing."""
        return self._tools[name].effect if self.knows(name) else "none"

    def looks_up(self, name: str) -> bool:
        """Does it only look something up? What shows who somebody is, or asks for a yes, does more than that."""
        found = self._tools.get(name)
        return found is not None and found.effect == "read" and not found.grants and found.read_back is None

    def verifies(self, agent: AgentSpec) -> str:
        """The tool by which this agent finds out who somebody is, where it can begin with nothing; else empty."""
        ways = (one for one in self._of(agent) if one.grants and not one.schema.parameters.get("required"))
        return next((one.name for one in ways), "")

    def brought(self, agent: AgentSpec) -> dict[str, Any]:
        """Arguments, with their schema, that this agent's opening tool looks up and has to be given."""
        name = agent.opening_tool or ""
        schema = self._tools[name].schema.parameters if self.looks_up(name) else {}
        properties = schema.get("properties", {})
        return {needed: properties[needed] for needed in schema.get("required", ()) if needed in properties}

    def must_verify_first(self, source: AgentSpec, target: AgentSpec, session: CallSession) -> bool:
        """Would this caller, not verified, come to an agent who can do nothing for them, from one who can verify?"""
        theirs, ours = self._of(target), self._of(source)
        work = [definition for definition in theirs if definition.name not in ANYWHERE]
        allowed = any(may_run(definition, session) or definition.grants for definition in work)
        return bool(work) and not allowed and any(definition.grants for definition in ours)

    def filler(self, name: str, phrases: Phrases) -> str | None:
        """What is said while this tool is slow."""
        words = self._tools[name].filler if name in self._tools else None
        return getattr(phrases, words) if words in Phrases.model_fields else words

    def fillers(self, agent: AgentSpec, phrases: Phrases) -> list[str]:
        """What the tools of this agent want said while they are slow."""
        return [words for schema in self.schemas(agent) if (words := self.filler(schema.name, phrases))]

    async def run(self, name: str, arguments: str, context: ToolContext) -> ToolOutcome:
        """Run one tool call of a model. Whatever goes wrong is told in the envelope, never raised."""
        definition = self._tools.get(name)
        if definition is None:
            # The name is the model's own text and may hold anything; it does not go into the audit.
            outcome = _refused("There is no such tool. Use one of those on offer.", "tool.unknown")
            await self._note(context.session.call_id, "unknown", {"agent": context.agent.name, "ok": False})
            return outcome
        began = time.monotonic()
        outcome = await self._attempt(definition, arguments, context)
        took = round((time.monotonic() - began) * 1000)
        detail = {"agent": context.agent.name, "ok": outcome.ok, "code": outcome.code, "ms": took}
        if definition.tool_set:
            detail["server"] = definition.tool_set
        await self._note(context.session.call_id, name, detail)
        return bounded(outcome)

    def _of(self, agent: AgentSpec) -> list[ToolDefinition]:
        """The tools that an agent's YAML names."""
        return [
            definition
            for use in agent.uses()
            for definition in self._named.get(use.name, ())
            if definition.name not in use.disabled
        ]

    async def _attempt(self, definition: ToolDefinition, arguments: str, context: ToolContext) -> ToolOutcome:
        given = _parse(arguments)
        if isinstance(given, ToolOutcome):
            return given
        parsed = read_arguments(definition, given, context)
        if isinstance(parsed, ToolOutcome):
            return parsed
        if definition.requires is not None and (gone := unmasked(context)) is not None:
            return gone
        try:
            authorize(definition, parsed, context)
            if question := ask_first(definition, parsed, context):
                return question
            async with asyncio.timeout(definition.timeout_ms / 1000):
                return await definition.function(context, **parsed)
        except ToolError as error:
            return _refused(str(error), error.code)
        except TimeoutError:
            log.warning(
                "tool timed out",
                extra={"event": "tool.timed_out", "tool": definition.name, "call_id": context.session.call_id},
            )
            return _refused("That took too long. Apologize and offer to try again.", "tool.timed_out")
        except RingmasterError as error:
            log.warning("tool failed", extra={"event": "tool.failed", "tool": definition.name, "code": error.code})
            return _refused("That did not work just now. Apologize and offer to try again.", error.code)
        except Exception:  # a tool's own failure: the agent goes on, and its caller is told
            log.exception(
                "tool failed unexpectedly",
                extra={"event": "tool.broke", "tool": definition.name, "call_id": context.session.call_id},
            )
            return _refused("That did not work just now. Apologize and offer to try again.", "tool.failed")

    async def _note(self, call_id: str, name: str, detail: Mapping[str, Any]) -> None:
        try:
            await self._audit(call_id, f"tool:{name}", detail)
        except RingmasterError as error:
            log.error(
                "a tool call could not be written to the audit",
                extra={"event": "audit.failed", "code": error.code, "call_id": call_id},
            )


def _parse(arguments: str) -> dict[str, Any] | ToolOutcome:
    if len(arguments) > _LONGEST_ARGUMENTS:
        return _refused(f"The arguments are too long; at most {_LONGEST_ARGUMENTS} characters.", "tool.arguments")
    try:
        parsed = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        return _refused("The arguments are not valid JSON. Call the tool again with valid JSON.", "tool.arguments")
    if not isinstance(parsed, dict):
        return _refused("The arguments must be a JSON object.", "tool.arguments")
    return clean(parsed)  # half a character can go to no server


def _refused(message: str, code: str) -> ToolOutcome:
    return ToolOutcome(False, message, code=code)
