"""In which room a session is, when its record holds no name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.call import CallRecord
from backend.domain.private import Private
from backend.engine.desk.session_rooms import BY_PASS, SessionRooms, room_of, session_in
from backend.errors import CallNotFound, CallRefused

SESSION = "0123456789abcdef"


class Rooms:
    """A server with one room besides those of sessions."""

    def connection(self, room: str) -> str:
        return f"LK_{hash(room)}"

    async def named(self, connection_id: str) -> str:
        if connection_id != self.connection("lobby"):
            raise CallNotFound("the call's room has ended")
        return "lobby"


@pytest.fixture
def places() -> SessionRooms:
    return SessionRooms(Rooms())  # pyright: ignore[reportArgumentType]


def session(**known: Any) -> CallRecord:
    """A record."""
    plain = {"call_id": SESSION, "line": "l", "direction": "browser", "way": "livekit", "started_at": datetime.now(UTC)}
    return CallRecord(**plain | known)


def waiting(places: SessionRooms, room: str) -> CallRecord:
    """A session to which nobody has come yet."""
    return session(detail=places.noted(SESSION, room))


def begun(room: str) -> CallRecord:
    """One that somebody has entered."""
    return session(connection_id=Rooms().connection(room))


@pytest.mark.parametrize("room", ["lobby", room_of("fedcba9876543210"), room_of(SESSION).upper(), ""])
def test_other_rooms_are_of_no_session_or_of_another(room: str) -> None:
    assert session_in(room) in (None, "fedcba9876543210")
    assert session_in(room_of(SESSION)) == SESSION


def test_no_name_stands_in_a_record(places: SessionRooms) -> None:
    assert "lobby" not in waiting(places, "lobby").detail
    assert waiting(places, room_of(SESSION)).detail == ""


@pytest.mark.parametrize("place", [room_of(SESSION), "lobby"])
def test_who_asks_again_gets_its_room_and_no_other(places: SessionRooms, place: str) -> None:
    for record in (waiting(places, place), begun(place)):
        named = "" if place == room_of(SESSION) else place
        assert places.again(record, named) == place
        for other in {"", "lobby", "hall"} - {named}:
            with pytest.raises(CallRefused, match="another room"):
                places.again(record, other)


async def test_colleagues_enter_where_the_caller_is(places: SessionRooms) -> None:
    assert await places.entered(waiting(places, room_of(SESSION))) == room_of(SESSION)
    assert await places.entered(begun(room_of(SESSION))) == room_of(SESSION)
    assert await places.entered(begun("lobby")) == "lobby"
    with pytest.raises(CallRefused, match="once the caller is there"):
        await places.entered(waiting(places, "lobby"))
    with pytest.raises(CallNotFound):
        await places.entered(begun("hall"))


@pytest.mark.parametrize(
    "known",
    [
        {"outcome": "completed", "connection_id": "LK_1"},
        {"direction": "inbound", "connection_id": "LK_1"},
        {"way": "softphone", "connection_id": "LK_1"},
        {"detail": BY_PASS},
    ],
)
async def test_what_cannot_be_entered(places: SessionRooms, known: dict[str, Any]) -> None:
    with pytest.raises(CallRefused):
        await places.entered(session(**known))


@pytest.mark.parametrize(
    ("role", "named", "who"),
    [("caller", "", "ann"), ("caller", "ann", "ann"), ("listener", "", ""), ("supervisor", "bob", "bob")],
)
def test_who_enters(places: SessionRooms, role: Any, named: str, who: str) -> None:
    assert places.identity(session(caller=Private("ann")), role, named) == who
    assert places.identity(session(), role, "bob") == "bob"


@pytest.mark.parametrize(("role", "named"), [("caller", "bob"), ("listener", "ann"), ("supervisor", "ann")])
def test_nobody_enters_in_anothers_place(places: SessionRooms, role: Any, named: str) -> None:
    with pytest.raises(CallRefused):
        places.identity(session(caller=Private("ann")), role, named)
