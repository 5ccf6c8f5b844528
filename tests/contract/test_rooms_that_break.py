"""What goes wrong around a room: jobs that end too early, tokens that have run out, callers who go and come at the
wrong moment. The same on rooms without a server and on a real one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from fake_rooms import FakeServer
from guest import PHONE
from livekit import api
from rooms_stage import RoomStage, room_stage

from backend.adapters.livekit.job import Job
from backend.domain.call import IncomingCall
from backend.domain.session_plan import SessionPlan
from backend.errors import CallNotFound, Unavailable

real = pytest.param("real", marks=pytest.mark.livekit)
_SETTLED_S = 0.5
"""After this nobody comes into a room any more who was on their way."""


@pytest.fixture(params=["fake", real])
async def stage(request: pytest.FixtureRequest) -> AsyncGenerator[RoomStage]:
    """A room that an agent may enter."""
    server = FakeServer() if request.param == "fake" else request.getfixturevalue("livekit_server")
    async with room_stage(server) as made:
        yield made


@asynccontextmanager
async def on_its_way(stage: RoomStage, job: asyncio.Task[None]) -> AsyncGenerator[None]:
    """The agent of a job has begun to enter the room, and is not in it yet."""
    if not isinstance(stage.server, FakeServer):
        await asyncio.sleep(0.01)  # a real one takes many times as long
        yield
        return
    stage.server.door.clear()
    knocked = asyncio.create_task(stage.server.knocked.wait())
    await asyncio.wait([knocked, job], return_when=asyncio.FIRST_COMPLETED)
    assert knocked.done() and not job.done()
    yield
    stage.server.door.set()


async def nobody_is_left(stage: RoomStage) -> None:
    await asyncio.sleep(_SETTLED_S)
    assert await stage.agents() == 0
    assert stage.rooms.count == 0 and stage.rooms.speaking == 0


async def until_gone(stage: RoomStage, context: str) -> None:
    """Wait until it is known that a caller who was there has gone."""
    with pytest.raises(CallNotFound):
        async with asyncio.timeout(20):
            while stage.rooms.ringing(context):
                await asyncio.sleep(0.01)


async def test_a_job_that_is_ended_while_its_room_is_entered_leaves_nobody_there(stage: RoomStage) -> None:
    await stage.guest("caller")
    job = stage.job()
    async with on_its_way(stage, job):
        stage.rooms.end("AJ_1")
    async with asyncio.timeout(30):
        await job
    assert not stage.desk.calls
    await nobody_is_left(stage)


async def test_a_worker_that_closes_while_a_room_is_entered_leaves_nobody_there(stage: RoomStage) -> None:
    await stage.guest("caller")
    job = stage.job()
    async with on_its_way(stage, job):
        job.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(job, return_exceptions=True)
    assert job.cancelled() and not stage.desk.calls
    await nobody_is_left(stage)


async def test_a_token_that_has_run_out_is_no_reason_to_leave_the_caller_alone(stage: RoomStage) -> None:
    await stage.guest("caller")
    stage.job(token=_run_out(stage))
    async with asyncio.timeout(30):
        await stage.desk.speaking.wait()
    assert await stage.agents() == 1


async def test_a_pass_that_ended_before_its_room_was_made_brings_no_agent(stage: RoomStage) -> None:
    """LiveKit renews passes of whoever is in a room, so that they could make it again, and have an agent, for ever."""
    ends, caller = 1_795_000_000, await stage.guest("user_456")
    metadata = SessionPlan(line="bank", caller="user_456", until=ends).as_told()
    await stage.rooms.take(Job("AJ_1", stage.name, metadata, room_made=ends + 90))
    async with asyncio.timeout(20):
        await caller.gone.wait()
    assert not stage.desk.calls and stage.rooms.count == 0


def _run_out(stage: RoomStage) -> str:
    server = stage.server
    if isinstance(server, FakeServer):
        return "refused"
    token = api.AccessToken(server.api_key, server.api_secret).with_identity("agent-1").with_kind("agent")
    grants = api.VideoGrants(room_join=True, room=stage.name)
    return token.with_grants(grants).with_ttl(timedelta(hours=-1)).to_jwt()


async def test_a_caller_who_goes_while_they_are_being_taken_is_not_answered(stage: RoomStage) -> None:
    caller = await stage.guest("sip_1", kind="sip", attributes=PHONE)
    refused = list[str]()

    async def late(call: IncomingCall) -> None:
        await caller.leave()
        await until_gone(stage, call.context)
        with pytest.raises(CallNotFound):
            await stage.rooms.answer(call.context, "token")
        refused.append(call.context)

    stage.desk.incoming = late  # pyright: ignore[reportAttributeAccessIssue]
    async with asyncio.timeout(30):
        await stage.job()
    assert refused
    await nobody_is_left(stage)


async def test_a_room_that_is_deleted_while_the_caller_is_being_taken_is_over(stage: RoomStage) -> None:
    await stage.guest("caller")

    async def late(call: IncomingCall) -> None:
        await stage.delete()
        await until_gone(stage, call.context)
        with pytest.raises(CallNotFound):
            await stage.rooms.answer(call.context, "token")

    stage.desk.incoming = late  # pyright: ignore[reportAttributeAccessIssue]
    async with asyncio.timeout(30):
        await stage.job()
    assert stage.rooms.count == 0


async def test_a_second_agent_that_fails_does_not_put_out_whom_the_first_one_speaks_with(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    desk.fails = Unavailable("calls", "away")
    with pytest.raises(Unavailable):
        await stage.job(number=2)
    await asyncio.sleep(_SETTLED_S)
    assert not caller.gone.is_set() and not desk.events
    assert (stage.rooms.count, await stage.agents()) == (1, 1)


async def test_a_caller_who_comes_back_with_two_microphones_is_heard(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    await caller.publish()
    again = await stage.guest("caller")  # in the page that was loaded anew, while the old one still hums
    await again.publish()
    await again.publish()
    humming = asyncio.create_task(again.hum(440, 5))
    await desk.sink.until_loud()
    humming.cancel()
    assert not desk.events
