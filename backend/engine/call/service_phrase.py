"""A phrase that the call service says by itself, when no voice of ours reaches the caller."""

import asyncio
import logging

__all__ = ["ServicePhrase"]

log = logging.getLogger(__name__)


class ServicePhrase:
    """Whether the service has said what it was asked to say.

    Args:
        call_id: the call in which it is said.
    """

    def __init__(self, call_id: str) -> None:
        self._call_id = call_id
        self._over = asyncio.Event()

    def said(self) -> None:
        """The service reports that it has said it, or could not."""
        self._over.set()

    async def wait(self, limit_s: float) -> None:
        """Wait for that report; without one in time the call goes on, and the log has it."""
        try:
            async with asyncio.timeout(limit_s):
                await self._over.wait()
        except TimeoutError:
            log.warning(
                "the call service did not report that a phrase was played",
                extra={"event": "call.phrase_unconfirmed", "call_id": self._call_id},
            )
