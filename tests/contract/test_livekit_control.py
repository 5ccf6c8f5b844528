"""The unmodified LiveKit API client against its wire: placing, transfers and hang-ups as livekit/sip has them."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from call_control_suite import ELSEWHERE, PlacedCallsSuite
from livekit_stage import (
    BUSY,
    DECLINED,
    NO_ANSWER,
    NO_SERVICE,
    NO_TRUNK,
    SECRET,
    TOO_LONG,
    Failure,
    LiveKitStage,
    livekit_stage,
)

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.call_control import LiveKitCallControl
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.reports import Reports
from backend.adapters.livekit.rooms import Rooms
from backend.adapters.livekit.server import LiveKitServer
from backend.domain.call import CallConnection, IncomingCall, WayOut
from backend.domain.call_event import CallEvent
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.errors import CallNotFound, CallRefused, ProviderRejected, Unavailable

PHONE, LINE = "+13125550142", "+18005550100"
OUT = WayOut("livekit", "ST_line", LINE, {"X-Reason": "call back", "Ticket": "12\r\nEvil: 1"})


class Stage:
    """LiveKit with rooms in memory."""

    gone = IncomingCall("AJ_1", "AJ_1", Private(PHONE), Private(LINE), way="livekit")

    def __init__(self, server: LiveKitStage, control: LiveKitCallControl, rooms: Rooms) -> None:
        self.server, self.control, self.rooms = server, control, rooms

    def nobody_picks_up(self, number: str) -> None:
        """Every phone rings for ever."""
        self.server.dials = self.server.rings

    def break_off(self) -> None:
        """The dialing breaks off."""

        async def broke(call: object) -> None:
            self.server.breaks = True
            raise ConnectionResetError

        self.server.dials = broke

    def placed(self) -> int:
        """How many calls were asked for."""
        return len(self.dialed)

    @property
    def dialed(self) -> list[Any]:
        """What was asked of the SIP service to call."""
        return [request for method, request in self.server.asked if method == "CreateSIPParticipant"]

    def asked(self, name: str) -> list[Any]:
        """What was asked of LiveKit by this name."""
        return [request for method, request in self.server.asked if method == name]

    async def call(self) -> CallConnection:
        """A placed call that was taken up."""
        placed = await self.control.create(to=PHONE, token="t1", out=OUT)
        await self.server.until_told("CallConnected")
        self.server.told.clear()
        return placed


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    """The way in."""
    async with livekit_stage() as (server, control, rooms):
        yield Stage(server, control, rooms)


class TestLiveKit(PlacedCallsSuite):
    """The contract on LiveKit."""


async def test_a_placed_call_is_waited_for_in_a_room_of_its_own(stage: Stage) -> None:
    placed = await stage.call()
    (asked,) = stage.dialed
    assert (asked.sip_trunk_id, asked.sip_call_to, asked.sip_number) == ("ST_line", PHONE, LINE)
    assert dict(asked.headers) == {"X-Reason": "call back", "X-Ringmaster-Ticket": "12Evil: 1"}
    assert asked.wait_until_answered
    (seat,) = stage.server.seats[asked.room_name]
    assert seat.published
    assert stage.server.attached == ["t1"]
    assert PHONE not in asked.room_name + asked.participant_identity + placed.connection_id
    await stage.control.hang_up(placed.connection_id)
    assert not stage.server.rooms
    await stage.server.until_told("CallDisconnected")


async def test_nobody_speaks_before_the_phone_is_taken_up(stage: Stage) -> None:
    stage.nobody_picks_up(PHONE)
    placed = await stage.control.create(to=PHONE, token="t1", out=OUT)
    await asyncio.sleep(0.1)
    assert (stage.server.attached, stage.server.told) == ([], [])
    await stage.control.hang_up(placed.connection_id)
    await stage.server.until_told("CreateCallFailed")
    await stage.server.until_left()
    assert not stage.server.rooms


@pytest.mark.parametrize(("failure", "code"), [(BUSY, 486), (DECLINED, 603), (NO_ANSWER, 408)])
async def test_why_nobody_came_is_told_with_its_sip_status(stage: Stage, failure: Failure, code: int) -> None:
    stage.server.dials = stage.server.does_not(failure)
    await stage.control.create(to=PHONE, token="t1", out=OUT)
    assert await stage.server.until_told("CreateCallFailed") == [("t1", "CreateCallFailed", code)]
    assert stage.server.attached == []
    await stage.server.until_left()


async def test_what_cannot_be_tried_is_said_at_once_and_leaves_no_room(stage: Stage) -> None:
    stage.server.dials = stage.server.does_not(NO_SERVICE)
    with pytest.raises(Unavailable):
        await stage.control.create(to=PHONE, token="t1", out=OUT)
    assert (stage.server.rooms, stage.server.told) == ({}, [])


async def test_a_trunk_that_there_is_not_is_told_by_its_name(stage: Stage) -> None:
    stage.server.dials = stage.server.does_not(NO_TRUNK)
    with pytest.raises(ProviderRejected, match="no outbound trunk ST_line"):
        await stage.control.create(to=PHONE, token="t1", out=OUT)
    assert (stage.server.rooms, stage.server.told) == ({}, [])


async def test_without_a_trunk_nothing_is_placed() -> None:
    access = LiveKitAccess("ws://127.0.0.1:9", "k", "s" * 32)
    control = LiveKitCallControl(LiveKitServer(access), Rooms(access, lambda: pytest.fail("no room is entered")))
    with pytest.raises(ProviderRejected, match="LIVEKIT_OUTBOUND_TRUNK"):
        await control.create(to=PHONE, token="t1", out=WayOut())


async def test_where_nobody_listens_nothing_was_done() -> None:
    access = LiveKitAccess("ws://127.0.0.1:9", "k", "s" * 32)
    control = LiveKitCallControl(LiveKitServer(access), Rooms(access, lambda: pytest.fail("no room is entered")))
    with pytest.raises(Unavailable):
        await control.create(to=PHONE, token="t1", out=OUT)
    await control.close()


async def test_a_transfer_that_is_taken_up_is_accepted_before_the_phone_leaves(stage: Stage) -> None:
    placed = await stage.call()
    await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={"Call-Id": "c1"}, token="t1")
    told = await stage.server.until_told("CallTransferAccepted", "CallDisconnected")
    assert told[0] == ("t1", "CallTransferAccepted", 200)
    (asked,) = stage.asked("TransferSIPParticipant")
    assert (asked.transfer_to, dict(asked.headers)) == (f"tel:{ELSEWHERE}", {"X-Ringmaster-Call-Id": "c1"})


async def test_a_transfer_that_is_refused_leaves_the_caller_with_us(stage: Stage) -> None:
    placed = await stage.call()

    async def refuses(_: object) -> None:
        raise DECLINED

    stage.server.moves = refuses
    await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")
    assert await stage.server.until_told("CallTransferFailed") == [("t1", "CallTransferFailed", 603)]
    assert stage.control and stage.server.rooms


async def test_a_caller_who_is_dropped_while_nobody_takes_them_was_not_transferred(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network drops the phone 15 s before LiveKit says that the transfer failed (seen on livekit/sip)."""
    monkeypatch.setattr("backend.adapters.livekit.reports._SETTLES_S", 0.2)
    placed = await stage.call()
    (asked,) = stage.dialed

    async def never(_: object) -> None:
        await asyncio.sleep(1.7)
        stage.server.leaves(asked.room_name, asked.participant_identity)
        await asyncio.sleep(0.6)
        raise TOO_LONG

    stage.server.moves = never
    await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")
    told = await stage.server.until_told("CallTransferFailed", "CallDisconnected")
    assert told[0][2] == 408
    await asyncio.sleep(0.6)
    assert len(told) == 2  # what LiveKit says in the end changes nothing any more


async def test_a_second_transfer_is_refused_while_the_first_is_under_way(stage: Stage) -> None:
    placed = await stage.call()
    stage.server.moves = lambda _: asyncio.sleep(60)
    await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")
    with pytest.raises(CallRefused, match="being transferred"):
        await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")


async def test_a_transfer_that_cannot_be_tried_may_be_asked_for_again(stage: Stage) -> None:
    placed = await stage.call()
    works = stage.server.moves

    async def away(_: object) -> None:
        raise NO_SERVICE

    stage.server.moves = away
    with pytest.raises(Unavailable):
        await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")
    stage.server.moves = works
    await stage.control.transfer(placed.connection_id, to=ELSEWHERE, context={}, token="t1")
    await stage.server.until_told("CallTransferAccepted", "CallDisconnected")


async def test_who_came_without_a_phone_is_not_sent_to_a_number(stage: Stage) -> None:
    from backend.adapters.livekit.place import connection_of

    stage.server.joins("lobby", "ann", 0)
    with pytest.raises(ProviderRejected, match="did not come by phone"):
        await stage.control.transfer(connection_of("lobby"), to=ELSEWHERE, context={}, token="t1")


async def test_another_worker_hangs_up_a_phone_by_its_connection_alone(stage: Stage) -> None:
    from backend.adapters.livekit.place import connection_of

    stage.server.joins("call-_+13125550142_a1", "sip_+13125550142", callStatus="active")
    stage.server.joins("call-_+13125550142_a1", "supervisor", 0)
    await stage.control.hang_up(connection_of("call-_+13125550142_a1"))
    (asked,) = stage.asked("RemoveParticipant")
    assert asked.identity == "sip_+13125550142"
    with pytest.raises(CallNotFound):
        await stage.control.transfer("LK_gone", to=ELSEWHERE, context={}, token="t1")


@pytest.mark.parametrize(("sent_for", "is_it"), [("ann", "ann"), ("", "first"), ("nobody here", "first")])
async def test_another_worker_finds_the_caller_among_others_in_a_room_of_the_application(
    stage: Stage, sent_for: str, is_it: str
) -> None:
    from backend.adapters.livekit.place import connection_of

    stage.server.joins("lobby", "first", 0)
    stage.server.joins("lobby", "ann", 0)
    stage.server.sent_for["lobby"] = ["another program's", SessionPlan(line="insurance", caller=sent_for).as_told()]
    await stage.control.hang_up(connection_of("lobby"))
    (asked,) = stage.asked("RemoveParticipant")
    assert asked.identity == is_it


async def test_keys_are_pressed_where_the_call_is(stage: Stage) -> None:
    placed = await stage.call()
    await stage.control.press(placed.connection_id, "12#", to=PHONE)
    (asked,) = stage.dialed
    assert stage.server.seats[asked.room_name][0].pressed == "12#"
    with pytest.raises(CallNotFound):
        await stage.control.press("LK_elsewhere", "1", to=PHONE)


async def test_a_report_for_a_call_that_is_over_is_no_error() -> None:
    reports = Reports()

    async def over(token: str, event: CallEvent) -> None:
        raise CallNotFound("over")

    reports.tell = over
    await reports.left("t1", "LK_1")


ROOM, CALLER = "call-_+13125550142_a1b2c3", "sip_+13125550142"


async def ring_in(stage: Stage, comes: Any) -> None:
    """A phone rings in a room, and a job sends us there; returns when the job is done."""
    stage.server.joins(ROOM, CALLER, callStatus="ringing", phoneNumber=PHONE, trunkPhoneNumber=LINE)
    stage.server.comes = comes
    pass_ = LiveKitAccess(stage.server.url, "devkey", SECRET).agent_token(ROOM, "agent")
    async with asyncio.timeout(20):
        await stage.rooms.take(Job("AJ_1", ROOM, token=pass_))


async def test_a_phone_that_is_not_to_be_taken_hears_so_and_is_never_answered(stage: Stage) -> None:
    calls: list[IncomingCall] = []

    async def reject(call: IncomingCall) -> None:
        calls.append(call)
        await stage.control.reject(call)

    await ring_in(stage, reject)
    ((call,), (asked,)) = calls, stage.asked("RemoveParticipant")
    assert (call.caller.reveal(), call.called.reveal(), asked.identity) == (PHONE, LINE, CALLER)
    assert not stage.server.rooms[ROOM]
    await stage.server.until_left()


async def test_a_phone_that_is_to_go_elsewhere_is_handed_on_without_a_word(stage: Stage) -> None:
    await ring_in(stage, lambda call: stage.control.redirect(call, to=ELSEWHERE))
    (asked,) = stage.asked("TransferSIPParticipant")
    assert (asked.transfer_to, asked.participant_identity) == (f"tel:{ELSEWHERE}", CALLER)
    assert stage.server.attached == []
    await stage.server.until_left()


async def test_a_phone_that_nobody_takes_elsewhere_is_not_left_with_nobody(stage: Stage) -> None:
    async def refuses(_: object) -> None:
        raise BUSY

    async def redirect(call: IncomingCall) -> None:
        with pytest.raises(ProviderRejected, match="486"):
            await stage.control.redirect(call, to=ELSEWHERE)

    stage.server.moves = refuses
    await ring_in(stage, redirect)
    assert not stage.server.rooms[ROOM]
    await stage.server.until_left()
