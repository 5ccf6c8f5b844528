"""``ringmaster call`` finds out what is wrong before it spends minutes on a call."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web
from typer.testing import CliRunner

from backend.errors import ConfigError
from local_azure import call_client
from local_azure.call_client import CallClient, CallOrder
from local_azure.phone.persona import load_persona
from local_azure.ports import free_port
from local_azure.server import EmulatorServer
from local_azure.state import Subscription

PERSONA = Path(__file__).resolve().parents[2] / "personas/rear_end"


@pytest.fixture
async def closed_server() -> AsyncGenerator[str]:
    """A server whose operations API wants a key."""
    application = web.Application()
    application.router.add_get("/api/v1/calls", _refuse)
    runner = web.AppRunner(application)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def _refuse(_: web.Request) -> web.Response:
    return web.json_response({"error": {"code": "auth.refused", "message": "not authorized"}}, status=401)


async def _dial(azure: EmulatorServer, server: str, *, subscribed: bool = True) -> str:
    if subscribed:
        azure.state.subscriptions.append(Subscription("calls", "http://127.0.0.1:1", validated=True))
    order = CallOrder(load_persona(PERSONA), "+18005550100", "+12065550123", 5)
    with pytest.raises(ConfigError) as refused:
        await CallClient(azure.url, server).place(order, lambda _: None)
    assert not azure.phones.phones
    return str(refused.value)


async def test_nobody_is_called_when_no_server_is_there(azure: EmulatorServer) -> None:
    server = f"http://127.0.0.1:{free_port()}"
    assert await _dial(azure, server) == f"no server answers at {server}; --server names another"


async def test_nobody_is_called_when_the_key_is_missing(azure: EmulatorServer, closed_server: str) -> None:
    assert "API_KEY" in await _dial(azure, closed_server)


async def test_a_call_waits_for_a_local_azure_that_loads_its_models(
    azure: EmulatorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_client, "_SUBSCRIBED_SECONDS", 0.05)
    azure.state.loading = True
    dialed = asyncio.create_task(_dial(azure, server := f"http://127.0.0.1:{free_port()}", subscribed=False))
    assert not (await asyncio.wait([dialed], timeout=0.5))[0], dialed.result()
    azure.state.subscriptions.append(Subscription("calls", "http://127.0.0.1:1", validated=True))
    azure.state.loading = False
    assert await dialed == f"no server answers at {server}; --server names another"


async def test_a_call_that_nobody_would_be_told_of_is_not_made(
    azure: EmulatorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_client, "_SUBSCRIBED_SECONDS", 0.05)
    assert "no server is subscribed" in await _dial(azure, "http://127.0.0.1:1", subscribed=False)


class Stranger:
    """Another program at a port, which answers whatever it is asked with the same."""

    def __init__(self) -> None:
        self.says = b""
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.says)
        writer.close()


@pytest.fixture
async def stranger() -> AsyncGenerator[Stranger]:
    made = Stranger()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield made
    listening.close()


def _page(status: int, body: str) -> bytes:
    return (
        f"HTTP/1.1 {status} .\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
    )


STRANGE = [_page(200, "hello"), _page(200, "{}"), _page(404, "nothing"), _page(502, ""), b"-ERR unknown command\r\n"]


@pytest.mark.parametrize("says", STRANGE)
async def test_what_is_at_the_port_and_is_no_server_of_ours_is_called_so(
    azure: EmulatorServer, stranger: Stranger, says: bytes
) -> None:
    stranger.says = says
    expected = f"what answers at {stranger.url} is no server of Ringmaster; --server names another"
    assert await _dial(azure, stranger.url) == expected


@pytest.mark.parametrize("says", [*STRANGE, _page(200, "[]"), _page(200, '{"subscriptions": 1}')])
async def test_what_is_at_the_port_and_is_no_local_azure_is_called_so(stranger: Stranger, says: bytes) -> None:
    stranger.says = says
    order = CallOrder(load_persona(PERSONA), "+18005550100", "+12065550123", 5)
    with pytest.raises(ConfigError, match=f"what answers at {stranger.url} is no local Azure"):
        await CallClient(stranger.url, "http://127.0.0.1:1").place(order, lambda _: None)


async def test_a_server_that_refuses_is_heard(azure: EmulatorServer, stranger: Stranger) -> None:
    stranger.says = _page(503, '{"error": {"code": "x", "message": "the database does not answer"}}')
    assert await _dial(azure, stranger.url) == f"the server at {stranger.url} refuses: the database does not answer"


@pytest.mark.parametrize("place", [".", "no/such/folder/call.wav"])
def test_a_recording_that_cannot_be_written_is_refused_first(tmp_path: Path, place: str) -> None:
    from backend.cli.application import app

    done = CliRunner().invoke(app, ["call", str(PERSONA), "--record", str(tmp_path / place)])
    assert done.exit_code == 2
    assert "--record" in done.output


async def test_a_client_that_leaves_in_the_middle_of_a_request_is_no_error(azure: EmulatorServer) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/openai/v1/chat/completions",
        "headers": [(b"host", b"127.0.0.1"), (b"api-key", b"local")],
        "query_string": b"",
    }
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    assert azure._server is not None
    await azure._server.config.app(scope, receive, send)
    assert sent[0]["status"] == 499
