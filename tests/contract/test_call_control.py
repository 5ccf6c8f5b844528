"""The real call-automation client against the local Azure: what a call that is gone, or not up yet, means."""

from collections.abc import AsyncGenerator

import pytest
from call_control_suite import PlacedCallsSuite

from backend.adapters.acs.call_control import AcsCallControl
from backend.domain.call import IncomingCall, WayOut
from backend.domain.private import Private
from backend.errors import CallNotFound, TimedOut, Unavailable
from local_azure.faults import Fault
from local_azure.phone.desk import NumberRule
from local_azure.server import EmulatorServer, emulator

pytestmark = pytest.mark.real

LINE, ELSEWHERE = "+18005550100", "+18005550177"
HERE = "http://127.0.0.1:9/callbacks"
GONE = IncomingCall("e1", "a ring that is over", Private("+13125550142"), Private(LINE))


class AcsStage:
    """ACS, as the local Azure has it."""

    gone = GONE

    def __init__(self, azure: EmulatorServer, control: AcsCallControl) -> None:
        self._azure, self.control = azure, control

    def nobody_picks_up(self, number: str) -> None:
        """This phone rings for ever."""
        self._azure.phones.rules[number] = NumberRule("no_answer")

    def break_off(self) -> None:
        """The next request is taken, and its answer lost."""
        self._azure.state.faults.add("acs", Fault("abort", after=1))

    def placed(self) -> int:
        """How many calls were asked for."""
        return len(self._azure.switchboard.calls)


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


class TestAcs(PlacedCallsSuite):
    """The contract on ACS."""

    @pytest.fixture
    def stage(self, azure: EmulatorServer, control: AcsCallControl) -> AcsStage:
        """The way in."""
        return AcsStage(azure, control)


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


async def test_keys_are_heard_by_whoever_is_on_the_call(azure: EmulatorServer, control: AcsCallControl) -> None:
    phone = azure.phones.dial(LINE)
    (ring,) = azure.switchboard.arrivals
    ringing = IncomingCall("e1", ring, Private(phone.number), Private(LINE))
    connection = await control.answer(ringing, token="t1")
    await phone.until_connected()
    await control.press(connection.connection_id, "05*#", to=phone.number)
    assert phone.tones == ["0", "5", "*", "#"]
    phone.hang_up()


async def test_where_nobody_listens_nothing_was_done() -> None:
    control = AcsCallControl("http://127.0.0.1:9", "a2V5", HERE, LINE)
    with pytest.raises(Unavailable):
        await control.create(to=ELSEWHERE, token="t1", out=WayOut())
    await control.close()
