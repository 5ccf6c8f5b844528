"""What a caller, and an agent, may do. Decided in code, so that no words can talk a way around it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from backend.domain.phrases import Phrases, fill
from backend.domain.question import Question
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.domain.tool import VERIFIED, ToolOutcome
from backend.errors import ToolDenied
from backend.tool_store.confirmation import Part, ask_for_yes, fingerprint, forget
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition

__all__ = ["ANYWHERE", "CALL_BACK", "NOBODY", "ask_first", "authorize", "may_run"]

CALL_BACK = "request_callback"
"""The tool that any agent may use once a person was wanted and nobody could be reached."""
ANYWHERE = frozenset({CALL_BACK, "report_emergency", "transfer_to_person", "end_call"})
"""Tools that any agent may have, and that are no agent's own work."""
NOBODY = "_nobody"
"""Fact: why a person was wanted in this call whom nobody could be found for."""


def authorize(definition: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> None:
    """Let a tool call pass, or not.

    Raises:
        ToolDenied: with a sentence that tells the model what must come first.
    """
    names = {definition.name, definition.tool_set}
    listed = any(use.name in names and definition.name not in use.disabled for use in context.agent.uses())
    if not (listed or (definition.name == CALL_BACK and NOBODY in context.session.facts)):
        raise ToolDenied(f"{context.agent.name} may not use {definition.name}.")
    if context.instructions.is_in(" ".join(_texts(arguments))):
        raise ToolDenied("Your instructions must not go into arguments. Call it with what the caller said.")
    subject = context.session.subject
    if not may_run(definition, context.session):
        raise ToolDenied("The caller is not verified yet. Verify who is calling first.")
    if subject is not None and (other := _of_somebody_else(subject, arguments)):
        raise ToolDenied(f"That {other} is not the verified caller's.")


def _of_somebody_else(subject: Subject, arguments: Mapping[str, Any]) -> str:
    """The argument that says which record is meant, and does not mean the caller's; empty when all do."""
    ids = [name for name, value in subject.attributes.items() if value == subject.id]
    return next((name for name in ids if arguments.get(name) not in (None, subject.id)), "")


def may_run(definition: ToolDefinition, session: CallSession) -> bool:
    """Is the caller verified where this tool wants it? Reports are also taken of callers who could not be."""
    reports = definition.unverified and bool(session.facts.get("unverified"))
    return reports or definition.requires is None or _has(session.subject, definition.requires)


def _has(subject: Subject | None, requirement: str) -> bool:
    return subject is not None and requirement in (VERIFIED, *subject.grants)


def ask_first(definition: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> ToolOutcome | None:
    """What the caller must hear before this runs with these arguments; ``None`` when they have agreed to just that."""
    if definition.read_back is None:
        return None
    phrases = context.phrases
    told, asked = _told_and_asked(definition.read_back(arguments), phrases)
    again, simple = (fill(form, {"question": asked}) for form in (phrases.yes_or_no, phrases.yes_or_no_keys))
    question = Question("confirmation", "yes_no", asked, again, simple, why=phrases.yes_why)
    part = Part("all", fingerprint(arguments), told)
    outcome = ask_for_yes(context, definition.name, [part], question=question)
    if outcome is None:
        forget(context)
        return None
    message = f"{outcome.message} When the caller has agreed, call {definition.name} again with the same arguments."
    if not outcome.verbatim:
        return outcome
    # One line with its question, as the store has written it.
    return replace(outcome, message=message, say=None, ask=" ".join(filter(None, (outcome.say, outcome.ask))))


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")


def _told_and_asked(text: str, phrases: Phrases) -> tuple[str, str]:
    """The words that are read out, and the question behind them."""
    *told, last = _SENTENCES.split(text.strip()) or [""]
    return (" ".join(told), last) if last.endswith("?") else (text.strip(), phrases.correct)


def _texts(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _texts(entry)]
    if isinstance(value, list | tuple):
        return [text for entry in value for text in _texts(entry)]
    return [value] if isinstance(value, str) else []
