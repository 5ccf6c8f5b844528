"""Softphones that ring, carry calls, break off and come back."""

import asyncio

import pytest

from backend.adapters.softphone.phones import ConnectedSoftphones
from backend.adapters.softphone.softphone import ConnectedSoftphone
from backend.domain.call_event import CallEvent
from backend.errors import CallNotFound, ProtocolError, TimedOut, Unavailable
from backend.protocol.softphone import Hello
from backend.testing.virtual_time import run_virtual
from tests.unit.adapters.softphone.browser_socket import BrowserSocket, Sink


def phone_of(phones: ConnectedSoftphones, socket: BrowserSocket, hello: Hello | None = None) -> ConnectedSoftphone:
    return ConnectedSoftphone(phones, hello or Hello(line="insurance"), socket.receive, socket.send)


def test_a_call_rings_on_its_line_as_a_test_and_only_while_it_rings() -> None:
    async def whole() -> None:
        phones = ConnectedSoftphones()
        phone = phone_of(phones, BrowserSocket(), Hello(line="x", caller="+13125550142", version="ab12"))
        with phone.ring("insurance") as call:
            assert (call.way, call.caller.reveal(), call.called.reveal()) == ("softphone", "+13125550142", "")
            assert call.plan is not None
            assert (call.plan.line, call.plan.version, call.plan.test) == ("insurance", "ab12", True)
            connection = phones.answer(call.context, "secret")
            assert (phone.token, phone.connection_id) == ("secret", connection.connection_id)
        with pytest.raises(CallNotFound):
            phones.answer(call.context, "secret")

    run_virtual(whole())


def test_who_hangs_up_is_reported_to_the_call() -> None:
    told: list[tuple[str, CallEvent]] = []

    async def tell(token: str, event: CallEvent) -> None:
        told.append((token, event))

    async def whole() -> None:
        phones, socket = ConnectedSoftphones(), BrowserSocket()
        phones.tell = tell
        phone = phone_of(phones, socket)
        with phone.ring("insurance") as call:
            phones.answer(call.context, "secret")
        socket.says("bye")
        await phone.link.receive(Sink())
        await asyncio.sleep(0.01)
        await phone.close()
        assert phones.count == 0, "nothing is kept of a call that is over"

    run_virtual(whole())
    ((token, event),) = told
    assert (token, event.type) == ("secret", "CallDisconnected")


def test_who_broke_off_is_waited_for_ten_seconds() -> None:
    async def whole() -> None:
        phones, socket = ConnectedSoftphones(), BrowserSocket()
        phone = phone_of(phones, socket)
        with phone.ring("insurance") as call:
            connection = phones.answer(call.context, "secret").connection_id
        await phones.wait_back(connection)  # it is there
        socket.goes()
        await phone.link.receive(Sink())
        began = asyncio.get_running_loop().time()
        with pytest.raises(CallNotFound):
            await phones.wait_back(connection)
        assert asyncio.get_running_loop().time() - began == pytest.approx(10.0)

    run_virtual(whole())


def test_who_comes_back_carries_the_call_again() -> None:
    async def whole() -> None:
        phones, socket = ConnectedSoftphones(), BrowserSocket()
        phone = phone_of(phones, socket)
        with phone.ring("insurance") as call:
            connection = phones.answer(call.context, "secret").connection_id
        phone.tell_call("c1", "insurance", "one", "v")
        await asyncio.sleep(0.01)
        resume = socket.events[0]["resume"]
        socket.goes()
        await phone.link.receive(Sink())
        waiting = asyncio.create_task(phones.wait_back(connection))
        await asyncio.sleep(3)
        back = phone_of(phones, BrowserSocket(), Hello(resume=resume))
        assert back.wish.resumes and (back.connection_id, back.token) == (connection, "secret")
        back.go_on()
        await waiting
        assert phones.link_of(connection) is back.link
        await phone.close()
        assert phones.link_of(connection) is back.link, "the former connection takes nothing away"

    run_virtual(whole())


def test_a_second_one_that_is_not_let_in_takes_nothing_from_the_one_that_carries() -> None:
    async def whole() -> None:
        phones = ConnectedSoftphones()
        phone = phone_of(phones, BrowserSocket())
        with phone.ring("insurance") as call:
            connection = phones.answer(call.context, "secret").connection_id
        hello = Hello(resume=f"{connection}.secret")
        second = phone_of(phones, BrowserSocket(), hello)
        second.go_on()
        await second.close()
        assert phones.link_of(connection) is phone.link
        stranger = phone_of(phones, BrowserSocket(), hello)
        await stranger.close()
        assert (phones.link_of(connection), phones.count) == (phone.link, 1)
        await phone.close()
        assert phones.count == 0

    run_virtual(whole())


def test_a_call_of_another_way_in_is_not_waited_for() -> None:
    async def whole() -> None:
        began = asyncio.get_running_loop().time()
        with pytest.raises(CallNotFound):
            await ConnectedSoftphones().wait_back("LK_1")
        assert asyncio.get_running_loop().time() == began

    run_virtual(whole())


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ([("key", {"key": "1"})], ProtocolError),
        ([("hello", {"rate": 8000})], ProtocolError),
        ([("hello", {"caller": "not a number"})], ProtocolError),
        ([("hello", {"resume": "nothing of ours"})], ProtocolError),
        ([], TimedOut),
    ],
)
def test_a_client_says_hello_first(said: list[tuple[str, dict[str, object]]], fault: type[Exception]) -> None:
    async def whole() -> None:
        socket = BrowserSocket()
        for kind, told in said:
            socket.says(kind, **told)
        with pytest.raises(fault):
            await ConnectedSoftphones().open(socket.receive, socket.send)

    run_virtual(whole())


def test_a_client_that_closes_before_it_says_anything_is_gone() -> None:
    async def whole() -> None:
        socket = BrowserSocket()
        socket.goes()
        with pytest.raises(Unavailable):
            await ConnectedSoftphones().open(socket.receive, socket.send)

    run_virtual(whole())
