"""A real LiveKit server gives jobs; the whole server takes them, and callers in rooms hear it."""

import asyncio
import secrets
import time
from pathlib import Path

import pytest
from guest import PHONE, dispatch, guest
from house import House, house

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real]


async def registered(running: House) -> None:
    """Wait until jobs can come."""
    async with asyncio.timeout(10):
        while not running.services.stats()["livekit"].get("registered"):
            await asyncio.sleep(0.02)


async def test_a_phone_in_a_room_hears_the_greeting_and_hangs_up(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with house(tmp_path, **livekit_server.environment()) as running:
        await registered(running)
        room = f"call-{secrets.token_hex(4)}"
        async with guest(livekit_server, room, "sip_+14255550100", kind="sip", attributes=PHONE) as phone:
            await phone.publish()
            asked = time.monotonic()
            await dispatch(livekit_server, room)
            first = await phone.until_heard()
            print("first sound after", first - asked)
            (live,) = running.services.desk.live()
            assert (live.line, live.way, live.caller.reveal()) == ("insurance", "livekit", "+14255550100")
        record = await running.record(live.connection_id)
        assert record.outcome == "caller_hung_up"
