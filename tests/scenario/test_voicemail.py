"""A machine of the local Azure answers a placed call, over the real SDKs: a greeting in a voice, then a beep."""

import asyncio
from pathlib import Path

import pytest
from house import house

from backend.domain.call import CallRecord
from local_azure.phone.desk import NumberRule

pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

THERE = "+13125550142"


@pytest.mark.long_call
async def test_a_machine_is_hung_up_on(tmp_path: Path) -> None:
    async with house(tmp_path, ACS_SOURCE_NUMBER="+18005550100") as home:
        home.azure.phones.rules[THERE] = NumberRule("voicemail", 0.5)
        placed = await home.ringmaster.desk.place(THERE, "insurance")
        kept: CallRecord | None = None
        for _ in range(60):
            await asyncio.sleep(0.5)
            kept = await home.services.records.get(placed.call_id)
            if kept is not None and kept.outcome:
                break
        assert kept is not None
        assert kept.outcome == "voicemail"
        assert all(not turn.heard for turn in kept.turns)
