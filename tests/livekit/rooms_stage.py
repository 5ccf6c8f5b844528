"""Rooms, fake or real, with a desk that does as a test says."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fake_rooms import FakeGuest, FakeServer
from guest import Guest, loudness, tone_frame
from livekit import api

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.room import AGENT, CallRoom
from backend.adapters.livekit.rooms import Rooms
from backend.adapters.livekit.server import LiveKitServer as RealServer
from backend.domain.call import IncomingCall
from backend.domain.call_event import CallEvent
from backend.ports import MediaLink
from local_azure.livekit.server_process import LiveKitServer

SAY_HZ, TOKEN = 880.0, "token-of-the-call"


class Sink:
    """What of the caller arrived."""

    def __init__(self) -> None:
        self.frames: list[tuple[float, float, int]] = []
        self.tones: list[str] = []
        self.pcm = bytearray()

    def on_audio(self, pcm: bytes) -> None:
        self.frames.append((asyncio.get_running_loop().time(), loudness(pcm), len(pcm)))
        self.pcm += pcm

    def on_tone(self, tone: str) -> None:
        self.tones.append(tone)

    async def until_loud(self, *, loud: bool = True, frames: int = 5, limit_s: float = 20.0) -> None:
        """Wait until the last frames were loud, or were not."""
        async with asyncio.timeout(limit_s):
            while not self._recent(loud, frames):
                await asyncio.sleep(0.01)

    def _recent(self, loud: bool, frames: int) -> bool:
        recent = [one for _, one, _ in self.frames[-frames:]]
        return len(recent) == frames and all((one > 1000) is loud for one in recent)


class ScriptedDesk:
    """Answers everybody unless told otherwise, and listens to them."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.calls: list[IncomingCall] = []
        self.events: list[CallEvent] = []
        self.sink = Sink()
        self.link: MediaLink | None = None
        self.speaking = asyncio.Event()
        self.done = asyncio.Event()
        self.takes: Callable[[IncomingCall], bool] = lambda _: True
        self.fails: Exception | None = None
        self.connection_id = ""

    async def incoming(self, call: IncomingCall) -> None:
        self.calls.append(call)
        if self.fails:
            raise self.fails
        if self.takes(call):
            self.connection_id = (await self.rooms.answer(call.context, TOKEN)).connection_id

    async def attach(self, token: str, link: MediaLink) -> None:
        assert token == TOKEN
        self.link = link
        self.speaking.set()
        await link.receive(self.sink)
        self.done.set()

    async def callback(self, token: str, event: CallEvent) -> None:
        assert token == TOKEN
        self.events.append(event)

    async def say(self, seconds: float) -> None:
        """Say something, 100 ms ahead of the ear as the playout does."""
        assert self.link is not None
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for number in range(int(seconds * 50)):
            await self.link.send_audio(tone_frame(SAY_HZ, number))
            await asyncio.sleep(max(0.0, begun + number * 0.02 - 0.1 - loop.time()))


class RoomStage:
    """One room, an agent that may enter it, and guests."""

    def __init__(self, rooms: Rooms, server: LiveKitServer | FakeServer) -> None:
        self.rooms = rooms
        self.server = server
        self.desk = ScriptedDesk(rooms)
        rooms.serve(self.desk)
        self.name = f"room-{secrets.token_hex(4)}"
        self._jobs: list[asyncio.Task[None]] = []
        self._guests: list[Any] = []

    async def guest(self, identity: str, **claims: Any) -> Any:
        """Somebody enters."""
        server = self.server
        fake = isinstance(server, FakeServer)
        one: Any = FakeGuest(server, self.name, identity) if fake else Guest(server, self.name, identity)
        self._guests.append(one)
        await one.join(**claims)
        return one

    def job(self, metadata: str = "", token: str = "", number: int = 1) -> asyncio.Task[None]:
        """The agent is asked to enter, and does; ``token`` is another one than the job usually brings."""
        task = asyncio.create_task(
            self.rooms.take(Job(f"AJ_{number}", self.name, metadata, token=token or self._token(number)))
        )
        self._jobs.append(task)
        return task

    def _token(self, number: int) -> str:
        if isinstance(self.server, FakeServer):
            return self.name
        access = LiveKitAccess(self.server.url, self.server.api_key, self.server.api_secret)
        return access.agent_token(self.name, f"agent-{number}")

    async def agents(self) -> int:
        """How many agents are in the room."""
        if isinstance(self.server, FakeServer):
            return len(self.server.agents.get(self.name, []))
        async with self._api() as client:
            found = await client.room.list_participants(api.ListParticipantsRequest(room=self.name))
            return sum(one.kind == AGENT for one in found.participants)

    async def taken(self, metadata: str = "") -> "ScriptedDesk":
        """The agent enters and takes the call."""
        self.job(metadata)
        async with asyncio.timeout(30):
            await self.desk.speaking.wait()
        return self.desk

    async def delete(self) -> None:
        """Close the room by the API."""
        if isinstance(self.server, FakeServer):
            self.server.delete(self.name)
        else:
            async with self._api() as client:
                await client.room.delete_room(api.DeleteRoomRequest(room=self.name))

    def _api(self) -> api.LiveKitAPI:
        assert isinstance(self.server, LiveKitServer)
        return api.LiveKitAPI(self.server.http_url, self.server.api_key, self.server.api_secret)

    async def close(self) -> None:
        """Everybody goes."""
        for one in self._guests:
            if not one.gone.is_set():
                await one.leave()
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        await self.rooms.close()


@asynccontextmanager
async def room_stage(server: LiveKitServer | FakeServer) -> AsyncGenerator[RoomStage]:
    """Set it up."""
    if isinstance(server, FakeServer):
        access, new_room = LiveKitAccess("ws://127.0.0.1:9", "key", "secret " * 6), server.room
    else:
        from backend.adapters.livekit.sdk_room import SdkRoom

        access = LiveKitAccess(server.url, server.api_key, server.api_secret)
        new_room = _real(SdkRoom)
    real = RealServer(access)
    put_out = server.put_out if isinstance(server, FakeServer) else real.remove
    stage = RoomStage(Rooms(access, new_room, "the line of rooms", put_out), server)
    try:
        yield stage
    finally:
        await stage.close()
        await real.close()


def _real(kind: Callable[[], CallRoom]) -> Callable[[], CallRoom]:
    return kind
