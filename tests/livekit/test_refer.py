"""Callers who are handed on by REFER, through the whole server and a real room, and what becomes of them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from house import LINE, House, house
from rooms_office import greeted, registered, spoken_to

from local_azure.livekit.server_process import LiveKitServer
from local_azure.livekit.timings import SipTimings
from local_azure.phone.desk import NumberRule
from local_azure.phone.phone import Phone

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(150)]

PERSON_KEY = "0"


@asynccontextmanager
async def asks_for_a_person(
    server: LiveKitServer, folder: Path, person: NumberRule
) -> AsyncGenerator[tuple[House, Phone]]:
    """A caller who was greeted, and presses the key for a person, who takes calls by that rule."""
    async with house(folder, livekit=server.access) as running:
        await registered(running)
        running.azure.livekit_sip.take_every_number("ringmaster")
        running.azure.phones.rules["*"] = person
        phone = running.azure.phones.dial(LINE, via="livekit")
        await greeted(phone)
        phone.press(PERSON_KEY)
        yield running, phone
        phone.hang_up()


async def test_a_caller_whom_nobody_will_have_stays_and_is_spoken_with(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with asks_for_a_person(livekit_server, tmp_path, NumberRule("busy", 0.05)) as (running, phone):
        pressed = phone.now_ms
        await phone.until(lambda: spoken_to(phone, pressed) and phone.silent_ms > 2_000, 60)
        (call,) = running.services.desk.live()
        assert phone.state == "connected" and phone.moved_to is None
        assert call.outcome is None
        phone.hang_up()
        assert (await running.record(phone.connection_id)).outcome == "caller_hung_up"


async def test_a_caller_whom_the_network_drops_while_nobody_answers_was_not_transferred(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with asks_for_a_person(livekit_server, tmp_path, NumberRule("no_answer")) as (running, phone):
        running.azure.livekit_sip.timings = SipTimings(refer_gives_up=27.0)
        record = await running.record(phone.connection_id, 60)
        assert phone.state == "ended"
        assert record.outcome == "caller_hung_up"
