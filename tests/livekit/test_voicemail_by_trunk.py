"""Machines that take a call placed through a SIP trunk of LiveKit: their greeting and beep come through Opus."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from house import House
from rooms_office import TRUNKS, office
from voicemail_suite import VoicemailSuite, store_of_two_lines

from backend.domain.call import WayOut
from local_azure.livekit.server_process import LiveKitServer

pytestmark = [
    pytest.mark.livekit,
    pytest.mark.real,
    pytest.mark.long_call,
    pytest.mark.timeout(120),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def placing(
    livekit_server: LiveKitServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[House, WayOut]]:
    """A server with LiveKit."""
    folder = tmp_path_factory.mktemp("office")
    voices = {"stt": "sphinx", "tts": "espeak"}
    store = store_of_two_lines(folder)
    async with office(livekit_server, folder, **voices, AGENT_STORE=store) as (home, _sip, _http):
        yield home, WayOut("livekit", TRUNKS[home.url])


class TestLiveKit(VoicemailSuite):
    """Through LiveKit."""
