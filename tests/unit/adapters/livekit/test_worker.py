"""The worker against a scripted LiveKit server: what it says yes to, and what it does when the server goes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import WSMsgType, web
from livekit.protocol import agent as wire

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.worker import LiveKitWorker
from backend.domain.exchange import WorkerLoad
from backend.errors import Unavailable

KEY, SECRET = "key", "a secret of thirty-two letters or so"


@dataclass
class Server:
    """Registers workers, asks them, and keeps what they say."""

    url: str = ""
    status: int = 101
    said: list[wire.WorkerMessage] = field(default_factory=list[wire.WorkerMessage])
    socket: web.WebSocketResponse | None = None
    connections: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.status != 101:
            return web.Response(status=self.status)
        self.connections += 1
        self.socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for got in socket:
            assert got.type is WSMsgType.BINARY
            message = wire.WorkerMessage.FromString(got.data)
            self.said.append(message)
            if message.WhichOneof("message") == "register":
                await self.tell(register=wire.RegisterWorkerResponse(worker_id=f"AW_{self.connections}"))
        return socket

    async def tell(self, **message: object) -> None:
        assert self.socket is not None
        await self.socket.send_bytes(wire.ServerMessage(**message).SerializeToString())

    async def ask(self, job_id: str) -> bool:
        """Whether the worker takes a job."""
        await self.tell(availability=wire.AvailabilityRequest(job=job(job_id)))
        answer = await self.until(lambda m: m.availability.job_id == job_id)
        return answer.availability.available

    async def until(self, fits: Callable[[wire.WorkerMessage], bool]) -> wire.WorkerMessage:
        async with asyncio.timeout(30):
            while not (found := [message for message in self.said if fits(message)]):
                await asyncio.sleep(0.005)
        return found[-1]

    async def until_status(self, job_id: str, status: int) -> wire.UpdateJobStatus:
        fits = lambda m: (m.update_job.job_id, m.update_job.status) == (job_id, status)  # noqa: E731
        return (await self.until(fits)).update_job


def job(job_id: str) -> wire.Job:
    return wire.Job(id=job_id, room={"name": "a room", "creation_time": 1_795_000_000}, metadata="{}", agent_name="us")


@dataclass
class Hands:
    """What a worker is joined with."""

    load: WorkerLoad = WorkerLoad(live=0, capacity=2)
    speaking: int = 0
    others: bool = True
    taken: list[Job] = field(default_factory=list[Job])
    ended: list[str] = field(default_factory=list[str])
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    fails: Exception | None = None

    async def take(self, job: Job) -> None:
        self.taken.append(job)
        if self.fails:
            raise self.fails
        await self.go_on.wait()


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    """One that listens."""
    scripted = Server()
    app = web.Application()
    app.router.add_get("/agent", scripted.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    scripted.url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
    yield scripted
    await runner.cleanup()


@pytest.fixture
def hands() -> Hands:
    return Hands()


Made = Callable[[], Awaitable[LiveKitWorker]]


@pytest.fixture
async def worker(server: Server, hands: Hands) -> AsyncGenerator[LiveKitWorker]:
    """One that stays registered."""
    made = LiveKitWorker(
        LiveKitAccess(server.url, KEY, SECRET),
        "us",
        take=hands.take,
        end=hands.ended.append,
        load=lambda: hands.load,
        speaking=lambda: hands.speaking,
        others_can=lambda: hands.others,
    )
    made.start()
    yield made
    await made.close()


async def test_it_registers_by_name_for_rooms(worker: LiveKitWorker, server: Server) -> None:
    assert await worker.registered(5.0)
    first = server.said[0].register
    assert (first.type, first.agent_name, worker.id, worker.trouble) == (wire.JT_ROOM, "us", "AW_1", "")
    report = await server.until(lambda m: m.WhichOneof("message") == "update_worker")
    assert report.update_worker.status == wire.WS_AVAILABLE


async def test_a_job_that_it_takes_is_done_and_told_of(worker: LiveKitWorker, server: Server, hands: Hands) -> None:
    assert await worker.registered(5.0)
    assert await server.ask("AJ_1")
    await server.tell(assignment=wire.JobAssignment(job=job("AJ_1"), url="ws://elsewhere", token="t"))
    await server.until_status("AJ_1", wire.JS_RUNNING)
    assert hands.taken == [Job("AJ_1", "a room", "{}", "ws://elsewhere", "t", 1_795_000_000)]
    hands.go_on.set()
    await server.until_status("AJ_1", wire.JS_SUCCESS)


async def test_a_job_that_comes_to_nothing_is_told_of_with_its_code(
    worker: LiveKitWorker, server: Server, hands: Hands
) -> None:
    assert await worker.registered(5.0)
    hands.fails = Unavailable("calls", "no room")
    await server.tell(assignment=wire.JobAssignment(job=job("AJ_1"), token="t"))
    assert (await server.until_status("AJ_1", wire.JS_FAILED)).error == "provider.unavailable"
    assert worker.failed == 1


@pytest.mark.parametrize(
    "load",
    [
        WorkerLoad(live=2, capacity=2),
        WorkerLoad(live=0, capacity=2, draining=True),
        WorkerLoad(live=0, capacity=2, able=False),
    ],
    ids=["full", "draining", "deaf"],
)
async def test_who_has_no_room_leaves_jobs_to_others(
    worker: LiveKitWorker, server: Server, hands: Hands, load: WorkerLoad
) -> None:
    hands.load = load
    assert await worker.registered(5.0)
    report = await server.until(lambda m: m.update_worker.status == wire.WS_FULL)
    assert report.update_worker.draining is load.draining
    assert not await server.ask("AJ_1")
    hands.others = False  # nobody else can: the desk tells the caller so, instead of letting the phone ring
    assert await server.ask("AJ_2")
    assert worker.refused == 1


ASKED_BELOW = 0.7
"""``target_load`` of a server that nobody has set up otherwise (agent/config.go of 1.13.5)."""


@pytest.mark.parametrize("live", [7, 9, 10, 12])
async def test_a_busy_worker_is_still_one_that_the_server_asks(
    worker: LiveKitWorker, server: Server, hands: Hands, live: int
) -> None:
    hands.load, hands.others = WorkerLoad(live=live, capacity=10), False
    assert await worker.registered(5.0)
    report = await server.until(lambda m: m.update_worker.load > 0)
    assert report.update_worker.status == wire.WS_AVAILABLE
    assert report.update_worker.load < ASKED_BELOW


async def test_jobs_that_are_on_their_way_count(worker: LiveKitWorker, server: Server) -> None:
    assert await worker.registered(5.0)
    assert [await server.ask(f"AJ_{number}") for number in range(3)] == [True, True, False]


async def test_a_job_under_way_is_not_counted_twice(worker: LiveKitWorker, server: Server, hands: Hands) -> None:
    assert await worker.registered(5.0)
    assert await server.ask("AJ_1")
    await server.tell(assignment=wire.JobAssignment(job=job("AJ_1"), token="t"))
    await server.until_status("AJ_1", wire.JS_RUNNING)
    hands.load, hands.speaking = WorkerLoad(live=1, capacity=2), 1  # it is a live call by now
    assert await server.ask("AJ_2")
    assert not await server.ask("AJ_3")


async def test_it_comes_back_when_the_server_does_and_its_jobs_go_on(
    worker: LiveKitWorker, server: Server, hands: Hands
) -> None:
    assert await worker.registered(5.0)
    await server.tell(assignment=wire.JobAssignment(job=job("AJ_1"), token="t"))
    await server.until_status("AJ_1", wire.JS_RUNNING)
    assert server.socket is not None
    await server.socket.close()
    async with asyncio.timeout(30):
        while server.connections < 2 or worker.trouble:
            await asyncio.sleep(0.01)
    assert worker.id == "AW_2"
    assert worker.stats()["jobs"] == 1
    assert await server.ask("AJ_2")


async def test_what_it_cannot_read_costs_it_the_connection_only(worker: LiveKitWorker, server: Server) -> None:
    assert await worker.registered(5.0)
    assert server.socket is not None
    await server.socket.send_bytes(b"\xff\xff\xff")
    async with asyncio.timeout(30):
        while server.connections < 2 or worker.trouble:
            await asyncio.sleep(0.01)


async def test_a_key_that_is_not_taken_is_said(server: Server, worker: LiveKitWorker) -> None:
    server.status = 401
    assert server.socket is None or await server.socket.close()
    async with asyncio.timeout(30):
        while "LIVEKIT_API_KEY" not in worker.trouble:
            await asyncio.sleep(0.01)


async def test_the_server_may_end_a_job(worker: LiveKitWorker, server: Server, hands: Hands) -> None:
    assert await worker.registered(5.0)
    await server.tell(termination=wire.JobTermination(job_id="AJ_1"))
    async with asyncio.timeout(30):
        while not hands.ended:
            await asyncio.sleep(0.01)
    assert hands.ended == ["AJ_1"]
