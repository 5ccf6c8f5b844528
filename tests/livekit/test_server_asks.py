"""What a real LiveKit server does with a worker that says it is busy."""

import asyncio
import secrets

import pytest
from guest import dispatch

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.worker import LiveKitWorker
from backend.domain.exchange import WorkerLoad
from local_azure.livekit.server_process import LiveKitServer

pytestmark = pytest.mark.livekit


@pytest.mark.parametrize("live", [8, 10], ids=["eight of ten", "all of ten, and there is no other worker"])
async def test_the_last_calls_of_a_worker_are_brought_to_it_too(livekit_server: LiveKitServer, live: int) -> None:
    taken: asyncio.Future[Job] = asyncio.get_running_loop().create_future()
    name = f"busy-{secrets.token_hex(4)}"

    async def take(job: Job) -> None:
        taken.set_result(job)

    worker = LiveKitWorker(
        LiveKitAccess(livekit_server.url, livekit_server.api_key, livekit_server.api_secret),
        name,
        take=take,
        end=lambda _: None,
        load=lambda: WorkerLoad(live=live, capacity=10),
        speaking=lambda: 0,
        others_can=lambda: False,
    )
    worker.start()
    try:
        assert await worker.registered(30.0)
        await asyncio.sleep(0.1)  # the report of its load is a message of its own
        await dispatch(livekit_server, room := f"room-{secrets.token_hex(4)}", agent=name)
        async with asyncio.timeout(30):
            assert (await taken).room == room
    finally:
        await worker.close()
