"""``ringmaster call`` finds out what is wrong before it spends minutes on a call."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web
from typer.testing import CliRunner

from backend.errors import ConfigError
from local_azure.call_client import CallClient, CallOrder
from local_azure.phone.persona import load_persona
from local_azure.redis_server import free_port
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


async def _dial(azure: EmulatorServer, server: str) -> str:
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


@pytest.mark.parametrize("place", [".", "no/such/folder/call.wav"])
def test_a_recording_that_cannot_be_written_is_refused_first(tmp_path: Path, place: str) -> None:
    from backend.__main__ import app

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
