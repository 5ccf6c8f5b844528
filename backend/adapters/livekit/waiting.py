"""Callers for whom no agent came: LiveKit asks for one once, and not again.

That once may be in vain: no worker was registered, those that there are said no, each counting on another one, the one
that said yes died, or the server's own nodes did not answer each other in time. A phone would ring on for nobody.
"""

from collections.abc import Iterator

from livekit.protocol.agent_dispatch import AgentDispatch
from livekit.protocol.models import ParticipantInfo

from backend.adapters.livekit.place import ROLE
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
        self._waited: dict[str, int] = {}
        """Rooms in which somebody waited at the last round, and how often an agent had been asked for there."""
        self._settled: set[str] = set()
        """Rooms in which an agent was; what becomes of those is known to the calls."""
        self._others: dict[str, int] = {}
        """Rooms in which none of ours was asked for, and for how many rounds they have been known."""

    async def call_again(self) -> int:
        """Look at the rooms that there are, and call into those in which somebody waits; how many that were.

        Raises:
            ProviderError: the server cannot be asked.
        """
        found = 0
        for room in await self._server.newest_rooms(_MOST):
            try:
                ours, people = await self._state(room)
                found += _wanted(ours, people) and await self._call_into(room, ours)
            except CallNotFound:
                continue  # it ended meanwhile
        return found

    async def call_overdue(self) -> int:
        """The same for those who waited at the last round already, and for whom nobody has asked since.

        It is done every few seconds, by every worker, so what is known of a room is not asked again.

        Raises:
            ProviderError: the server cannot be asked.
        """
        rooms = await self._server.newest_rooms(_MOST)
        self._settled.intersection_update(rooms)
        self._others = {room: self._others[room] + 1 for room in rooms if room in self._others}
        waited, found = dict[str, int](), 0
        for room in self._to_look_at(rooms):
            try:
                ours, people = await self._state(room)
                if ours:
                    self._others.pop(room, None)
                if not _wanted(ours, people):
                    self._note(room, ours, people)
                elif self._waited.get(room) == len(ours):
                    found += await self._call_into(room, ours)
                else:
                    waited[room] = len(ours)
            except CallNotFound:
                continue
        self._waited = waited
        return found

    def _to_look_at(self, rooms: list[str]) -> Iterator[str]:
        """Those of which something may be new; rooms of other applications after twice as many rounds each time."""
        for room in rooms:
            rounds = self._others.get(room, 0)
            if room not in self._settled and rounds & (rounds - 1) == 0:
                yield room

    def _note(self, room: str, ours: list[AgentDispatch], people: list[ParticipantInfo]) -> None:
        if not ours:
            self._others.setdefault(room, 0)
        elif _asked(ours) or _attended(people):
            self._settled.add(room)

    async def _state(self, room: str) -> tuple[list[AgentDispatch], list[ParticipantInfo]]:
        """How often one of ours was asked for in a room, and who is there, if one was."""
        ours = [one for one in await self._server.dispatches(room) if one.agent_name == self._agent_name]
        return ours, await self._server.people(room) if ours else []

    async def _call_into(self, room: str, ours: list[AgentDispatch]) -> bool:
        await self._server.dispatch(room, self._agent_name, ours[-1].metadata)
        return True


def _wanted(ours: list[AgentDispatch], people: list[ParticipantInfo]) -> bool:
    """Is somebody there for whom one of ours was asked for, and none came?"""
    return bool(ours) and (_rings(people) or (not _asked(ours) and _waits(people)))


def _asked(ours: list[AgentDispatch]) -> bool:
    """Has a worker said yes?"""
    return any(one.state.jobs for one in ours)


def _rings(people: list[ParticipantInfo]) -> bool:
    """Does a phone still ring? Whichever worker was to answer it has not."""
    return any(one.kind == SIP and one.attributes.get("sip.callStatus") == "ringing" for one in people)


def _waits(people: list[ParticipantInfo]) -> bool:
    """Is somebody there, and no agent?"""
    return not _attended(people) and any(one.kind in (SIP, STANDARD) for one in people)


def _attended(people: list[ParticipantInfo]) -> bool:
    """Is an agent there? A listener is of that kind, too."""
    return any(one.kind == AGENT and not one.attributes.get(ROLE) for one in people)
