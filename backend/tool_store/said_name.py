"""The name that somebody gave as their own."""

from backend.domain.session import CallSession

__all__ = ["IDENTITY", "NAME_NOT_UNDERSTOOD", "said_name"]

IDENTITY = "_identity"
"""Fact: what was said of who is calling."""
NAME_NOT_UNDERSTOOD = "name_not_understood"
"""Fact: the caller has said their name until there was no other way to ask for it; nobody asks for it again."""
_NAME = "full_name"
"""The part that was a name before identities were written down; sessions of that version do not say."""


def said_name(session: CallSession) -> str:
    """The name that a caller gave as their own and that nothing has shown to be theirs; empty when they gave none."""
    state = session.facts.get(IDENTITY, {})
    part = state.get("name_part", _NAME)
    return "" if state.get("for_another") else str(state.get("said", {}).get(part, ""))
