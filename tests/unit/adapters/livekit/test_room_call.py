"""A caller's comings and goings in a room, and the silence in between, on virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise

from fake_rooms import DUPLICATE, FRAME_S, ROOM_DELETED, FakeGuest, FakeRoom, FakeServer
from guest import PHONE, tone_frame
from rooms_stage import Sink

from backend.adapters.livekit.room_call import RoomCall
from backend.engine.speaking.playout import Playout
from backend.testing.virtual_time import VirtualTimeLoop, run_virtual

ROOM, CONNECTION_LOST = "a room", 14


@dataclass
class Scene:
    """A room with a caller, an agent, and what the agent hears."""

    server: FakeServer
    room: FakeRoom
    caller: FakeGuest
    call: RoomCall
    sink: Sink
    hearing: asyncio.Task[None]

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()


def play(story: Callable[[Scene], Awaitable[None]], **claims: object) -> None:
    """Have a story happen in a room whose caller was answered."""

    async def scene() -> None:
        server = FakeServer()
        caller = FakeGuest(server, ROOM, "caller")
        await caller.join(**claims)  # pyright: ignore[reportArgumentType]
        room, sink = server.room(), Sink()
        call = RoomCall(room, ROOM)
        assert await call.join("", ROOM, 1.0)
        await call.answer()
        hearing = asyncio.create_task(call.link.receive(sink))
        await asyncio.sleep(0)
        try:
            await story(Scene(server, room, caller, call, sink, hearing))
        finally:
            await call.leave()
            await asyncio.gather(hearing)

    run_virtual(scene())


def test_silence_is_delivered_at_the_pace_of_a_voice() -> None:
    async def story(on: Scene) -> None:
        await asyncio.sleep(2.0)
        times = [at for at, _, _ in on.sink.frames]
        assert 90 <= len(times) <= 100
        assert {round(later - earlier, 3) for earlier, later in pairwise(times)} == {FRAME_S}

    play(story)


def test_no_silence_is_put_between_frames_that_come() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        await on.caller.hum(440, 2.0)
        assert [size for _, _, size in on.sink.frames] == [640] * 100
        assert all(loud > 1000 for _, loud, _ in on.sink.frames)

    play(story)


def test_a_late_frame_is_no_reason_for_silence_and_a_lost_one_is_not_made_up() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        track = on.caller.tracks[-1]
        for late in (0.0, 0.04, 0.075, 0.0, 0.02, 0.079):
            await asyncio.sleep(late)
            on.call.on_audio(track, tone_frame(440, 0))
        assert len(on.sink.frames) == 6

    play(story)


def test_what_came_while_this_process_was_late_is_heard_without_silence_before_it() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        await on.caller.hum(440, 0.5)
        loop, track, frames = asyncio.get_running_loop(), on.caller.tracks[-1], len(on.sink.frames)
        assert isinstance(loop, VirtualTimeLoop)
        loop.stall(0.3)
        for _ in range(15):  # the SDK's threads have had them handed over meanwhile
            loop.call_soon(loop.call_soon, on.call.on_audio, track, tone_frame(440, 0))
        await asyncio.sleep(0.02)
        assert [loud > 1000 for _, loud, _ in on.sink.frames[frames:]] == [True] * 15
        await asyncio.sleep(0.5)
        assert 15 <= sum(loud == 0 for _, loud, _ in on.sink.frames[frames:]) <= 25

    play(story)


def test_who_comes_back_in_time_goes_on_and_who_does_not_has_hung_up() -> None:
    async def story(on: Scene) -> None:
        on.caller.out(CONNECTION_LOST)
        await asyncio.sleep(9.0)
        assert not on.call.hung_up.is_set()
        again = FakeGuest(on.server, ROOM, "caller")
        await again.join()
        await asyncio.sleep(20.0)
        assert not on.call.hung_up.is_set()
        again.out(CONNECTION_LOST)
        await asyncio.sleep(10.1)
        assert on.call.hung_up.is_set()

    play(story)


def test_a_phone_that_is_gone_is_gone() -> None:
    async def story(on: Scene) -> None:
        on.caller.out(CONNECTION_LOST)
        assert on.call.hung_up.is_set()

    play(story, kind="sip", attributes=PHONE)


def test_a_phone_that_we_lost_sight_of_has_not_hung_up_and_goes_on_when_we_are_both_back() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        on.room.apart()
        await asyncio.sleep(30.0)  # the server is being started anew
        assert not on.call.hung_up.is_set()
        on.room.back()
        await asyncio.sleep(5.0)
        again = FakeGuest(on.server, ROOM, "caller")
        await again.join(kind="sip", attributes=PHONE)
        await again.publish()
        await again.hum(440, 0.2)
        await asyncio.sleep(20.0)
        assert not on.call.hung_up.is_set()
        assert [loud for _, loud, _ in on.sink.frames if loud > 1000]

    play(story, kind="sip", attributes=PHONE)


def test_a_phone_that_does_not_come_back_as_we_do_has_hung_up() -> None:
    async def story(on: Scene) -> None:
        on.room.apart()
        on.room.back()
        await asyncio.sleep(9.9)
        assert not on.call.hung_up.is_set()
        await asyncio.sleep(0.2)
        assert on.call.hung_up.is_set()

    play(story, kind="sip", attributes=PHONE)


def test_a_phone_that_says_that_it_hangs_up_is_believed_at_once() -> None:
    async def story(on: Scene) -> None:
        await on.caller.change({"sip.callStatus": "hangup"})
        assert on.call.hung_up.is_set()

    play(story, kind="sip", attributes=PHONE)


def test_another_of_the_same_name_is_the_caller_come_back() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        on.caller.out(DUPLICATE)
        again = FakeGuest(on.server, ROOM, "caller")
        await again.join()
        await again.publish()
        await again.hum(440, 0.2)
        assert len([1 for _, loud, _ in on.sink.frames if loud > 1000]) == 10

    play(story)


def test_a_phone_that_rings_is_spoken_with_when_it_is_taken_up() -> None:
    async def story() -> None:
        server = FakeServer()
        caller = FakeGuest(server, ROOM, "sip_1")
        await caller.join(kind="sip", attributes=PHONE | {"sip.callStatus": "ringing"})
        call = RoomCall(server.room(), ROOM)
        assert await call.join("", ROOM, 1.0)
        answering = asyncio.create_task(call.answer())
        await asyncio.sleep(1.0)
        assert not answering.done()
        await caller.change({"sip.callStatus": "active"})
        await answering
        await call.leave()

    run_virtual(story())


def test_the_playout_stops_within_a_frame_of_the_decision() -> None:
    async def story(on: Scene) -> None:
        playout = Playout(on.call.link, 100)
        playout.start()
        playout.play(b"".join(tone_frame(880, number) for number in range(100)))
        await asyncio.sleep(0.5)
        heard_ms = playout.stop()
        decided = on.now
        await asyncio.sleep(0.5)
        assert on.caller.last_heard <= decided + 0.06
        assert abs(heard_ms - 500) <= 40  # what the caller has heard is known to a frame or two
        assert not on.room.queue
        await playout.close()

    play(story)


def test_hanging_up_waits_until_the_last_word_is_at_the_far_ear_and_no_longer() -> None:
    async def waited(on: Scene) -> float:
        asked = on.now
        await on.call.link.heard_out()
        return round(on.now - asked, 3)

    async def story(on: Scene) -> None:
        assert await waited(on) == 0  # nothing was said
        await on.call.link.send_audio(tone_frame(880, 0))
        await asyncio.sleep(0.1)
        assert await waited(on) == 0.2
        assert await waited(on) == 0
        await on.call.link.send_audio(tone_frame(880, 0))
        await on.call.link.stop_audio()
        assert await waited(on) == 0  # it was thrown away

    play(story)


def test_what_an_older_microphone_still_sends_is_not_heard() -> None:
    async def story(on: Scene) -> None:
        await on.caller.publish()
        await on.caller.publish()
        older, newer = on.caller.tracks
        on.call.on_audio(older, tone_frame(440, 0))
        on.call.on_audio(newer, tone_frame(440, 0))
        on.call.on_audio(newer, bytes(100))  # no frame of 20 ms
        assert len(on.sink.frames) == 1
        assert on.room.wanted == {newer}  # the other one need not even be sent to us

    play(story)


def test_a_room_that_we_lost_is_one_to_come_back_to() -> None:
    async def story(on: Scene) -> None:
        on.room.out(CONNECTION_LOST)
        await on.hearing  # the engine sees that its media is gone, and asks for it again
        assert not on.call.hung_up.is_set()

    play(story)


def test_a_room_that_is_no_more_is_the_end_of_the_call() -> None:
    async def story(on: Scene) -> None:
        on.room.out(ROOM_DELETED)
        assert on.call.hung_up.is_set() and not on.hearing.done()  # the desk is told first

    play(story)
