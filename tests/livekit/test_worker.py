"""A real LiveKit server gives jobs; the whole server takes them, and callers in rooms hear it."""

import asyncio
import secrets
import time
from pathlib import Path
from typing import Any

import pytest
from guest import PHONE, dispatch, guest
from house import LINE, house
from livekit.protocol import agent as wire
from rooms_office import registered

from backend.adapters.livekit.worker import LiveKitWorker
from local_azure.livekit.server_process import LiveKitServer

REMOVED = 4
"""``DisconnectReason`` of whoever is put out of a room."""

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(120)]


async def test_a_phone_in_a_room_hears_the_greeting_and_hangs_up(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with house(tmp_path, **livekit_server.environment()) as running:
        await registered(running)
        room = f"call-{secrets.token_hex(4)}"
        async with guest(livekit_server, room, "sip_+14255550100", kind="sip", attributes=PHONE) as phone:
            await phone.publish()
            asked = time.monotonic()
            await dispatch(livekit_server, room)
            print(f"first sound {await phone.until_heard() - asked:.2f} s after the dispatch")
            (live,) = running.services.desk.live()
            assert (live.line, live.way, live.caller.reveal()) == ("insurance", "livekit", "+14255550100")
            assert live.call_id and "4255550100" not in live.connection_id
        record = await running.record(live.connection_id)
        assert record.outcome == "caller_hung_up"


async def test_a_call_is_taken_once_and_ended_for_the_phone(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with house(tmp_path, **livekit_server.environment()) as running:
        await registered(running)
        room = f"call-{secrets.token_hex(4)}"
        claims = {"kind": "sip", "attributes": PHONE, "asks_for": "ringmaster"}  # by the configuration of the room
        async with guest(livekit_server, room, "sip_+14255550100", **claims) as phone:
            await phone.until_heard()
            await dispatch(livekit_server, room)  # whoever asks twice gets one agent
            async with asyncio.timeout(30):
                while (
                    running.services.stats()["livekit"]["taken"] < 2 or running.services.stats()["livekit"]["jobs"] > 1
                ):
                    await asyncio.sleep(0.02)
            (live,) = running.services.desk.live()
            await running.services.desk.hang_up(live.call_id)
            async with asyncio.timeout(30):
                await phone.gone.wait()
            assert phone.why == REMOVED
        assert (await running.record(live.connection_id)).outcome == "completed"


async def test_a_phone_that_rang_before_there_was_a_worker_is_answered(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    room = f"call-{secrets.token_hex(4)}"
    ringing = PHONE | {"sip.callStatus": "ringing", "sip.callID": f"SCL_{room}"}
    async with guest(livekit_server, room, "sip_+14255550100", kind="sip", attributes=ringing) as phone:
        await dispatch(livekit_server, room)  # nobody is there to take it, and LiveKit does not ask again
        taken_up = list[asyncio.Task[None]]()

        def take_up(*_: object) -> None:
            up = phone.room.local_participant.set_attributes({"sip.callStatus": "active"})
            taken_up.append(asyncio.ensure_future(up))

        phone.room.on("track_subscribed", take_up)
        async with house(tmp_path, **livekit_server.environment()) as running:
            await phone.until_heard(limit_s=40)
            assert taken_up and len(running.services.desk.live()) == 1


async def test_a_phone_whom_every_worker_turned_down_at_first_is_answered(
    livekit_server: LiveKitServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may have counted on another one. LiveKit does not ask again, and the phone would ring for nobody."""
    asked, declined = LiveKitWorker._asked, list[str]()

    async def declines_once(self: LiveKitWorker, socket: Any, job: wire.Job) -> None:
        if declined:
            return await asked(self, socket, job)
        declined.append(job.id)
        await socket.send(wire.WorkerMessage(availability=wire.AvailabilityResponse(job_id=job.id, available=False)))

    monkeypatch.setattr(LiveKitWorker, "_asked", declines_once)
    async with house(tmp_path, livekit=livekit_server.access) as running:
        await registered(running)
        running.azure.livekit_sip.take_every_number("ringmaster")
        phone = running.azure.phones.dial(LINE, via="livekit")
        await phone.until_connected(20)
        assert declined and len(running.services.desk.live()) == 1
        phone.hang_up()
