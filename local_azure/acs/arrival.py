"""A call that rings at the application's number and waits to be answered, rejected or redirected."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from local_azure.acs.events import CallIds
from local_azure.acs.identifiers import phone_number
from local_azure.acs.leg import Leg
from local_azure.event_grid import GridEvent
from local_azure.telephony import Party

__all__ = ["Arrival"]


class Arrival:
    """An incoming call. ``gave_up`` is called when the caller or the network stops the ringing."""

    def __init__(
        self, party: Party, called: str, ids: CallIds, seconds: float, gave_up: Callable[["Arrival"], None]
    ) -> None:
        self.ids = ids
        self.caller = party.number
        self.called = called
        self.context = secrets.token_urlsafe(96)
        """The opaque ``incomingCallContext``."""
        self.leg = Leg(party, self)
        self._gave_up = gave_up
        self._timer = asyncio.get_running_loop().call_later(seconds, self._nobody)

    def event(self, headers: Mapping[str, str]) -> GridEvent:
        """The Event Grid event that tells of it, as in Microsoft's own test data (azsystemevents)."""
        data: dict[str, Any] = {
            "to": phone_number(self.called),
            "from": phone_number(self.caller),
            "serverCallId": self.ids.server_call_id,
            "callerDisplayName": "",
            "customContext": {"sipHeaders": dict(headers), "voipHeaders": {}},
            "incomingCallContext": self.context,
            "correlationId": self.ids.correlation_id,
        }
        subject = f"/caller/4:{self.caller}/recipient/4:{self.called}"
        return GridEvent("Microsoft.Communication.IncomingCall", subject, data)

    def settle(self) -> None:
        """The application has decided; it rings no more."""
        self._timer.cancel()

    def picked_up(self, leg: Leg) -> None:
        """The caller's own handset is up already."""

    def declined(self, leg: Leg) -> None:
        """The caller gives up."""
        leg.hang_up()

    def pressed(self, leg: Leg, tone: str) -> None:
        """Keys mean nothing while it rings."""

    def hung_up(self, leg: Leg) -> None:
        """The caller gives up."""
        self.settle()
        self._gave_up(self)

    def _nobody(self) -> None:
        self._gave_up(self)
        self.leg.end("no_answer")
