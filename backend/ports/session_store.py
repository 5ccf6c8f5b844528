"""Keeps live calls where another worker can find them (Redis)."""

from typing import Protocol

from backend.domain.session import CallSession

__all__ = ["SessionStore"]


class SessionStore(Protocol):
    """Keeps live calls where another worker can find them (Redis)."""

    async def load(self, call_id: str) -> CallSession | None:
        """The stored session, or ``None``."""
        ...

    async def save(self, session: CallSession) -> None:
        """Compare-and-set on ``session.version``, which is raised on success.

        Raises:
            SessionConflict: somebody else saved in between.
            SessionLost: the store cannot be reached (the call goes on from memory).
        """
        ...

    async def delete(self, call_id: str) -> None:
        """Forget a call that has ended."""
        ...
