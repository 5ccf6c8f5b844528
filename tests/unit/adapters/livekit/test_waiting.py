"""Who is called for once more after no agent came, and who is left in peace."""

import pytest
from livekit.protocol.agent import Job
from livekit.protocol.agent_dispatch import AgentDispatch, AgentDispatchState
from livekit.protocol.models import ParticipantInfo

from backend.adapters.livekit.waiting import WaitingRooms
from backend.errors import CallNotFound

BROWSER = ParticipantInfo(kind=ParticipantInfo.Kind.STANDARD)
AGENT = ParticipantInfo(kind=ParticipantInfo.Kind.AGENT)
LISTENER = ParticipantInfo(kind=ParticipantInfo.Kind.AGENT, attributes={"ringmaster.role": "listener"})
RECORDER = ParticipantInfo(kind=ParticipantInfo.Kind.EGRESS)
RINGS = ParticipantInfo(kind=ParticipantInfo.Kind.SIP, attributes={"sip.callStatus": "ringing"})
TALKS = ParticipantInfo(kind=ParticipantInfo.Kind.SIP, attributes={"sip.callStatus": "active"})


class Server:
    """One room, as it is found."""

    def __init__(self, people: list[ParticipantInfo], *dispatches: AgentDispatch, gone: bool = False) -> None:
        self.there = people
        self.wanted = list(dispatches)
        self.gone = gone
        self.rooms = ["room"]
        self.looked = 0
        self.asked: list[tuple[str, str, str]] = []

    async def newest_rooms(self, most: int) -> list[str]:
        return self.rooms

    async def dispatches(self, room: str) -> list[AgentDispatch]:
        self.looked += 1
        return list(self.wanted)

    async def people(self, room: str) -> list[ParticipantInfo]:
        if self.gone:
            raise CallNotFound("it ended")
        return self.there

    async def dispatch(self, room: str, agent: str, metadata: str) -> str:
        self.asked.append((room, agent, metadata))
        return "AD_2"


def wanted(name: str = "us", *, done: bool = False) -> AgentDispatch:
    """An agent that was asked for."""
    return AgentDispatch(agent_name=name, metadata="m", state=AgentDispatchState(jobs=[Job(id="AJ")] if done else []))


@pytest.mark.parametrize(
    ("people", "asked", "again"),
    [
        ([RINGS], wanted(), True),
        ([RINGS], wanted(done=True), True),  # the worker that took the job died before it answered
        ([RINGS, AGENT], wanted(done=True), True),  # ... and is not missed yet
        ([BROWSER], wanted(), True),
        ([BROWSER], wanted(done=True), False),  # the call is over, and they have stayed
        ([BROWSER, AGENT], wanted(), False),
        ([BROWSER, LISTENER], wanted(), True),
        ([TALKS, AGENT], wanted(done=True), False),
        ([TALKS], wanted(done=True), False),
        ([RECORDER], wanted(), False),
        ([RINGS], wanted("others"), False),
    ],
)
async def test_whom_it_calls_for(people: list[ParticipantInfo], asked: AgentDispatch, again: bool) -> None:
    server = Server(people, asked)
    assert await WaitingRooms(server, "us").call_again() == again  # pyright: ignore[reportArgumentType]
    assert server.asked == ([("room", "us", "m")] if again else [])


async def test_a_room_that_ends_meanwhile_is_passed_over() -> None:
    server = Server([], wanted(), gone=True)
    assert await WaitingRooms(server, "us").call_again() == 0  # pyright: ignore[reportArgumentType]


def rounds(server: Server) -> WaitingRooms:
    return WaitingRooms(server, "us")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("people", [[RINGS], [BROWSER], [RINGS, AGENT]])
async def test_a_round_calls_for_those_who_waited_at_the_one_before(people: list[ParticipantInfo]) -> None:
    server = Server(people, wanted())
    look = rounds(server)
    assert [await look.call_overdue() for _ in range(4)] == [0, 1, 0, 1]  # and again, while nobody comes
    assert server.asked == [("room", "us", "m")] * 2


async def test_who_is_being_answered_at_one_round_is_not_called_for_at_the_next() -> None:
    server = Server([RINGS], wanted())
    look = rounds(server)
    await look.call_overdue()
    server.there, server.wanted = [TALKS, AGENT], [wanted(done=True)]
    assert [await look.call_overdue() for _ in range(3)] == [0, 0, 0]
    assert not server.asked


async def test_whom_another_worker_has_called_for_meanwhile_is_given_as_long_again() -> None:
    server = Server([RINGS], wanted())
    look = rounds(server)
    await look.call_overdue()
    server.wanted.append(wanted())
    assert [await look.call_overdue() for _ in range(2)] == [0, 1]


async def test_a_room_in_which_an_agent_speaks_is_asked_about_once() -> None:
    server = Server([TALKS, AGENT], wanted(done=True))
    look = rounds(server)
    for _ in range(5):
        await look.call_overdue()
    assert server.looked == 1


async def test_a_room_of_another_application_is_asked_about_ever_more_rarely() -> None:
    server = Server([BROWSER], wanted("others"))
    look = rounds(server)
    for _ in range(65):
        await look.call_overdue()
    assert server.looked == 8  # at the first round, and after 1, 2, 4, 8, 16, 32 and 64 more


async def test_one_of_ours_who_is_wanted_there_later_is_looked_for_like_any_other() -> None:
    server = Server([BROWSER], wanted("others"))
    look = rounds(server)
    for _ in range(4):
        await look.call_overdue()
    server.wanted.append(wanted())
    assert [await look.call_overdue() for _ in range(3)] == [0, 1, 0]


async def test_a_session_for_which_nobody_came_in_time_is_looked_at_until_they_have() -> None:
    server = Server([], wanted())
    look = rounds(server)
    for _ in range(9):
        assert not await look.call_overdue()
    server.there = [BROWSER]
    assert [await look.call_overdue() for _ in range(2)] == [0, 1]


async def test_a_room_that_has_ended_is_forgotten() -> None:
    server = Server([RINGS], wanted())
    look = rounds(server)
    await look.call_overdue()
    server.gone = True
    assert not await look.call_overdue()
    server.gone = False  # another room of that name
    assert [await look.call_overdue() for _ in range(2)] == [0, 1]
    server.there, server.wanted = [TALKS, AGENT], [wanted(done=True)]
    await look.call_overdue()
    server.rooms = []
    await look.call_overdue()
    server.rooms, server.there = ["room"], [RINGS]
    assert [await look.call_overdue() for _ in range(2)] == [0, 1]
