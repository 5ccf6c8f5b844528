"""Text messages by the real SDK against the local Azure."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from backend.adapters.acs.text_messages import AcsTextMessages
from backend.errors import ProviderRejected, Unavailable
from local_azure.faults import Fault
from local_azure.server import EmulatorServer, emulator

pytestmark = pytest.mark.real


@pytest.fixture
async def azure() -> AsyncIterator[EmulatorServer]:
    async with emulator(stt="scripted", tts="tone") as server:
        yield server


async def sent(azure: EmulatorServer) -> list[dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{azure.url}/emulator/sms") as answer:
        return await answer.json()


async def test_a_message_arrives_once_even_when_the_first_request_fails(azure: EmulatorServer) -> None:
    messages = AcsTextMessages(azure.url, azure.state.access_key, "+18005550100")
    try:
        azure.state.faults.add("sms", Fault(kind="status", status=503, times=1))
        await messages.send("+13125550142", "Your claim number is CLA-1.")
    finally:
        await messages.close()
    (message,) = await sent(azure)
    assert (message["to"], message["from"]) == ("+13125550142", "+18005550100")
    assert message["text"] == "Your claim number is CLA-1."


async def test_a_wrong_key_and_a_service_that_is_down(azure: EmulatorServer) -> None:
    stranger = AcsTextMessages(azure.url, "c2VjcmV0", "+18005550100")
    nobody = AcsTextMessages("http://127.0.0.1:9", azure.state.access_key, "+18005550100")
    try:
        with pytest.raises(ProviderRejected):
            await stranger.send("+13125550142", "hello")
        with pytest.raises(Unavailable):
            await nobody.send("+13125550142", "hello")
    finally:
        await stranger.close()
        await nobody.close()
    assert await sent(azure) == []
