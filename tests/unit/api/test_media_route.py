"""A media socket that does not keep to the protocol is closed with a code and a reason that its owner can look up."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.adapters.acs import media_link
from backend.boot.ways_in import acs_media
from tests.unit.api.test_line_scope import House


class Desk:
    """Expects every socket, and has no call for it."""

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        return True

    async def attach(self, token: str, link: object) -> None:
        raise AssertionError("it never came so far")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    house = House(None)
    state = house.app.state
    state.services = replace(state.services, desk=Desk(), open_media=acs_media)
    monkeypatch.setattr(media_link, "_METADATA_LIMIT_S", 0.05)
    return TestClient(house.app)


def closed(client: TestClient, *texts: str) -> tuple[int, str]:
    with client.websocket_connect("/api/v1/media/stream/token") as socket:
        for text in texts:
            socket.send_text(text)
        with pytest.raises(WebSocketDisconnect) as end:
            socket.receive_text()
    return end.value.code, end.value.reason


def test_a_socket_that_says_nothing_is_told_what_is_missing(client: TestClient) -> None:
    code, reason = closed(client)
    assert code == 1002
    assert "AudioMetadata" in reason


def test_a_socket_that_begins_with_audio_is_told_so(client: TestClient) -> None:
    audio = '{"kind": "AudioData", "audioData": {"data": "AAA=", "timestamp": "2026-01-01T00:00:00Z", "silent": false}}'
    code, reason = closed(client, audio)
    assert code == 1007
    assert "before AudioMetadata" in reason


def test_a_socket_that_goes_before_its_call_began_is_not_said_to_be_nobodys(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "backend.api.media")
    with client.websocket_connect("/api/v1/media/stream/token"):
        pass
    told = [vars(record)["event"] for record in caplog.records if record.name == "backend.api.media"]
    assert told == ["media.gone"]
