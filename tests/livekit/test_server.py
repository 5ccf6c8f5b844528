"""The real server that other tests stand on: it starts, takes our tokens only, and is heard on loopback only."""

from collections.abc import Iterator

import psutil
import pytest
from livekit import api

from backend.errors import ConfigError
from local_azure.livekit.server_process import LiveKitServer
from local_azure.livekit.server_process import livekit_server as started

pytestmark = pytest.mark.livekit


async def test_it_takes_what_its_key_signed(livekit_server: LiveKitServer) -> None:
    async with api.LiveKitAPI(livekit_server.http_url, livekit_server.api_key, livekit_server.api_secret) as client:
        made = await client.room.create_room(api.CreateRoomRequest(name="a room"))
        rooms = (await client.room.list_rooms(api.ListRoomsRequest(names=["a room"]))).rooms
        assert [room.sid for room in rooms] == [made.sid]
        await client.room.delete_room(api.DeleteRoomRequest(room="a room"))


async def test_it_refuses_what_another_signed(livekit_server: LiveKitServer) -> None:
    async with api.LiveKitAPI(
        livekit_server.http_url, livekit_server.api_key, "another secret of 32 letters, or so"
    ) as client:
        with pytest.raises(api.TwirpError) as refused:
            await client.room.list_rooms(api.ListRoomsRequest())
        assert refused.value.status == 401


def test_a_secret_that_is_too_short_is_told_before_it_is_used() -> None:
    with pytest.raises(ConfigError, match="LIVEKIT_API_SECRET: expected 32 characters"), started(api_secret="short"):
        pass


def test_nobody_else_reaches_it(livekit_server: LiveKitServer) -> None:
    sockets = list(_listening(livekit_server))
    assert sockets and set(sockets) == {"127.0.0.1"}


def _listening(server: LiveKitServer) -> Iterator[str]:
    for socket in psutil.Process(server.process.pid).net_connections("inet"):
        if socket.status in ("LISTEN", "NONE"):
            yield socket.laddr.ip
