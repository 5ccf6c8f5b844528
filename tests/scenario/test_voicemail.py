"""Machines that take a call placed through ACS."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from house import House, house
from voicemail_suite import VoicemailSuite

from backend.domain.call import WayOut

pytestmark = [pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(120)]


class TestAcs(VoicemailSuite):
    @asynccontextmanager
    async def home(self, folder: Path, **environment: str) -> AsyncGenerator[tuple[House, WayOut]]:
        """A server with ACS."""
        voices = {"stt": "sphinx", "tts": "espeak", "ACS_SOURCE_NUMBER": "+18005550100"}
        async with house(folder, **voices, **environment) as home:
            yield home, WayOut("acs")
