"""The LiveKit server is killed in mid-call and started anew: the call goes on, since all come back into its room."""

import asyncio
import secrets
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from guest import PHONE, dispatch, guest
from house import house

from local_azure.livekit.server_process import livekit_server
from local_azure.ports import free_port

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(120)]

GONE_S = 0.5
"""After this nothing of the old server is heard any more."""


async def test_a_call_outlives_the_server_that_it_came_by(tmp_path: Path) -> None:
    same = {"port": free_port(), "api_key": "devkey", "api_secret": secrets.token_urlsafe(32)}
    room = f"call-{secrets.token_hex(4)}"
    with ExitStack() as servers:
        server = servers.enter_context(livekit_server(**same))  # pyright: ignore[reportArgumentType]
        async with (
            house(tmp_path, **server.environment()) as running,
            guest(server, room, "sip_1", kind="sip", attributes=PHONE) as phone,
        ):
            await phone.publish()
            await dispatch(server, room)
            await phone.until_heard(limit_s=20)
            (before,) = running.services.desk.live()
            server.process.kill()
            server.process.wait()
            killed = time.monotonic()
            servers.enter_context(livekit_server(**same))  # pyright: ignore[reportArgumentType]
            await phone.until_heard(after=killed + GONE_S, limit_s=25)
            assert [call.call_id for call in running.services.desk.live()] == [before.call_id]
            await running.services.desk.hang_up(before.call_id)
            async with asyncio.timeout(30):
                await phone.gone.wait()
