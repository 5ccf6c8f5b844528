"""Call control of softphones: they ring over their own socket, so taking a call up is speaking on it."""

from collections.abc import Mapping

from backend.adapters.softphone.phones import ConnectedSoftphones
from backend.domain.call import CallConnection, IncomingCall, WayOut
from backend.errors import ProviderRejected

__all__ = ["SoftphoneCallControl"]

_PROVIDER = "softphone"


class SoftphoneCallControl:
    """``CallControl`` for softphones. They are for trying a line, so nothing of them reaches a telephone.

    Args:
        phones: who rings, and who speaks.
    """

    def __init__(self, phones: ConnectedSoftphones) -> None:
        self._phones = phones

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Take the call up; its media is there already."""
        return self._phones.answer(call.context, token)

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Tell the client that its call is not taken."""
        self._phones.ringing(call.context).refused = "busy" if busy else "there is no such line"

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Tell the client where a telephone would have been sent. It is sent nowhere."""
        self._phones.ringing(call.context).refused = f"a telephone would have been sent to {to}"

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Nobody can be called on a softphone: it is there only while somebody calls with it."""
        raise ProviderRejected(_PROVIDER, "a softphone cannot be called")

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Show where a telephone would be connected to, and end the call as one that was taken up there."""
        link = self._phones.link_of(connection_id)
        link.screen.show("transfer", to=to, context=dict(context))
        self._phones.report_soon(token, connection_id, "CallTransferAccepted", operation)

    async def press(self, connection_id: str, keys: str, *, to: str) -> None:
        """Show which keys the other side was sent."""
        self._phones.link_of(connection_id).screen.show("keys", keys=keys)

    async def hang_up(self, connection_id: str) -> None:
        """Forget the softphone; its link is closed by whoever spoke over it."""
        self._phones.forget(connection_id)

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Wait for a client that lost its connection to come back, here or at whichever worker it reaches."""
        await self._phones.wait_back(connection_id)

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        """A socket has no voice of its own."""
        raise ProviderRejected(_PROVIDER, "a softphone cannot play a phrase by itself")
