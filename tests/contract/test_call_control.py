"""The real call-automation client against the local Azure: what a call that is gone, or not up yet, means."""

from collections.abc import AsyncGenerator

import pytest

from backend.adapters.acs.call_control import AcsCallControl
from backend.domain.call import IncomingCall, WayOut
from backend.domain.private import Private
from backend.errors import CallNotFound, CallRefused, TimedOut, Unavailable
from local_azure.faults import Fault
from local_azure.phone.desk import NumberRule
from local_azure.server import EmulatorServer, emulator

pytestmark = pytest.mark.real

LINE, ELSEWHERE = "+18005550100", "+18005550177"
HERE = "http://127.0.0.1:9/callbacks"
GONE = IncomingCall("e1", "a ring that is over", Private("+13125550142"), Private(LINE))


@pytest.fixture
async def azure() -> AsyncGenerator[EmulatorServer]:
    """A local Azure."""
    async with emulator() as running:
        yield running


@pytest.fixture
async def control(azure: EmulatorServer) -> AsyncGenerator[AcsCallControl]:
    """The client."""
    client = AcsCallControl(azure.url, azure.state.access_key, HERE, LINE)
    yield client
    await client.close()


async def test_a_ring_that_is_over_can_be_neither_answered_nor_refused(control: AcsCallControl) -> None:
    with pytest.raises(CallNotFound):
        await control.answer(GONE, token="t1")
    with pytest.raises(CallNotFound):
        await control.reject(GONE)
    with pytest.raises(CallNotFound):
        await control.redirect(GONE, to=ELSEWHERE)


async def test_a_call_that_is_over_cannot_be_transferred(control: AcsCallControl) -> None:
    with pytest.raises(CallNotFound):
        await control.transfer("no-such-call", to=ELSEWHERE, context={}, token="t1")


async def test_a_call_that_still_rings_cannot_be_transferred_now(
    azure: EmulatorServer, control: AcsCallControl
) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule("no_answer")
    placed = await control.create(to=ELSEWHERE, token="t1", out=WayOut())
    with pytest.raises(CallRefused, match="still rings"):
        await control.transfer(placed.connection_id, to="+18005550178", context={}, token="t1")
    await control.hang_up(placed.connection_id)


async def test_an_answer_whose_news_is_lost_may_have_been_given(azure: EmulatorServer, control: AcsCallControl) -> None:
    azure.state.faults.add("acs", Fault("abort", after=1, match=":answer"))
    phone = azure.phones.dial(LINE)
    (ring,) = azure.switchboard.arrivals
    ringing = IncomingCall("e1", ring, Private(phone.number), Private(LINE))
    with pytest.raises(TimedOut):
        await control.answer(ringing, token="t1")
    await phone.until_connected()
    with pytest.raises(CallNotFound):  # a second try finds that it does not ring any more
        await control.answer(ringing, token="t1")
    phone.hang_up()


async def test_a_call_whose_placing_broke_off_may_ring(azure: EmulatorServer, control: AcsCallControl) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule("no_answer")
    azure.state.faults.add("acs", Fault("abort", after=1))
    with pytest.raises(TimedOut):
        await control.create(to=ELSEWHERE, token="t1", out=WayOut())
    assert len(azure.switchboard.calls) == 1  # it was not asked for twice


async def test_where_nobody_listens_nothing_was_done() -> None:
    control = AcsCallControl("http://127.0.0.1:9", "a2V5", HERE, LINE)
    with pytest.raises(Unavailable):
        await control.create(to=ELSEWHERE, token="t1", out=WayOut())
    await control.close()
