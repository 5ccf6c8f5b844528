"""Call control of softphones keeps the promises of every way in."""

from dataclasses import dataclass

import pytest
from call_control_suite import CallControlSuite

from backend.adapters.softphone.call_control import SoftphoneCallControl
from backend.adapters.softphone.phones import ConnectedSoftphones
from backend.domain.call import IncomingCall, WayOut
from backend.domain.private import Private
from backend.errors import ProviderRejected


@dataclass
class Stage:
    control: SoftphoneCallControl
    gone: IncomingCall


@pytest.fixture
def stage() -> Stage:
    gone = IncomingCall("r1", "r1", Private(""), Private(""), way="softphone")
    return Stage(SoftphoneCallControl(ConnectedSoftphones()), gone)


class TestSoftphones(CallControlSuite):
    async def test_nobody_can_be_called_on_one(self, stage: Stage) -> None:
        with pytest.raises(ProviderRejected, match="cannot be called"):
            await stage.control.create(to="+18005550177", token="t1", out=WayOut())
        with pytest.raises(ProviderRejected, match="phrase"):
            await stage.control.say("no-such-call", "Hello.", "a-voice")
