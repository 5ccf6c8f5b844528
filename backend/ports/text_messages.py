"""Sends text messages (SMS)."""

from typing import Protocol

__all__ = ["TextMessages"]


class TextMessages(Protocol):
    """Sends text messages (SMS)."""

    async def send(self, to: str, text: str) -> None:
        """Send one message to an E.164 number.

        Raises:
            TimedOut: it may or may not have gone out.
            ProviderError: it did not go out.
        """
        ...
