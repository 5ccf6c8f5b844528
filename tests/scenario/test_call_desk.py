"""Transfers that get into each other's way, callers that are gone, calls that never came about; on virtual time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from office import Office, Phone

from backend.domain.call import CallConnection, IncomingCall
from backend.domain.call_event import CallEvent
from backend.domain.callback import CallingBack
from backend.domain.private import Private
from backend.engine.desk.call_desk import DeskRules
from backend.errors import CallNotFound, CallRefused, ProviderRejected, RingmasterError, TimedOut, Unavailable
from backend.testing.stage import ENGLISH
from backend.testing.virtual_time import run_virtual

RING = IncomingCall("e1", "ring-1", Private("+13125550142"), Private("+18005550100"), correlation_id="corr-1")
ELSEWHERE = "+18005550177"


@pytest.fixture(autouse=True)
def threads_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtual time would run on while a thread works."""

    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


class Transfers:
    """The part of call control that moves calls; takes every request and says nothing of the outcome."""

    def __init__(self, office: Office) -> None:
        self.asked: list[str] = []
        office.control.transfer = self.transfer

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Take the request."""
        self.asked.append(to)


def story(tmp_path: Path, tell: Callable[[Office], Awaitable[None]]) -> None:
    """Run one story in an office of its own."""

    async def whole() -> None:
        office = Office(tmp_path)
        await office.live.open()
        try:
            await tell(office)
        finally:
            await office.desk.close()
            await office.close()
            await office.live.close()

    run_virtual(whole())


def test_a_second_transfer_is_refused_and_the_first_has_its_outcome(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        transfers = Transfers(office)
        call, _, _ = await office.phone()
        first = asyncio.create_task(office.desk.transfer(call.record.call_id, ELSEWHERE))
        await asyncio.sleep(1)
        with pytest.raises(CallRefused, match="being transferred already"):
            await office.desk.transfer(call.record.call_id, ELSEWHERE)
        await office.desk.callback(call.token, CallEvent("1", "CallTransferAccepted"))
        await first
        await office.close()
        assert transfers.asked == [ELSEWHERE]
        assert office.records.over[call.record.call_id].outcome == "transferred"

    story(tmp_path, tell)


@pytest.mark.parametrize("kind", ["AnswerFailed", "CreateCallFailed", "ConnectFailed"])
def test_who_speaks_with_the_caller_is_not_told_that_the_call_never_began(tmp_path: Path, kind: str) -> None:
    """A report that comes late or from elsewhere, by the call's own address; without the media it does end the call."""

    async def tell(office: Office) -> None:
        call, _, _ = await office.phone()
        await office.desk.callback(call.token, CallEvent("late", kind, call.record.connection_id, 500))
        assert call.talking
        assert not office.control.hung_up

    story(tmp_path, tell)


def test_hanging_up_ends_a_transfer_that_still_rings(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        Transfers(office)
        call, _, _ = await office.phone()
        ringing = asyncio.create_task(office.desk.transfer(call.record.call_id, ELSEWHERE))
        await asyncio.sleep(1)
        before = asyncio.get_running_loop().time()
        await office.desk.hang_up(call.record.call_id)
        with pytest.raises(CallRefused):
            await ringing
        assert asyncio.get_running_loop().time() - before < 5

    story(tmp_path, tell)


def test_a_transfer_that_failed_does_not_make_a_lost_socket_a_transferred_call(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        Transfers(office)
        call, phone, _ = await office.phone()
        moving = asyncio.create_task(office.desk.transfer(call.record.call_id, ELSEWHERE))
        await asyncio.sleep(1)
        await office.desk.callback(call.token, CallEvent("1", "CallTransferFailed"))
        with pytest.raises(CallRefused):
            await moving
        await phone.close()
        await asyncio.sleep(2)
        assert not office.records.over, "the caller is still there: the call waits for its socket"

    story(tmp_path, tell)


def test_a_caller_who_hung_up_while_it_rang_is_no_failure_of_ours(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.control.answer = _failing(CallNotFound("the call no longer rings"))
        await office.desk.incoming(RING)  # Event Grid is not asked to deliver it again
        assert not office.desk.live()

    story(tmp_path, tell)


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_call_that_is_ended_while_the_service_connects_it_is_hung_up(tmp_path: Path, direction: str) -> None:
    """By an operator, say. Until the service has answered nobody knows by what to hang it up."""

    async def tell(office: Office) -> None:
        async def slowly(*_: object, **__: object) -> CallConnection:
            await asyncio.sleep(2)
            return CallConnection("cc-slow")

        office.control.answer = office.control.create = slowly
        taken = asyncio.ensure_future(
            office.desk.incoming(RING) if direction == "inbound" else office.desk.place(ELSEWHERE)
        )
        await asyncio.sleep(1)
        (call,) = office.desk.live()
        await office.desk.hang_up(call.call_id)
        await taken
        assert office.control.hung_up == ["cc-slow"]
        assert not office.desk.live()

    story(tmp_path, tell)


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_call_that_never_came_about_leaves_nothing_running(tmp_path: Path, direction: str) -> None:
    async def tell(office: Office) -> None:
        office.control.answer = office.control.create = _failing(Unavailable("calls", "ACS answered 500"))
        before = asyncio.all_tasks()
        with pytest.raises(Unavailable):
            await (office.desk.incoming(RING) if direction == "inbound" else office.desk.place(ELSEWHERE))
        await asyncio.sleep(1)
        assert not office.desk.live()
        assert asyncio.all_tasks() == before

    story(tmp_path, tell)


NO_ANSWER = TimedOut("calls", "ACS did not answer (ServiceResponseError)")


async def ask(office: Office, direction: str) -> None:
    """A caller rings, or somebody is called; whether ACS does it, it does not say."""
    office.control.answer = office.control.create = _failing(NO_ANSWER)
    with pytest.raises(TimedOut):
        await (office.desk.incoming(RING) if direction == "inbound" else office.desk.place(ELSEWHERE))


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_call_that_came_about_although_nobody_was_told_is_a_call(tmp_path: Path, direction: str) -> None:
    async def tell(office: Office) -> None:
        await ask(office, direction)
        (call,) = office.desk.calls.all()
        await asyncio.sleep(8)
        await office.desk.callback(call.token, CallEvent("1", "CallConnected", connection_id="cc-1"))
        link = Phone()
        talk = asyncio.create_task(office.desk.attach(call.token, link))
        await asyncio.sleep(5)
        assert [turn.heard for turn in call.record.turns] == ["Welcome to one."]
        assert office.desk.stats()["taken"] == 1
        await office.desk.hang_up(call.record.call_id)
        await talk
        assert office.control.hung_up == ["cc-1"]
        assert office.records.over[call.record.call_id].outcome == "completed"

    story(tmp_path, tell)


def test_a_socket_that_is_faster_than_the_bad_news_is_a_call(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        heard: list[asyncio.Task[None]] = []

        async def answer(*_: object, **__: object) -> CallConnection:
            (token,) = office.desk.calls
            heard.append(asyncio.create_task(office.desk.attach(token, Phone())))
            await asyncio.sleep(5)
            raise NO_ANSWER

        office.control.answer = answer
        await office.desk.incoming(RING)  # Event Grid is not asked to deliver it again
        (call,) = office.desk.calls.all()
        assert call.talking and call.record.turns
        await office.desk.callback(call.token, CallEvent("1", "CallConnected", connection_id="cc-1"))
        await office.desk.hang_up(call.record.call_id)
        await heard[0]
        assert office.control.hung_up == ["cc-1"]

    story(tmp_path, tell)


@pytest.mark.parametrize(("direction", "seconds"), [("inbound", 11), ("outbound", 91)])
def test_a_call_of_which_nothing_more_is_heard_is_forgotten(tmp_path: Path, direction: str, seconds: int) -> None:
    async def tell(office: Office) -> None:
        before = asyncio.all_tasks()
        await ask(office, direction)
        await asyncio.sleep(seconds - 2)
        assert office.desk.live()
        await asyncio.sleep(2)
        assert not office.desk.live()
        assert not office.records.over
        assert asyncio.all_tasks() == before

    story(tmp_path, tell)


def test_a_call_whose_media_never_comes_is_hung_up_although_nobody_told_of_it(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        await ask(office, "inbound")
        (call,) = office.desk.calls.all()
        await office.desk.callback(call.token, CallEvent("1", "CallConnected", connection_id="cc-1"))
        await asyncio.sleep(40)
        assert office.control.hung_up == ["cc-1"]
        assert office.records.over[call.record.call_id].detail == "media socket not connected in time; ending the call"

    story(tmp_path, tell)


def test_media_that_does_not_come_is_asked_for_again_until_it_does(tmp_path: Path) -> None:
    """A worker that could not know of the call may have refused the socket, and the service takes that for good."""

    async def tell(office: Office) -> None:
        asked: list[float] = []

        async def start_media(connection_id: str, *, token: str) -> None:
            assert (connection_id, token) == ("cc-0", call.token)
            asked.append(asyncio.get_running_loop().time() - began)
            if len(asked) == 1:
                raise ProviderRejected("calls", "it is being opened")
            office.talks.append(asyncio.create_task(office.desk.attach(token, Phone())))

        office.control.start_media = start_media
        began = asyncio.get_running_loop().time()
        await office.desk.incoming(RING)
        (call,) = office.desk.calls.all()
        await office.desk.callback(call.token, CallEvent("1", "CallConnected", connection_id="cc-0"))
        await asyncio.sleep(15)
        assert [round(at) for at in asked] == [3, 6]
        assert call.carried
        assert not office.records.over
        await office.desk.callback(call.token, CallEvent("2", "CallDisconnected", connection_id="cc-0"))
        await asyncio.gather(*office.talks)

    story(tmp_path, tell)


def test_a_placed_call_whose_media_never_comes_is_hung_up(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        async def create(*_: object, **__: object) -> CallConnection:
            return CallConnection("cc-1")

        office.control.create = create
        record = await office.desk.place(ELSEWHERE)
        (token,) = office.desk.calls
        await asyncio.sleep(60)
        assert office.desk.live(), "it may ring for long"
        await office.desk.callback(token, CallEvent("1", "CallConnected", connection_id="cc-1"))
        await asyncio.sleep(30)
        assert office.control.hung_up == ["cc-1"]
        assert office.records.over[record.call_id].detail == "media socket not connected in time; ending the call"
        assert not office.desk.live()

    story(tmp_path, tell)


def test_nobody_is_called_back_twice_at_once(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        async def create(*_: object, **__: object) -> CallConnection:
            return CallConnection("cc-1")

        office.control.create = create
        backs = [CallingBack("c1", asked=False, form="", placed=placed) for placed in ("c2", "c3")]
        both = [office.desk.place(ELSEWHERE, None, None, back) for back in backs]
        one, other = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(type(found).__name__ for found in (one, other)) == ["CallRecord", "CallRefused"]
        assert [call.direction for call in office.desk.live()] == ["outbound"]

    story(tmp_path, tell)


def test_a_doubtful_call_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        before = asyncio.all_tasks()
        await ask(office, "outbound")
        began = asyncio.get_running_loop().time()
        await office.desk.close()
        assert asyncio.get_running_loop().time() - began < 1
        assert asyncio.all_tasks() == before

    story(tmp_path, tell)


def test_who_still_talks_when_the_server_must_go_is_told_so(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.opens(DeskRules(drain_s=60))
        call, _, _ = await office.phone()
        await office.desk.incoming(RING)  # and one whose media has not come yet
        began = asyncio.get_running_loop().time()
        await office.desk.drain()
        await office.close()
        assert 60 < asyncio.get_running_loop().time() - began < 72
        assert call.record.turns[-1].heard == ENGLISH.giving_up
        assert office.records.over[call.record.call_id].detail == "the server went away"
        assert sorted(office.control.hung_up) == ["cc-0", "cc-1"]

    story(tmp_path, tell)


def test_who_still_talks_when_the_server_must_go_is_connected_with_a_person(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.opens(DeskRules(drain_s=60))
        office.control.people_there = True
        call, _, _ = await office.phone()
        began = asyncio.get_running_loop().time()
        draining = asyncio.create_task(office.desk.drain())
        await asyncio.sleep(40)
        assert office.control.transferred == ["cc-0"]
        call.transfer_result(accepted=True)
        await draining
        assert asyncio.get_running_loop().time() - began < 45, "nobody waits for the limit"
        await office.close()
        assert office.records.over[call.record.call_id].outcome == "transferred"
        assert ENGLISH.giving_up not in call.record.turns[-1].heard

    story(tmp_path, tell)


def test_a_persons_phone_that_only_rings_leaves_time_to_tell_the_caller(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.opens(DeskRules(drain_s=60))
        office.control.people_there = True
        call, _, _ = await office.phone()
        began = asyncio.get_running_loop().time()
        await office.desk.drain()
        await office.close()
        assert asyncio.get_running_loop().time() - began < 72
        heard = " ".join(turn.heard for turn in call.record.turns)
        assert "connecting you with a colleague" in heard
        assert heard.endswith(ENGLISH.giving_up)

    story(tmp_path, tell)


def test_a_goodbye_that_is_not_heard_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.opens(DeskRules(drain_s=1))
        call, _, _ = await office.phone()
        office.voice.first_audio_s = 3600  # the line is not in the cache yet
        began = asyncio.get_running_loop().time()
        await office.desk.drain()
        await office.close()
        assert asyncio.get_running_loop().time() - began < 16
        assert office.records.over[call.record.call_id].detail == "the server went away"

    story(tmp_path, tell)


def _failing(error: RingmasterError) -> Callable[..., Awaitable[CallConnection]]:
    async def fail(*_: object, **__: object) -> CallConnection:
        raise error

    return fail


def test_one_ring_under_two_ids_is_answered_once(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        await office.desk.incoming(RING)
        await office.desk.incoming(replace(RING, event_id="other", correlation_id="other", server_call_id="other"))
        await office.desk.incoming(replace(RING, context="another"))
        assert len(office.desk.live()) == 1
        await office.desk.incoming(replace(RING, correlation_id="two", context="two"))
        assert len(office.desk.live()) == 2

    story(tmp_path, tell)


@pytest.mark.parametrize("error", [Unavailable("calls", "ACS answered 500"), RuntimeError("a bug of ours")])
def test_a_ring_that_could_not_be_answered_is_tried_again(tmp_path: Path, error: Exception) -> None:
    async def tell(office: Office) -> None:
        answer, office.control.answer = office.control.answer, _failing(error)
        with pytest.raises(type(error)):
            await office.desk.incoming(RING)
        assert not office.desk.live()
        office.control.answer = answer
        await office.desk.incoming(RING)
        assert len(office.desk.live()) == 1

    story(tmp_path, tell)


def test_the_secret_of_one_call_ends_no_call_of_another_connection(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        call, phone, _ = await office.phone()
        assert call.record.connection_id
        await office.desk.callback(call.token, CallEvent("1", "CallDisconnected", connection_id="another"))
        await asyncio.sleep(2)
        assert not office.records.over
        await phone.close()
        await office.desk.callback(
            call.token, CallEvent("1", "CallDisconnected", connection_id=call.record.connection_id)
        )
        await asyncio.sleep(2)
        assert office.records.over

    story(tmp_path, tell)
