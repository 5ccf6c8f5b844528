"""The end of a media socket: who was faster is no fault, a broken one is told."""

import logging
from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from backend.adapters.acs.media_link import AcsMediaLink
from backend.domain.audio import AudioFormat


async def close(error: Exception) -> None:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.disconnect"}

    async def send(_: MutableMapping[str, Any]) -> None:
        raise error

    await AcsMediaLink(receive, send, AudioFormat(16_000)).close()


async def test_a_service_that_hung_up_first_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await close(WebSocketDisconnect(1006))
    assert not caplog.records


async def test_a_socket_that_broke_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await close(RuntimeError("broken"))
    assert [record.getMessage() for record in caplog.records] == ["media socket was already broken when it was closed"]
