"""Tells workers of each other's calls as they go, so that a page at one shows the calls of all (Redis)."""

from collections.abc import AsyncGenerator
from typing import Protocol

from backend.domain.live_call import LiveCall

__all__ = ["LiveFeed"]


class LiveFeed(Protocol):
    """Tells workers of each other's calls as they go. What is lost is lost: the record of calls is what counts."""

    @property
    def heard(self) -> bool:
        """Did another worker hear what was told last? Only those hear it at which somebody looks on."""
        ...

    def tell(self, call: LiveCall) -> None:
        """Tell the others how a call of ours is now. Never waits and never raises."""
        ...

    def calls(self) -> AsyncGenerator[LiveCall, None]:
        """What the others tell, until it is closed; begins again by itself where the way to them was away."""
        ...
