"""What a caller, and an agent, may do. Decided in code, so that no words can talk a way around it."""

from typing import Any

from backend.domain.session import AgentSaid, ToolAnswered
from backend.domain.spoken.yes_no import read_yes_no
from backend.errors import ToolDenied
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition

__all__ = ["READ_BACK", "authorise", "fingerprint"]

READ_BACK = "_read_back"
"""Fact that holds the fingerprint of what was last read back to the caller."""


def authorise(definition: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> None:
    """Let a tool call pass, or not.

    Raises:
        ToolDenied: with a sentence that tells the model what must come first.
    """
    if definition.name not in {use.name for use in context.agent.uses() if definition.name not in use.disabled}:
        raise ToolDenied(f"{context.agent.name} may not use {definition.name}.")
    verified = context.session.verified
    if definition.requires == "verified_caller" and verified is None:
        raise ToolDenied("The caller is not verified yet. Verify who is calling first.")
    if verified is not None and arguments.get("policy_id") not in (None, verified.policy_id):
        raise ToolDenied("That policy is not the verified caller's.")
    if definition.confirm == "read_back" and not _was_confirmed(context):
        raise ToolDenied("Read everything back to the caller and have it confirmed first.")


def fingerprint(fields: Any) -> str:
    """Tells one state of a draft from another."""
    return repr(sorted((str(k), str(v)) for k, v in dict(fields).items()))


def _was_confirmed(context: ToolContext) -> bool:
    if not context.session.facts.get(READ_BACK):
        return False
    answer = read_yes_no(context.caller_text)
    if answer is not None:
        return answer
    last = next((i for i in reversed(context.session.history) if not isinstance(i, ToolAnswered)), None)
    return isinstance(last, AgentSaid) and not last.interrupted
