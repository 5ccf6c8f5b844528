"""Callers who came while no worker was registered: LiveKit asks for an agent once, and not again."""

from livekit.protocol.models import ParticipantInfo

from backend.adapters.livekit.room import AGENT, SIP, STANDARD
from backend.adapters.livekit.server import LiveKitServer
from backend.errors import CallNotFound

__all__ = ["WaitingRooms"]

_MOST = 50
"""Rooms that are looked at; whoever has more that wait has worse to see to."""


class WaitingRooms:
    """Has an agent asked for once more, where one was and none came. A caller whom another worker takes is taken once.

    Args:
        agent_name: jobs are dispatched to this name.
    """

    def __init__(self, server: LiveKitServer, agent_name: str) -> None:
        self._server = server
        self._agent_name = agent_name

    async def call_again(self) -> int:
        """Look at the rooms that there are; in how many somebody waits.

        Raises:
            ProviderError: the server cannot be asked.
        """
        found = 0
        for room in await self._server.newest_rooms(_MOST):
            try:
                found += await self._call_into(room)
            except CallNotFound:
                continue  # it ended meanwhile
        return found

    async def _call_into(self, room: str) -> bool:
        ours = [one for one in await self._server.dispatches(room) if one.agent_name == self._agent_name]
        if not ours:
            return False
        people, asked = await self._server.people(room), any(one.state.jobs for one in ours)
        if not (_rings(people) or (not asked and _waits(people))):
            return False
        await self._server.dispatch(room, self._agent_name, ours[-1].metadata)
        return True


def _rings(people: list[ParticipantInfo]) -> bool:
    """Does a phone still ring? Whichever worker was to answer it has not."""
    return any(one.kind == SIP and one.attributes.get("sip.callStatus") == "ringing" for one in people)


def _waits(people: list[ParticipantInfo]) -> bool:
    """Is somebody there, and no agent?"""
    kinds = {one.kind for one in people}
    return AGENT not in kinds and bool(kinds & {SIP, STANDARD})
