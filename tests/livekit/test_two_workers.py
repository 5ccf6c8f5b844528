"""Two worker processes share the jobs of a real LiveKit server; one is killed in mid-call, and the caller goes on."""

import asyncio
import secrets
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from guest import PHONE, Guest, dispatch, guest
from kept_waiting import KeptWaiting
from troupe import Troupe, troupe

from backend.domain.call import CallRecord
from backend.testing.stage import ENGLISH
from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(150)]


async def owners(found: Troupe, count: int) -> dict[str, str]:
    """Who has which live call, once there are so many."""
    async with asyncio.timeout(60):
        while True:
            leases = [key.decode().split("{")[1].rstrip("}") for key in await found.redis.keys("rm:lease:*")]
            if len(leases) == count:
                return {call_id: await found.owner(call_id) for call_id in leases}
            await asyncio.sleep(0.1)


async def greeted(found: Troupe, call_id: str) -> None:
    """Wait until a greeting is kept as heard; who takes a call over before that greets anew."""
    async with asyncio.timeout(20):
        while (record := await found.records.get(call_id)) is None or not record.turns:
            await asyncio.sleep(0.1)


async def ended(found: Troupe, call_id: str) -> CallRecord:
    """The record of a call, once it has its outcome."""
    async with asyncio.timeout(60):
        while (record := await found.records.get(call_id)) is None or not record.outcome:
            await asyncio.sleep(0.1)
    return record


async def test_workers_share_rooms_and_go_on_with_those_of_one_that_dies(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with troupe(tmp_path, **livekit_server.environment(), MAX_CALLS="1") as found, AsyncExitStack() as guests:
        phones = list[Guest]()
        for number in range(2):
            room = f"call-{secrets.token_hex(4)}"
            claims = PHONE | {"sip.callID": f"SCL_{number}"}
            phone = await guests.enter_async_context(
                guest(livekit_server, room, "sip_1", kind="sip", attributes=claims)
            )
            phones.append(phone)
            await phone.publish()
            await dispatch(livekit_server, room)
            await phone.until_heard()
            await owners(found, number + 1)
        before = await owners(found, 2)
        assert len(set(before.values())) == 2  # who is full leaves a job to the other
        for phone in phones:
            await phone.until_quiet(1.0)
        for call_id in before:
            await greeted(found, call_id)

        killed_at = time.monotonic()
        killed = await found.kill_owner(next(iter(before)))
        heard = [asyncio.create_task(phone.until_heard(after=killed_at)) for phone in phones]
        async with KeptWaiting() as kept:
            done, _ = await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
        assert done.pop().result() - killed_at < 6 + kept.late_s  # a lease that runs out takes 6
        after = await owners(found, 2)
        assert set(after) == set(before) and killed not in after.values()
        for one in heard:
            one.cancel()
        await asyncio.gather(*heard, return_exceptions=True)
        (moved,) = [call_id for call_id, owner in before.items() if owner == killed]
        for phone in phones:
            await phone.until_quiet(2.0)
            await phone.leave()
        said = [turn.heard for turn in (await ended(found, moved)).turns]
        assert any(words.startswith(ENGLISH.resumed) for words in said), said  # as on ACS
