"""Calls from a browser's socket, on a whole server: heard, shown, broken off and gone on with, refused."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from house import House, house
from softphone_client import softphone

from backend.domain.call import CallRecord

pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path) as opened:
        yield opened


async def over(running: House, call_id: str) -> CallRecord:
    async with asyncio.timeout(30):
        while True:
            record = await running.services.records.get(call_id)
            if record is not None and record.outcome is not None:
                return record
            await asyncio.sleep(0.05)


async def test_who_types_hears_and_sees_the_agent_and_the_call_is_a_test(running: House) -> None:
    async with softphone(running.url, line="insurance", caller="+13125550142", microphone=False) as phone:
        call = await phone.until("call")
        assert (call["line"], call["rate"]) == ("insurance", 16_000)
        await phone.until("state", state="listening")
        assert "Meridian" in phone.said()
        assert len(phone.voice) > 640 * 25 and len(phone.voice) % 640 == 0
        await phone.send("text", text="My policy number is P X seven four two one")
        heard = await phone.until("caller", final=True)
        assert "seven four two one" in heard["text"] or "7421" in heard["text"]
        turn = await phone.until("turn", turn=1)
        assert turn["waits"]["first_frame_ms"] > 0
        await phone.send("bye")
        assert (await phone.until("end"))["outcome"] == "caller_hung_up"
        assert await phone.until_closed() == 1000
    record = await over(running, call["call_id"])
    assert (record.test, record.way, record.direction, record.outcome) == (
        True, "softphone", "browser", "caller_hung_up",
    )  # fmt: skip
    assert record.caller.reveal() == "+13125550142"
