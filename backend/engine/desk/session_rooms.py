"""Rooms of sessions: one for the session alone, or one that the application named, whose name no record holds."""

import re

from backend.domain.call import CallRecord
from backend.errors import CallRefused
from backend.ports import AgentRooms, GuestRole

__all__ = ["BY_PASS", "SessionRooms", "room_of", "session_in"]

BY_PASS = "begins when its pass is used"
"""In the record of a session to which no agent has been sent: a room that others enter first would get none."""
_NAMED = "waits in a room of the application: "
"""In the record of one that waits in a room that was named; behind it stands what its call will be known by."""
_OURS = "ringmaster-"
_OUR_ROOM = re.compile(rf"{_OURS}([0-9a-f]{{16}})")


def room_of(call_id: str) -> str:
    """Name of the room that a session has for itself."""
    return f"{_OURS}{call_id}"


def session_in(room: str) -> str | None:
    """The session whose own room this is."""
    found = _OUR_ROOM.fullmatch(room)
    return found[1] if found else None


class SessionRooms:
    """Tells in which room a session is.

    Args:
        rooms: where sessions take place.
    """

    def __init__(self, rooms: AgentRooms) -> None:
        self._rooms = rooms

    def noted(self, call_id: str, room: str) -> str:
        """What the record of a session says of the room in which it waits; nothing of its own one."""
        return "" if room == room_of(call_id) else _NAMED + self._rooms.connection(room)

    def again(self, record: CallRecord, named: str) -> str:
        """The room of a session that is asked for again.

        Args:
            record: the session.
            named: the room that is named this time; empty: none.

        Raises:
            CallRefused: it is in another one; whoever entered this would be with nobody.
        """
        room = named or room_of(record.call_id)
        if self._known_by(record) != self._rooms.connection(room):
            raise CallRefused("the session of this key is in another room: name that one, or use another key")
        return room

    async def entered(self, record: CallRecord) -> str:
        """The room that others enter beside the caller.

        Raises:
            CallRefused: the session has ended, or is none, or begins only when the caller comes.
            CallNotFound: its room has ended.
            ProviderError: the server that knows its name cannot be asked.
        """
        if record.direction != "browser" or record.way == "softphone" or record.outcome is not None:
            raise CallRefused("only a session that has not ended has a room that can be entered")
        if record.waits and record.detail == BY_PASS:
            raise CallRefused("this session begins when its own pass is used; others can enter it from then on")
        own, known_by = room_of(record.call_id), self._known_by(record)
        if known_by == self._rooms.connection(own):
            return own
        if record.waits:
            raise CallRefused("this session waits in a room of your own; others can enter it once the caller is there")
        return await self._rooms.named(known_by)

    @staticmethod
    def identity(record: CallRecord, role: GuestRole, named: str) -> str:
        """Who enters a session: by the name that is given, else the caller themselves; empty: anybody new.

        Raises:
            CallRefused: it is for a caller with whom the agent does not speak, or a colleague would put the caller out.
        """
        known = record.caller.reveal()
        if role == "caller" and named and known and named != known:
            raise CallRefused("this session has another caller; whoever joins them is a listener or a supervisor")
        if role != "caller" and named and named == known:
            raise CallRefused("this is the caller's identity: a colleague who joined with it would disconnect them")
        return named or (known if role == "caller" else "")

    def _known_by(self, record: CallRecord) -> str:
        """What the call in the session's room is, or will be, known by."""
        if record.connection_id:
            return record.connection_id
        if record.detail.startswith(_NAMED):
            return record.detail.removeprefix(_NAMED)
        return self._rooms.connection(room_of(record.call_id))
