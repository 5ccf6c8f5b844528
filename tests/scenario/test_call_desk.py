"""Transfers that get into each other's way, callers that are gone, calls that never came about; on virtual time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from office import Office

from backend.domain.call import CallConnection, IncomingCall
from backend.domain.private import Private
from backend.errors import CallNotFound, CallRefused, RingmasterError, Unavailable
from backend.protocol.cloud_events import CallEvent
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

    async def transfer(self, connection_id: str, *, to: str, context: Mapping[str, str], callback_url: str) -> None:
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
        office.control.answer = _failing(CallNotFound("it does not ring any more"))
        await office.desk.incoming(RING)  # Event Grid is not asked to deliver it again
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


def _failing(error: RingmasterError) -> Callable[..., Awaitable[CallConnection]]:
    async def fail(*_: object, **__: object) -> CallConnection:
        raise error

    return fail
