"""The real call-automation client against the local Azure: what a call that is gone, or not up yet, means."""

from collections.abc import AsyncGenerator

import pytest

from backend.adapters.acs.call_control import AcsCallControl
from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.emulator.phone.desk import NumberRule
from backend.emulator.server import EmulatorServer, emulator
from backend.errors import CallNotFound, CallRefused

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
    client = AcsCallControl(azure.url, azure.state.access_key, LINE)
    yield client
    await client.close()


async def test_a_ring_that_is_over_can_be_neither_answered_nor_refused(control: AcsCallControl) -> None:
    with pytest.raises(CallNotFound):
        await control.answer(GONE, callback_url=HERE, media_url="ws://127.0.0.1:9/media")
    with pytest.raises(CallNotFound):
        await control.reject(GONE)
    with pytest.raises(CallNotFound):
        await control.redirect(GONE, to=ELSEWHERE)


async def test_a_call_that_is_over_cannot_be_transferred(control: AcsCallControl) -> None:
    with pytest.raises(CallNotFound):
        await control.transfer("no-such-call", to=ELSEWHERE, context={}, callback_url=HERE)


async def test_a_call_that_still_rings_cannot_be_transferred_now(
    azure: EmulatorServer, control: AcsCallControl
) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule("no_answer")
    placed = await control.create(to=ELSEWHERE, callback_url=HERE, media_url="ws://127.0.0.1:9/media")
    with pytest.raises(CallRefused, match="still rings"):
        await control.transfer(placed.connection_id, to="+18005550178", context={}, callback_url=HERE)
    await control.hang_up(placed.connection_id)
