"""A server without ACS: phones and browsers come to it by a real LiveKit server, and nothing of ACS is there."""

from pathlib import Path

import httpx2
import pytest
from guest import Guest
from house import house
from rooms_office import registered, spoken_to

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real]

LINE = "+18005550100"
NO_ACS = {
    "ACS_ENDPOINT": "",
    "ACS_ACCESS_KEY": "",
    "ACS_RESOURCE_ID": "",
    "ACS_SOURCE_NUMBER": "",
    "ACS_SMS_NUMBER": "",
}


async def test_phones_and_browsers_are_answered_without_acs(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with (
        house(tmp_path, livekit=livekit_server.access, **NO_ACS) as running,
        httpx2.AsyncClient(base_url=running.url, timeout=30) as http,
    ):
        await registered(running)
        running.azure.livekit_sip.take_every_number("ringmaster")
        phone = running.azure.phones.dial(LINE, via="livekit")
        await phone.until_connected(60)
        await phone.until(lambda: spoken_to(phone), 60)
        phone.hang_up()

        told = (await http.post("/api/v1/livekit/token", json={"line": "insurance"})).json()
        person = Guest(livekit_server, told["room"], told["identity"])
        await person.enter(told["url"], told["token"])
        try:
            await person.publish()
            await person.until_heard()
        finally:
            await person.leave()

        health = (await http.get("/api/v1/health?deep=1")).json()
        assert health["ways"] == ["livekit"]
        assert health["deep"]["livekit"]["result"] == "ok" and "acs" not in health["deep"]
        assert (await http.post("/api/v1/calls/answer", json=[])).status_code in (404, 405)
