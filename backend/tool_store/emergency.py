"""Somebody needs help now: a person takes over, and nothing else is asked."""

from backend.domain.session import CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.tool_store.context import ToolContext

__all__ = ["emergency", "to_a_person_now"]


def emergency(ctx: ToolContext, what: str | None, location: str | None = None) -> ToolOutcome:
    """Put the caller through. The line's own announcement is the one instruction they hear.

    Args:
        ctx: the tool call.
        what: what the emergency is, if it was said.
        location: where it is, if it was said.
    """
    return ToolOutcome(
        True,
        "A person takes over at once; the caller is told to stay on the line. Give no other instruction.",
        directive=to_a_person_now(ctx.session, what, location),
    )


def to_a_person_now(session: CallSession, what: str | None, location: str | None = None) -> TransferToPerson:
    """The transfer of an emergency, which the call remembers.

    Args:
        session: the call.
        what: what the emergency is, if it was said.
        location: where it is, if it was said.
    """
    session.facts["emergency"] = True
    context = {"Emergency": (what or "reported by the caller")[:100], "Location": (location or "unknown")[:100]}
    return TransferToPerson("emergency", emergency=True, context=context)
