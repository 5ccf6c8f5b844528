"""A call that has lost its media socket, or its worker, is brought back; or it is told so and ended cleanly."""

import logging

from backend.domain.ending import Ending
from backend.engine.call.call import Call
from backend.engine.call.ways_in import WaysIn
from backend.errors import CallNotFound, ProviderError

__all__ = ["Recovery"]

log = logging.getLogger(__name__)

_PLAY_LIMIT_S = 12.0
_REFUSED_S = 3.0
"""The service would not open the media socket: perhaps it is doing so already, and it comes within this time."""


class Recovery:
    """Sees to calls that wait for their media socket.

    Args:
        ways: by which the socket is asked for, and a caller spoken to without one.
    """

    def __init__(self, ways: WaysIn) -> None:
        self._ways = ways
        self.brought_back = self.given_up = 0

    async def expect_media(self, call: Call, limit_s: float | None = None) -> None:
        """The media socket is on its way; a call to which it does not come is given up."""
        if await call.wait_attached(limit_s) or call.over:
            return
        log.error(
            "media socket not connected in time; ending the call",
            extra={"event": "media.missing", "call_id": call.record.call_id},
        )
        await self._give_up(call, "media socket not connected in time; ending the call")

    async def bring_back(self, call: Call) -> None:
        """Have the service open the media socket again; it may land on any worker."""
        try:
            await self._ways.control(call.record.way).start_media(call.record.connection_id, token=call.token)
        except CallNotFound:
            await call.finish(Ending("caller_hung_up", "the call had ended"))
        except ProviderError as error:
            log.error(
                "media cannot be restarted",
                extra={"event": "media.not_restarted", "code": error.code, "call_id": call.record.call_id},
            )
            await self.expect_media(call, _REFUSED_S)
        else:
            self.brought_back += 1
            await self.expect_media(call)

    async def _give_up(self, call: Call, why: str) -> None:
        """Say sorry through the service itself, where it can, and hang up."""
        if call.over or call.carried:
            return
        self.given_up += 1
        try:
            control = self._ways.control(call.record.way)
            agents = call.orchestrator
            await control.say(call.record.connection_id, agents.phrases.giving_up, agents.agent.voice.name)
            await call.service_phrase.wait(_PLAY_LIMIT_S)
        except (ProviderError, CallNotFound) as error:
            log.warning(
                "the apology could not be played",
                extra={"event": "call.apology_failed", "code": error.code, "call_id": call.record.call_id},
            )
        if not call.carried:
            await call.finish(Ending("failed", why))
