"""A call that has lost its media socket, or its worker, is brought back; or it is told so and ended cleanly."""

import asyncio
import contextlib
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
_AGAIN_S = 3.0
"""The media socket is asked for again after so long: beats have told the other workers of the call by then."""
_DIALED = (None, "acs")
"""The ways whose service dials the media socket, at whichever worker it reaches."""


class Recovery:
    """Sees to calls that wait for their media socket.

    Args:
        ways: by which the socket is asked for, and a caller spoken to without one.
        limit_s: it has so long to come.
    """

    def __init__(self, ways: WaysIn, limit_s: float) -> None:
        self._ways, self._limit_s = ways, limit_s
        self.brought_back = self.given_up = 0

    async def expect_media(self, call: Call, limit_s: float | None = None) -> None:
        """The media socket is on its way; a call to which it does not come is given up."""
        if await self._comes(call, self._limit_s if limit_s is None else limit_s) or call.over:
            return
        log.error(
            "media socket not connected in time; ending the call",
            extra={"event": "media.missing", "call_id": call.record.call_id},
        )
        await self._give_up(call, "media socket not connected in time; ending the call")

    async def _comes(self, call: Call, limit_s: float) -> bool:
        """Does it? It is asked for again: a worker that could not know of the call yet has refused it for good."""
        now = asyncio.get_running_loop().time
        end = now() + limit_s
        while call.record.way in _DIALED and end - now() > _AGAIN_S:
            began = now()
            if await call.wait_attached(_AGAIN_S) or call.over or now() - began < _AGAIN_S:
                break
            await self._ask_again(call)
        return await call.wait_attached(max(0.0, end - now()))

    async def _ask_again(self, call: Call) -> None:
        with contextlib.suppress(CallNotFound, ProviderError):  # it is being opened, or the call has ended
            await self._ways.control(call.record.way).start_media(call.record.connection_id, token=call.token)

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
            phrase, voice, asked = agents.phrases.giving_up, agents.agent.voice.name, call.service_phrase.begin()
            await control.say(call.record.connection_id, phrase, voice, operation=asked)
            await call.service_phrase.wait(_PLAY_LIMIT_S)
        except (ProviderError, CallNotFound) as error:
            log.warning(
                "the apology could not be played",
                extra={"event": "call.apology_failed", "code": error.code, "call_id": call.record.call_id},
            )
        if not call.carried:
            await call.finish(Ending("failed", why))
