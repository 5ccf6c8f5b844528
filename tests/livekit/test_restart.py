"""The LiveKit server is killed in mid-call and comes back: the worker does, too, and nobody is left in a dead call."""

import asyncio
import secrets
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from guest import PHONE, dispatch, guest
from house import house

from local_azure.livekit.server_process import livekit_server
from local_azure.redis_server import free_port

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(120)]


async def test_calls_come_again_after_the_server_was_killed(tmp_path: Path) -> None:
    same = {"port": free_port(), "api_key": "devkey", "api_secret": secrets.token_urlsafe(32)}
    with ExitStack() as second, ExitStack() as first:
        server = first.enter_context(livekit_server(**same))
        async with house(tmp_path, **server.environment()) as running:
            room = f"call-{secrets.token_hex(4)}"
            caller = guest(server, room, "sip_1", kind="sip", attributes=PHONE)
            phone = await caller.__aenter__()
            await phone.publish()
            await dispatch(server, room)
            await phone.until_heard(limit_s=20)
            assert len(running.services.desk.live()) == 1
            server.process.kill()
            first.close()
            killed = time.monotonic()
            server = second.enter_context(livekit_server(**same))
            while time.monotonic() - killed < 40:
                stats = running.services.stats()["livekit"]
                print(
                    round(time.monotonic() - killed, 1),
                    stats,
                    len(running.services.desk.live()),
                    phone.gone.is_set(),
                    phone.why,
                    phone.last_heard - killed,
                )
                await asyncio.sleep(1)
