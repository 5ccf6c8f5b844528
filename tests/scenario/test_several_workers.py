"""Calls on two real worker processes, one of which is killed."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from troupe import LINE, Troupe, troupe

from backend.testing.stage import ENGLISH
from local_azure.phone.phone import Phone

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(180),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.long_call,
]

NAME, ZIP, LAST4 = "karen miller", "seven seven zero zero two", "nine zero three seven"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Troupe]:
    async with troupe(tmp_path_factory.mktemp("troupe")) as found:
        yield found


async def say(phone: Phone, line: str, answer: str) -> None:
    """Say a line, until some words are heard in answer, and the agent has finished."""
    await phone.say_text(line)
    await phone.until_answered(answer)


async def dial(stage: Troupe) -> Phone:
    phone = stage.azure.phones.dial(LINE)
    await phone.until_connected()
    await phone.until_answered("How can I help you")
    return phone


async def test_calls_land_on_any_worker_and_end_where_they_should(stage: Troupe) -> None:
    stage.azure.event_grid.duplicates = 2

    async def ask(number: int) -> None:
        await asyncio.sleep(number * 0.2)
        phone = await dial(stage)
        await say(phone, "what is my deductible", "name")
        if number % 2:
            phone.hang_up()
            assert (await stage.record(phone.connection_id)).outcome == "caller_hung_up"
            return
        call_id = await stage.live(phone.connection_id)
        alone = {"Connection": "close"}  # each request may meet another worker
        assert (await stage.http.get(f"/api/v1/calls/{call_id}", headers=alone)).json()["agents"] == ["auth"]
        assert (await stage.http.post(f"/api/v1/calls/{call_id}/hangup", headers=alone)).status_code == 204
        call = await stage.record(phone.connection_id)
        assert (call.outcome, call.detail) == ("completed", "ended by an operator")
        assert call.turns[1].caller_text == "what is my deductible"

    before = len(await stage.records.list(limit=200))
    await asyncio.gather(*(ask(number) for number in range(6)))
    stage.azure.event_grid.duplicates = 0
    assert len(await stage.records.list(limit=200)) == before + 6
    async with asyncio.timeout(25):
        while left := [key for key in await stage.redis.keys("rm:*") if key.split(b":")[1] in (b"lease", b"ring")]:
            await asyncio.sleep(0.1)
    assert left == []


async def test_a_caller_whose_worker_is_killed_goes_on_with_another(stage: Troupe) -> None:
    phone = await dial(stage)
    await say(phone, "what is my deductible", "name")
    await say(phone, NAME, "zip code")
    call_id = await stage.live(phone.connection_id)
    killed = await stage.kill_owner(call_id)
    await phone.until_answered(ENGLISH.resumed)
    assert await stage.owner(call_id) != killed
    await say(phone, ZIP, "last four")
    await say(phone, LAST4, "1000 dollars")
    await say(phone, "no thank you goodbye", "bye")
    await phone.until(lambda: phone.state == "ended", 20)
    call = await stage.record(phone.connection_id)
    assert (call.outcome, call.agents) == ("completed", ["auth", "general_info"])
    spoken = [turn.caller_text.lower() for turn in call.turns if turn.caller_text]
    assert spoken[:2] == ["what is my deductible", NAME]
    assert phone.heard.count("zip code") <= 2
