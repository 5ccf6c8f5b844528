"""Machines that take a call placed through a SIP trunk of LiveKit: their greeting and beep come through Opus."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from house import House
from rooms_office import TRUNKS, office
from voicemail_suite import VoicemailSuite

from backend.domain.call import WayOut
from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(120)]


class TestLiveKit(VoicemailSuite):
    @pytest.fixture(autouse=True)
    def _server(self, livekit_server: LiveKitServer) -> None:
        self.server = livekit_server

    @asynccontextmanager
    async def home(self, folder: Path, **environment: str) -> AsyncGenerator[tuple[House, WayOut]]:
        """A server with LiveKit."""
        async with office(self.server, folder, stt="sphinx", tts="espeak", **environment) as (home, _sip, _http):
            yield home, WayOut("livekit", TRUNKS[home.url])
