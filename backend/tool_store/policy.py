"""What a caller, and an agent, may do. Decided in code, so that no words can talk a way around it."""

from typing import Any

from pydantic import BaseModel

from backend.domain.session import AgentSaid, ToolAnswered
from backend.domain.spoken.yes_no import read_yes_no
from backend.domain.tool import ToolOutcome
from backend.errors import ToolDenied
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition

__all__ = ["DRAFT", "READ_BACK", "ask_first", "authorise", "confirmed", "fingerprint", "note_read_back"]

READ_BACK = "_read_back"
"""Fact that holds the fingerprint of what was last read back to the caller, and in which turn."""


DRAFT = "draft:"
"""Begins what ``confirm="read_back"`` asks for: the whole draft, and not some other question."""


def authorise(definition: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> None:
    """Let a tool call pass, or not.

    Raises:
        ToolDenied: with a sentence that tells the model what must come first.
    """
    names = {definition.name, definition.tool_set}
    if not any(use.name in names and definition.name not in use.disabled for use in context.agent.uses()):
        raise ToolDenied(f"{context.agent.name} may not use {definition.name}.")
    if context.instructions.is_in(" ".join(_texts(arguments))):
        raise ToolDenied("Your instructions must not go into arguments. Call it with what the caller said.")
    verified = context.session.verified
    if definition.requires == "verified_caller" and verified is None:
        raise ToolDenied("The caller is not verified yet. Verify who is calling first.")
    if verified is not None and arguments.get("policy_id") not in (None, verified.policy_id):
        raise ToolDenied("That policy is not the verified caller's.")
    if definition.confirm == "read_back" and not _was_confirmed(context):
        raise ToolDenied("Read everything back to the caller and have it confirmed first.")


def ask_first(definition: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> ToolOutcome | None:
    """What the caller must hear before this runs with these arguments; ``None`` when he has said yes to just that."""
    if definition.read_back is None:
        return None
    what = f"{definition.name}:{fingerprint(arguments)}"
    answer = confirmed(context, what)
    if answer:
        context.session.facts.pop(READ_BACK)
        return None
    if answer is False:
        context.session.facts.pop(READ_BACK)
        message = "The caller said no. Nothing was done."
        return ToolOutcome(False, message, ask="What should I change?", expects="correction", code="tool.denied")
    note_read_back(context, what)
    return ToolOutcome(
        False,
        f"Not done yet. When the caller has said yes, call {definition.name} again with the same arguments.",
        ask=definition.read_back(arguments),
        expects="confirmation",
        code="tool.unconfirmed",
    )


def fingerprint(fields: Any) -> str:
    """Tells one state of a draft from another."""
    return repr(sorted((str(k), str(v)) for k, v in dict(fields).items()))


def note_read_back(context: ToolContext, what: str) -> None:
    """The caller is about to hear ``what`` (a fingerprint); he can confirm it from his next turn on."""
    context.session.facts[READ_BACK] = {"what": what, "turn": context.session.turn}


def confirmed(context: ToolContext, what: str) -> bool | None:
    """Has the caller said yes (or no) to exactly ``what``? ``None`` when it was not read to him, or he said neither."""
    noted = context.session.facts.get(READ_BACK)
    if not noted or noted["what"] != what or noted["turn"] >= context.session.turn:
        return None
    return read_yes_no(context.caller_text)


def _was_confirmed(context: ToolContext) -> bool:
    noted = context.session.facts.get(READ_BACK)
    # What a yes of this turn was said to came before this turn: nothing confirms itself.
    if not noted or not noted["what"].startswith(DRAFT) or noted["turn"] >= context.session.turn:
        return False
    answer = read_yes_no(context.caller_text)
    if answer is not None:
        return answer
    last = next((i for i in reversed(context.session.history) if not isinstance(i, ToolAnswered)), None)
    return isinstance(last, AgentSaid) and not last.interrupted


def _texts(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _texts(entry)]
    if isinstance(value, list | tuple):
        return [text for entry in value for text in _texts(entry)]
    return [value] if isinstance(value, str) else []
