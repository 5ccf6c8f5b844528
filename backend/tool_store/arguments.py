"""Arguments of a tool call: read, or asked for by the ladder where the caller's answer was none."""

from dataclasses import replace
from typing import Any

from backend.domain.hiding import KnownSecret, note_secret
from backend.domain.tool import FieldProblem, ToolOutcome
from backend.language.named import language_named
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.repair import keys_offered, put, repair, understood
from backend.tool_store.schema_questions import tidied

__all__ = ["read_arguments"]

_CODE = "tool.arguments"
_MESSAGE = "Some arguments are missing or wrong."


def read_arguments(
    definition: ToolDefinition, given: dict[str, Any], context: ToolContext
) -> dict[str, Any] | ToolOutcome:
    """The values that the tool gets, or the outcome that tells what is wrong with them and asks for it."""
    given = {name: _tidied(definition, name, value, context) for name, value in given.items()}
    _note_secrets(definition, given, context)
    read = definition.arguments.read(given)
    if isinstance(read, dict):
        for name in read:
            if definition.arguments.question(name):
                understood(context, name)
        return read
    return _ask(definition, given, read, context) or ToolOutcome(False, _MESSAGE, problems=read, code=_CODE)


def _ask(
    definition: ToolDefinition, given: dict[str, Any], problems: tuple[FieldProblem, ...], context: ToolContext
) -> ToolOutcome | None:
    """A wrong value goes down the ladder; what is only missing is asked for."""
    wrong = next((problem for problem in problems if _name(problem) in given), None)
    problem = wrong or problems[0]
    question = definition.arguments.question(_name(problem))
    if question is None:
        return None
    if wrong is None:
        outcome = put(context, question, _MESSAGE, ok=False, code=_CODE)
    else:
        outcome = repair(context, question, f"{question.name}: {problem.message}")
    return replace(outcome, problems=problems, code=outcome.code or _CODE)


def _note_secrets(definition: ToolDefinition, given: dict[str, Any], context: ToolContext) -> None:
    """What is asked for as a secret is hidden in all that is kept of the call, right or wrong."""
    digits = language_named(context.language).turns.digits
    for name, value in given.items():
        question = definition.arguments.question(name)
        if question is not None and question.secret and (said := str(value).strip()):
            note_secret(context.session.facts, KnownSecret(context.session.turn, name, digits(said) or said))


def _tidied(definition: ToolDefinition, name: str, value: Any, context: ToolContext) -> Any:
    question = definition.arguments.question(name)
    return tidied(question, value, context.language, keys=keys_offered(context, question)) if question else value


def _name(problem: FieldProblem) -> str:
    return problem.field.partition(".")[0]
