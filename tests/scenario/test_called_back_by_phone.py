"""Somebody whose report broke off is called back through everything that is real: the API, the carrier, their phone."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from house import house

from backend.domain.call import CallRecord
from backend.domain.private import Private

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

CALLER = "+12065550123"
DRAFT = {"loss_date": "2026-11-20", "incident_description": "I was rear ended at a red light."}


async def test_the_draft_is_gone_on_with_on_their_own_phone(tmp_path: Path) -> None:
    async with house(tmp_path, hurried=True) as home, httpx2.AsyncClient(base_url=f"{home.url}/api/v1") as http:
        now = datetime.now(UTC)
        earlier = CallRecord(
            call_id="broke-off", line="insurance", direction="inbound", caller=Private(CALLER), started_at=now,
            ended_at=now, outcome="caller_hung_up",
        )  # fmt: skip
        await home.services.records.ended(earlier)
        await home.services.cases.save_fields("broke-off", "fnol", "POL-A10001", DRAFT)
        async with asyncio.timeout(60):  # of a busy machine the database may be away for a moment, and is written later
            while not (await http.get("/cases", params={"status": "any"})).json():
                await asyncio.sleep(0.1)
        phone = home.azure.phones.wait_at(CALLER)
        answer = await http.post("/calls/broke-off/call-back", json={})
        assert answer.status_code == 201, answer.text
        await phone.until_connected()
        await phone.say_text("hello")
        await phone.until_answered("because our call was cut off")
        assert "report" not in phone.heard and "November" not in phone.heard
        for words, asked in (
            ("yes it is", "name"), ("john smith", "zip code"), ("six zero six zero one", "four digits"),
            ("four eight two one", "I still have your report of Friday, November 20."),
        ):  # fmt: skip
            await phone.say_text(words)
            await phone.until_answered(asked)
        phone.hang_up()
        call = await home.record(phone.connection_id)
        assert (call.call_id, call.direction, call.outcome) == (answer.json()["call_id"], "outbound", "caller_hung_up")
        (left,) = (await http.get("/cases", params={"status": "any"})).json()
        assert (left["call_id"], left["fields"]["loss_date"]) == (call.call_id, "2026-11-20")
