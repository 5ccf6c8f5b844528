"""Tools that the store declares: they run on a server elsewhere, under the same policy as the typed ones."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.json_schema import validator_of
from backend.domain.question import Question
from backend.domain.storable import clean
from backend.domain.tool import FieldProblem, ToolOutcome
from backend.domain.tool_server import (
    AnswerSpec,
    AnyServer,
    FunctionSpec,
    HttpFunction,
    McpFunction,
    RemoteResult,
)
from backend.errors import ProtocolError, ProviderError, ToolDenied, ToolError
from backend.ports import ToolServer
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.granting import Granting
from backend.tool_store.schema_questions import question_of

__all__ = ["DeclaredTools", "OpenServer", "Render"]

OpenServer = Callable[[AnyServer], ToolServer]
Render = Callable[[str, Mapping[str, Any]], str]
"""``(template, values)`` to text."""

_MOST_PROBLEMS = 10
_LONGEST_DESCRIPTION = 1000
_SLACK_MS = 1000
"""What a run may take beyond its request, so that the server's own limit speaks first."""


class DeclaredTools:
    """Tool definitions for what stores declare, and the servers behind them.

    Args:
        open_server: makes the server of a spec; it connects when it is first used.
        render: fills in a Jinja line.
    """

    def __init__(self, open_server: OpenServer, render: Render) -> None:
        self._open_server = open_server
        self._render = render
        self._servers: dict[str, ToolServer] = {}

    def definitions(self, specs: Sequence[AnyServer]) -> list[ToolDefinition]:
        """Every function of these servers. Servers that were declared alike before are used again."""
        found: list[ToolDefinition] = []
        for spec in specs:
            key = spec.model_dump_json()
            server = self._servers.get(key) or self._servers.setdefault(key, self._open_server(spec))
            found += [self._definition(spec, function, server) for function in spec.functions]
        return found

    async def close(self) -> None:
        """Let go of every server."""
        while self._servers:
            await self._servers.popitem()[1].close()

    def _definition(self, spec: AnyServer, function: HttpFunction | McpFunction, server: ToolServer) -> ToolDefinition:
        run = _Run(spec, function, server, self._render)
        told = server.schema(function.name)
        description = function.description or (told.description[:_LONGEST_DESCRIPTION] if told else spec.description)

        def read_back(given: dict[str, Any]) -> str:
            return " ".join(self._render(function.confirm, {"arguments": given}).split())

        return ToolDefinition(
            function.name,
            description,
            run,
            _DeclaredArguments(function, server),
            function.effect,
            function.requires,
            (function.timeout_ms or spec.timeout_ms) + _SLACK_MS,
            function.filler,
            tool_set=spec.name,
            read_back=read_back if function.confirm else None,
            grants=(function.grants.grant,) if function.grants else (),
        )


@dataclass(frozen=True, slots=True)
class _DeclaredArguments:
    """Arguments by JSON Schema: the store's, or what the server tells."""

    function: HttpFunction | McpFunction
    server: ToolServer

    def schema(self) -> dict[str, Any]:
        """Without what the call fills in itself."""
        function = self.function
        if isinstance(function, HttpFunction):
            properties = {name: dict(schema) for name, schema in function.arguments.items()}
            required = [name for name in properties if name not in function.optional]
            whole: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
        else:
            told = self.server.schema(function.name)
            whole = dict(told.parameters) if told else {"type": "object", "properties": {}}
        if "properties" in whole:
            whole["properties"] = {k: v for k, v in whole["properties"].items() if k not in function.bind}
        if "required" in whole:
            whole["required"] = [name for name in whole["required"] if name not in function.bind]
        return whole | ({"additionalProperties": False} if whole.get("properties") else {})

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """Checked, as they came."""
        checker = validator_of(self.schema(), formats=True)
        problems: list[FieldProblem] = []
        try:
            faults = list(checker.iter_errors(given))
        except Exception as error:  # a schema that leads elsewhere, or round in circles; the check says so beforehand
            raise ProtocolError(f"the schema of {self.function.name} cannot be used") from error
        for fault in faults:
            missing = [str(name) for name in fault.validator_value if name not in given] if _is_missing(fault) else []
            place = ".".join(str(part) for part in fault.absolute_path)
            problems += [FieldProblem(name, "is missing") for name in missing] or [FieldProblem(place, _fault(fault))]
        return tuple(dict.fromkeys(problems[:_MOST_PROBLEMS])) or given

    def question(self, name: str) -> Question | None:
        """The question that the argument's description ends in, and other forms of it by its schema."""
        schema = self.schema().get("properties", {}).get(name)
        return question_of(name, schema) if isinstance(schema, Mapping) else None


@dataclass(frozen=True, slots=True)
class _Run:
    """Runs one function and puts what comes back into the envelope."""

    spec: AnyServer
    function: HttpFunction | McpFunction
    server: ToolServer
    render: Render

    async def __call__(self, context: ToolContext, **given: Any) -> ToolOutcome:
        arguments = given | _bound(self.function, context)
        granting = Granting(self.function.grants, context) if self.function.grants else None
        if granting and (refused := await granting.refusal()):
            return refused
        outcome, content = await self._asked(arguments, given, context)
        return await granting.judged(outcome, content) if granting else outcome

    async def _asked(
        self, arguments: dict[str, Any], given: dict[str, Any], context: ToolContext
    ) -> tuple[ToolOutcome, Any]:
        """What the server answers, in words and as it is."""
        key = _key(context.session.call_id, self.function.name, arguments)
        try:
            result = await self.server.call(self.function.name, arguments, key=key)
        except (ProviderError, ProtocolError) as error:
            message = f"{self.spec.description} can't be reached. Say so plainly; do not make anything up."
            phrases = context.phrases
            answer = self.spec.unavailable or AnswerSpec(say=phrases.unreachable, ask=phrases.anything_else)
            return self._worded(False, answer, message, {}, given, code=error.code), None
        return self._outcome(result, given), None if result.failed else clean(result.content)

    def _outcome(self, result: RemoteResult, given: dict[str, Any]) -> ToolOutcome:
        content = clean(result.content)  # half a character can be neither said nor kept
        if result.failed:
            failures = self.function.failures if isinstance(self.function, HttpFunction) else {}
            answer = failures.get(str(result.status), AnswerSpec())
            message = "That did not work. Tell the caller, and ask for other values or offer another way."
            return self._worded(False, answer, message, content, given, code=ToolError.code)
        if self.function.result:
            fault = next(validator_of(self.function.result).iter_errors(content), None)
            if fault is not None:
                raise ProtocolError(f"{self.spec.name}: the answer at {fault.json_path} is not what was declared")
        return self._worded(True, self.function.answer, "Done.", content, given)

    def _worded(
        self, ok: bool, answer: AnswerSpec, message: str, content: Any, given: dict[str, Any], *, code: str = ""
    ) -> ToolOutcome:
        values = {"result": content, "arguments": given}
        message, say, ask = (
            " ".join(self.render(template, values).split()) if template else ""
            for template in (answer.message or message, answer.say, answer.ask)
        )
        data = {"result": content} if content not in (None, {}, "") else {}
        return ToolOutcome(
            ok, message, data=data, say=say or None, ask=ask or None, expects=answer.expects if ask else None, code=code
        )


def _bound(function: FunctionSpec, context: ToolContext) -> dict[str, Any]:
    """What the call itself fills in.

    Raises:
        ToolDenied: it belongs to a verified caller and nobody is verified.
    """
    of_the_call = {"call_id": context.session.call_id, "line": context.line.name}
    return {name: of_the_call.get(source) or _of_subject(source, context) for name, source in function.bind.items()}


def _of_subject(source: str, context: ToolContext) -> Any:
    subject = context.session.subject
    if subject is None:
        raise ToolDenied("The caller is not verified yet. Verify who is calling first.")
    name = source.removeprefix("subject.")
    value = subject.value(name)
    if value is None:
        raise ToolDenied(f"Nothing is known of the caller's {name.replace('_', ' ')}.")
    return value


def _key(call_id: str, function: str, arguments: Mapping[str, Any]) -> str:
    text = json.dumps([call_id, function, arguments], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _is_missing(fault: Any) -> bool:
    return fault.validator == "required" and not fault.absolute_path


def _fault(fault: Any) -> str:
    """What was expected. The value itself is not repeated: it may be what a caller said."""
    match fault.validator:
        case "type":
            return f"expected {fault.validator_value}"
        case "enum":
            return f"expected one of {', '.join(str(choice) for choice in fault.validator_value)}"
        case "format":
            return f"expected a {fault.validator_value}"
        case "pattern":
            return f"expected something like {fault.validator_value}"
        case "additionalProperties":
            return "there are arguments that it does not take"
        case _:
            return f"does not keep to {fault.validator}: {str(fault.validator_value)[:100]}"
