"""What every way in promises of its call control: on ACS, on LiveKit and for softphones alike."""

from typing import Protocol

import pytest

from backend.domain.call import IncomingCall, WayOut
from backend.errors import CallNotFound, CallRefused, TimedOut
from backend.ports import CallControl

__all__ = ["CallControlSuite", "ControlStage", "PlacedCallsSuite", "PlacingStage"]

ELSEWHERE, ANOTHER = "+18005550177", "+18005550178"


class ControlStage(Protocol):
    """A way in, with phones that do as they are told."""

    control: CallControl
    gone: IncomingCall
    """A ring that is over."""


class PlacingStage(ControlStage, Protocol):
    """A way in by which calls can be placed."""

    def nobody_picks_up(self, number: str) -> None:
        """This phone rings for ever."""
        ...

    def break_off(self) -> None:
        """The next request is taken, and its answer lost."""
        ...

    def placed(self) -> int:
        """How many calls were asked for."""
        ...


class CallControlSuite:
    """The contract; subclasses give a ``stage``."""

    async def test_a_ring_that_is_over_can_be_neither_answered_nor_refused(self, stage: ControlStage) -> None:
        control = stage.control
        with pytest.raises(CallNotFound):
            await control.answer(stage.gone, token="t1")
        with pytest.raises(CallNotFound):
            await control.reject(stage.gone)
        with pytest.raises(CallNotFound):
            await control.redirect(stage.gone, to=ELSEWHERE)

    async def test_a_call_that_is_over_cannot_be_transferred_but_hung_up(self, stage: ControlStage) -> None:
        with pytest.raises(CallNotFound):
            await stage.control.transfer("no-such-call", to=ELSEWHERE, context={}, token="t1")
        with pytest.raises(CallNotFound):
            await stage.control.press("no-such-call", "1", to=ELSEWHERE)
        with pytest.raises(CallNotFound):
            await stage.control.start_media("no-such-call", token="t1")
        await stage.control.hang_up("no-such-call")


class PlacedCallsSuite(CallControlSuite):
    """The same, and what is promised where calls can be placed."""

    async def test_a_call_that_still_rings_cannot_be_transferred_now(self, stage: PlacingStage) -> None:
        stage.nobody_picks_up(ELSEWHERE)
        placed = await stage.control.create(to=ELSEWHERE, token="t1", out=WayOut())
        with pytest.raises(CallRefused, match="still rings"):
            await stage.control.transfer(placed.connection_id, to=ANOTHER, context={}, token="t1")
        await stage.control.hang_up(placed.connection_id)

    async def test_a_call_whose_placing_broke_off_may_ring(self, stage: PlacingStage) -> None:
        stage.nobody_picks_up(ELSEWHERE)
        stage.break_off()
        with pytest.raises(TimedOut):
            await stage.control.create(to=ELSEWHERE, token="t1", out=WayOut())
        assert stage.placed() == 1  # it was not asked for twice
