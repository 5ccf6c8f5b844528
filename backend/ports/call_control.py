"""Taking up, placing, transferring and ending the calls of one way in: a telephone service, SIP, a browser."""

from collections.abc import Mapping
from typing import Protocol

from backend.domain.call import CallConnection, IncomingCall, WayOut

__all__ = ["CallControl"]


class CallControl(Protocol):
    """Taking up, placing, transferring and ending the calls of one way in.

    A call's ``token`` is the secret by which what is reported of it, and its media, find their way to it. Where that
    is sent to is this one's own business.
    """

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Answer with bidirectional 16 kHz mono media streaming.

        Raises:
            CallNotFound: it does not ring any more.
            TimedOut: nobody knows whether it was answered.
            ProviderError: it could not be answered, after the retries that are safe.
        """
        ...

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Refuse a ringing call. Raises like ``answer``."""
        ...

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Send a ringing call elsewhere. Raises like ``answer``."""
        ...

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Place a call. Whether somebody answers, and why nobody does, is reported.

        Raises:
            TimedOut: nobody knows whether it rings.
            ProviderError: it could not be placed.
        """
        ...

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Ask for a transfer; the outcome is reported.

        Args:
            connection_id: the call.
            to: the other number.
            context: becomes SIP headers.
            token: by which the report finds its way to the call.
            operation: names this transfer in its report, for one of an earlier transfer may still be on its way.

        Raises:
            CallNotFound: the call is over.
            CallRefused: it still rings, or is being transferred.
            ProviderError: the service would not even try.
        """
        ...

    async def press(self, connection_id: str, keys: str, *, to: str) -> None:
        """Press keys of a telephone for the other side to hear, one after the other: digits, ``*`` and ``#``.

        Args:
            connection_id: the call.
            keys: in their order.
            to: the other side's number.

        Raises:
            CallNotFound: the call is over.
            ProviderError: they cannot be sent.
        """
        ...

    async def hang_up(self, connection_id: str) -> None:
        """End the call for everyone. A call that is already over is no error."""
        ...

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Have the call's media come again, after a recovery.

        Raises:
            CallNotFound: the call is over.
            ProviderError: its media cannot be had again.
        """
        ...

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        """Have the service itself say a line; ``PlayCompleted`` or ``PlayFailed`` is reported, with ``operation``.

        Raises:
            CallNotFound: the call is over.
            ProviderError: it cannot.
        """
        ...
