"""What is shown of a call at its end keeps nobody on the line."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from backend.domain.call import CallRecord
from backend.domain.ending import Ending
from backend.domain.session import CallSession
from backend.engine.call.showing import Showing, ShownCall
from backend.testing.virtual_time import run_virtual


class SlowBook:
    async def draft(self, call_id: str, form: str) -> None:
        await asyncio.sleep(60)


class Screen:
    def __init__(self) -> None:
        self.ended: list[str] = []

    def agent_is(self, name: str) -> None: ...

    def over(self, outcome: str, detail: str) -> None:
        self.ended.append(outcome)


def test_a_database_that_is_slow_delays_the_end_by_a_second_and_it_is_shown() -> None:
    async def whole() -> None:
        screen = Screen()
        record = CallRecord(call_id="c1", line="insurance", direction="browser", started_at=datetime.now(UTC))
        session = CallSession(call_id="c1", line="insurance", active_agent="auth")
        shown = ShownCall(record, session, SlowBook(), ("fnol",))
        conversation = SimpleNamespace(scene=SimpleNamespace(turn=None))
        showing = Showing(SimpleNamespace(screen=screen), conversation, shown)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await showing.close(Ending("completed", ""))
        assert loop.time() - began == pytest.approx(1.0)
        assert screen.ended == ["completed"]

    run_virtual(whole())
