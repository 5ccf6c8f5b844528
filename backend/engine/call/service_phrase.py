"""A phrase that the call service says by itself, when no voice of ours reaches the caller."""

import asyncio
import logging
import secrets

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
        self._asked = ""

    def begin(self) -> str:
        """The service is asked to say one now. Gives the name by which its report is known from that of another."""
        self._over.clear()
        self._asked = secrets.token_hex(8)
        return self._asked

    def said(self, operation: str) -> None:
        """The service reports that it has said it, or could not; without a name it can mean no other."""
        if operation in ("", self._asked):
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
