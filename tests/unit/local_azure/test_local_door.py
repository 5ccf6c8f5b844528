"""The local Azure is for programs of this machine: a web page can neither change nor read it."""

import aiohttp
import pytest

from local_azure.server import EmulatorServer, emulator

CONTROL = [
    ("POST", "/emulator/subscriptions"),
    ("POST", "/emulator/faults"),
    ("DELETE", "/emulator/faults"),
    ("PUT", "/emulator/latency"),
    ("PUT", "/emulator/engines"),
    ("POST", "/emulator/event-grid"),
    ("PUT", "/emulator/numbers/x"),
    ("DELETE", "/emulator/calls/x"),
]


async def status(azure: EmulatorServer, method: str, path: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as web,
        web.request(method, azure.url + path, data=b"{}", headers=named) as answer,
    ):
        return answer.status


@pytest.mark.parametrize(("method", "path"), CONTROL)
async def test_another_sites_page_changes_nothing(method: str, path: str) -> None:
    async with emulator(stt="scripted", tts="tone") as azure:
        json = {"Content_Type": "application/json"}
        assert await status(azure, method, path, **json, Origin="http://evil.example") == 403
        assert await status(azure, method, path, **json, Origin="null") == 403
        assert await status(azure, method, path, **json, Sec_Fetch_Site="cross-site") == 403
        assert await status(azure, method, path, Content_Type="text/plain") == 415
        assert await status(azure, method, path, **json, Host="evil.example") == 421
        assert await status(azure, method, path, **json) not in (403, 415, 421)


async def test_no_page_reads_it_by_a_name_of_its_own_or_gets_a_phone() -> None:
    async with emulator(stt="scripted", tts="tone") as azure:
        assert await status(azure, "GET", "/emulator/calls", Host="evil.example:8090") == 421
        assert await status(azure, "GET", "/emulator/health") == 200
        async with aiohttp.ClientSession() as web:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await web.ws_connect(f"{azure.url}/emulator/phone", headers={"Origin": "http://evil.example"})
            async with web.ws_connect(f"{azure.url}/emulator/phone") as socket:
                assert not socket.closed
