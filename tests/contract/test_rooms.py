"""A caller in a LiveKit room, as the desk hears them: the same on rooms without a server and on a real one."""

import asyncio
from collections.abc import AsyncGenerator
from itertools import pairwise

import pytest
from fake_rooms import FakeServer
from guest import PHONE
from kept_waiting import KeptWaiting
from rooms_stage import TOKEN, RoomStage, Sink, room_stage

from backend.adapters.livekit.place import RoomPlace
from backend.adapters.livekit.room import CallRoom
from backend.errors import TimedOut, Unavailable

real = pytest.param("real", marks=pytest.mark.livekit)


@pytest.fixture(params=["fake", real])
async def stage(request: pytest.FixtureRequest) -> AsyncGenerator[RoomStage]:
    """A room that an agent may enter."""
    server = FakeServer() if request.param == "fake" else request.getfixturevalue("livekit_server")
    async with room_stage(server) as made:
        yield made


async def test_what_is_known_of_a_phone(stage: RoomStage) -> None:
    headers = {"sip.h.X-Customer": "17"}
    await stage.guest("sip_+14255550100", kind="sip", attributes=PHONE | headers)
    desk = await stage.taken()
    (call,) = desk.calls
    assert (call.caller.reveal(), call.called.reveal(), call.way) == ("+14255550100", "+18005550100", "livekit")
    assert (call.correlation_id, call.headers, call.plan) == ("SCL_1", {"X-Customer": "17"}, None)


async def test_only_a_phone_is_believed_what_it_says_of_numbers(stage: RoomStage) -> None:
    await stage.guest("somebody", attributes=PHONE)
    desk = await stage.taken()
    (call,) = desk.calls
    assert (call.caller.reveal(), call.called.reveal()) == ("somebody", "")
    assert call.plan is not None and call.plan.line == "the line of rooms"
    assert call.correlation_id.startswith("PA_")


async def test_a_job_may_name_the_line_and_the_caller(stage: RoomStage) -> None:
    await stage.guest("first")
    await stage.guest("second")
    desk = await stage.taken('{"line": "dental", "caller": "second", "unknown": [1]}')
    assert [(call.plan and call.plan.line, call.caller.reveal()) for call in desk.calls] == [("dental", "second")]


async def test_a_supervisor_is_no_caller(stage: RoomStage) -> None:
    await stage.guest("boss", attributes={"ringmaster.role": "supervisor"})
    await stage.guest("boss's boss", hidden=True)
    await stage.guest("caller")
    desk = await stage.taken()
    assert [call.caller.reveal() for call in desk.calls] == ["caller"]


async def test_an_agent_that_came_first_waits_for_the_caller(stage: RoomStage) -> None:
    stage.job()
    await asyncio.sleep(0.2)
    assert not stage.desk.calls
    await stage.guest("late")
    async with asyncio.timeout(20):
        await stage.desk.speaking.wait()


async def test_the_caller_is_heard_in_frames_of_20_ms(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    await caller.publish()
    desk = await stage.taken()
    humming = asyncio.create_task(caller.hum(440, 3))
    await desk.sink.until_loud(frames=25)
    assert {size for _, _, size in desk.sink.frames} == {640}
    pitch = pitch_of(bytes(desk.sink.pcm[-640 * 20 :]))
    assert abs(pitch - 440) < 10
    humming.cancel()


async def test_a_microphone_may_come_late_and_go_and_come_again(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    async with KeptWaiting() as kept:
        await desk.sink.until_loud(loud=False, frames=10)  # silence is filled in at the pace of a voice
        for _ in range(2):
            await caller.publish()
            humming = asyncio.create_task(caller.hum(440, 5))
            await desk.sink.until_loud()
            humming.cancel()
            await asyncio.gather(humming, return_exceptions=True)
            await caller.unpublish()
            await desk.sink.until_loud(loud=False, frames=10)
    assert longest_gap(desk.sink) < 0.5 + kept.late_s


async def test_a_caller_who_mutes_is_silent_at_the_pace_of_a_voice_and_is_heard_again(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    await caller.publish()
    desk = await stage.taken()
    humming = asyncio.create_task(caller.hum(440, 60))
    async with KeptWaiting() as kept:
        await desk.sink.until_loud()
        for muted in (True, False, True, False):
            caller.mute(on=muted)
            await desk.sink.until_loud(loud=not muted, frames=10)
    humming.cancel()
    assert longest_gap(desk.sink) < 0.5 + kept.late_s
    assert not desk.events


async def test_the_newest_of_two_microphones_counts(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    await caller.publish()
    desk = await stage.taken()
    await caller.publish()
    humming = asyncio.create_task(caller.hum(660, 3))
    await desk.sink.until_loud(frames=25)
    assert abs(pitch_of(bytes(desk.sink.pcm[-640 * 20 :])) - 660) < 15
    humming.cancel()


async def test_nobody_else_is_listened_to(stage: RoomStage) -> None:
    caller, other = await stage.guest("caller"), None
    await caller.publish()
    desk = await stage.taken()
    other = await stage.guest("other")
    await other.publish()
    await other.hum(440, 0.6)
    await other.press("5")
    await caller.press("17#")
    async with asyncio.timeout(20):
        while len(desk.sink.tones) < 3:
            await asyncio.sleep(0.01)
    assert desk.sink.tones == ["1", "7", "#"]
    assert not [loud for _, loud, _ in desk.sink.frames if loud > 1000]


async def test_what_is_stopped_is_not_heard_any_more(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    saying = asyncio.create_task(desk.say(5))
    await caller.until_heard()
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)
    assert desk.link is not None
    await desk.link.stop_audio()
    stopped = asyncio.get_running_loop().time()
    async with KeptWaiting() as kept:
        await asyncio.sleep(0.6)
    assert caller.last_heard < stopped + 0.3 + kept.late_s  # the way included; the benchmark has the exact figure


async def test_who_hangs_up_is_gone_and_the_desk_is_told(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    await caller.leave()
    async with asyncio.timeout(20):
        await desk.done.wait()
    assert [(one.type, one.connection_id) for one in desk.events] == [("CallDisconnected", desk.connection_id)]


async def test_a_caller_who_loses_the_connection_is_waited_for(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    await caller.publish()
    again = await stage.guest("caller")  # the server drops the first one: two of a name cannot be there
    async with asyncio.timeout(20):
        await caller.gone.wait()
    await again.publish()
    humming = asyncio.create_task(again.hum(440, 5))
    await desk.sink.until_loud()
    humming.cancel()
    assert not desk.events and not desk.done.is_set()


async def test_a_room_that_is_closed_ends_the_call(stage: RoomStage) -> None:
    await stage.guest("caller")
    desk = await stage.taken()
    await stage.delete()
    async with asyncio.timeout(20):
        await desk.done.wait()
    assert [one.type for one in desk.events] == ["CallDisconnected"]


async def test_who_is_not_taken_is_left_alone(stage: RoomStage) -> None:
    await stage.guest("caller")
    stage.desk.takes = lambda _: False
    async with asyncio.timeout(20):
        await stage.job()
    assert stage.rooms.count == 0


async def test_whose_call_cannot_be_taken_is_put_out_and_not_left_ringing(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    stage.desk.fails = Unavailable("speech", "away")
    with pytest.raises(Unavailable):
        await stage.job()
    async with asyncio.timeout(20):
        await caller.gone.wait()


async def test_whose_agent_gets_no_voice_is_put_out_and_no_agent_stays_behind(
    stage: RoomStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_room = stage.rooms._new_room

    async def publish() -> None:
        raise TimedOut("calls", "the voice was not published in time")

    def speechless() -> CallRoom:
        room = new_room()
        monkeypatch.setattr(room, "publish", publish)
        return room

    monkeypatch.setattr(stage.rooms, "_new_room", speechless)
    caller = await stage.guest("caller")
    with pytest.raises(TimedOut):
        await stage.job()
    async with asyncio.timeout(5):
        await caller.gone.wait()
        while await stage.agents():
            await asyncio.sleep(0.05)
    assert (stage.rooms.count, stage.rooms.speaking) == (0, 0)


async def test_a_call_goes_on_in_another_worker(stage: RoomStage) -> None:
    caller = await stage.guest("caller")
    desk = await stage.taken()
    before = desk.connection_id
    desk.speaking.clear()
    connection = await stage.rooms.enter(RoomPlace(stage.name, "caller"), TOKEN)  # as after the death of the first
    await desk.speaking.wait()
    assert connection.connection_id == before
    await desk.say(0.3)
    await caller.until_heard()


async def test_a_link_that_is_closed_takes_no_more(stage: RoomStage) -> None:
    await stage.guest("caller")
    desk = await stage.taken()
    assert desk.link is not None
    await desk.link.close()
    with pytest.raises(Unavailable):
        await desk.link.send_audio(bytes(640))
    await desk.link.stop_audio()
    await desk.link.close()


def longest_gap(sink: Sink) -> float:
    """The longest time without a frame, in seconds."""
    times = [at for at, _, _ in sink.frames]
    return max(later - earlier for earlier, later in pairwise(times))


def pitch_of(pcm: bytes) -> float:
    """Hertz of a tone, by its crossings of zero."""
    samples = memoryview(pcm).cast("h")
    crossings = sum(a < 0 <= b for a, b in pairwise(samples))
    return crossings / (len(samples) / 16_000)
