"""Who is called for once more after no worker was there, and who is left in peace."""

import pytest
from livekit.protocol.agent import Job
from livekit.protocol.agent_dispatch import AgentDispatch, AgentDispatchState
from livekit.protocol.models import ParticipantInfo

from backend.adapters.livekit.waiting import WaitingRooms
from backend.errors import CallNotFound

BROWSER = ParticipantInfo(kind=ParticipantInfo.Kind.STANDARD)
AGENT = ParticipantInfo(kind=ParticipantInfo.Kind.AGENT)
RECORDER = ParticipantInfo(kind=ParticipantInfo.Kind.EGRESS)
RINGS = ParticipantInfo(kind=ParticipantInfo.Kind.SIP, attributes={"sip.callStatus": "ringing"})
TALKS = ParticipantInfo(kind=ParticipantInfo.Kind.SIP, attributes={"sip.callStatus": "active"})


class Server:
    """One room, as it is found."""

    def __init__(self, people: list[ParticipantInfo], *dispatches: AgentDispatch, gone: bool = False) -> None:
        self._people = people
        self._dispatches = dispatches
        self._gone = gone
        self.asked: list[tuple[str, str, str]] = []

    async def newest_rooms(self, most: int) -> list[str]:
        return ["room"]

    async def dispatches(self, room: str) -> list[AgentDispatch]:
        return list(self._dispatches)

    async def people(self, room: str) -> list[ParticipantInfo]:
        if self._gone:
            raise CallNotFound("it ended")
        return self._people

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
