"""Machines that take a call placed through ACS."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from house import House, house
from voicemail_suite import VoicemailSuite, store_of_two_lines

from backend.domain.call import WayOut

pytestmark = [
    pytest.mark.real,
    pytest.mark.long_call,
    pytest.mark.timeout(120),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def placing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[House, WayOut]]:
    """A server with ACS."""
    folder = tmp_path_factory.mktemp("house")
    own = {"ACS_SOURCE_NUMBER": "+18005550100", "AGENT_STORE": store_of_two_lines(folder)}
    async with house(folder, stt="sphinx", tts="espeak", **own) as home:
        yield home, WayOut("acs")


class TestAcs(VoicemailSuite):
    """Through ACS."""
