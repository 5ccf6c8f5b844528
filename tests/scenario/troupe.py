"""The server as it runs in production: several worker processes under a supervisor, real Redis, the local Azure."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from nursery import start

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.redis import keys
from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.domain.call import CallRecord
from local_azure.ports import free_port
from local_azure.redis_server import redis_server
from local_azure.server import EmulatorServer, emulator

LINE = "+18005550100"


class Served:
    """A server process, as asyncio would have it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._readable, writable = os.pipe()
        try:
            self._program = start(["serve"], env={**os.environ, **variables}, streams=(0, writable, 2))
        finally:
            os.close(writable)
        self.pid = self._program.pid
        self._transport: asyncio.ReadTransport | None = None

    @property
    def returncode(self) -> int | None:
        """Its status, if it has ended."""
        return self._program.poll()

    async def line(self) -> str:
        """What it prints first."""
        reader = asyncio.StreamReader()
        self._transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(self._readable, "rb", buffering=0)
        )
        return (await reader.readline()).decode()

    def terminate(self) -> None:
        """Have it end its calls and leave."""
        self._program.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._program.kill()

    async def wait(self) -> int:
        """Its status, when it has ended."""
        while (status := self._program.poll()) is None:
            await asyncio.sleep(0.02)
        if self._transport is not None:
            self._transport.close()
        return status


@dataclass
class Troupe:
    """Everything that a test needs of it."""

    azure: EmulatorServer
    http: httpx2.AsyncClient
    redis: RedisLink
    records: SqlCallRecords
    cases: SqlCaseBook
    process: Served

    async def record(self, connection_id: str, limit_s: float = 40.0) -> CallRecord:
        """The lasting record of a call, once it has its outcome."""
        async with asyncio.timeout(limit_s):
            while True:
                for call in await self.records.list(limit=200):
                    if call.connection_id == connection_id and call.outcome:
                        found = await self.records.get(call.call_id)
                        assert found is not None
                        return found
                await asyncio.sleep(0.1)

    async def owner(self, call_id: str) -> str:
        """The worker that has a call; its name holds its process id."""
        found = await self.redis.hget(keys.lease(call_id), "owner")
        return found.decode() if found else ""

    async def live(self, connection_id: str) -> str:
        """The id of a live call."""
        async with asyncio.timeout(30):
            while True:
                answer = await self.http.get("/api/v1/calls", params={"connection_id": connection_id})
                if calls := answer.json():
                    return str(calls[0]["call_id"])
                await asyncio.sleep(0.1)

    async def kill_owner(self, call_id: str) -> str:
        """SIGKILL the worker that has a call; gives its name."""
        owner = await self.owner(call_id)
        os.kill(int(owner.rsplit("-", 2)[1]), signal.SIGKILL)
        return owner


@asynccontextmanager
async def troupe(
    tmp_path: Path,
    workers: int = 2,
    *,
    redis_url: str = "",
    database_url: str = "",
    drain_s: int = 1,
    **environment: str,
) -> AsyncIterator[Troupe]:
    """Open one; it is closed at the end. Redis and database are its own where none are given."""
    port = free_port()
    url, key = f"http://127.0.0.1:{port}", new_key()
    async with AsyncExitStack() as stack:
        if not redis_url:
            redis_url, _ = stack.enter_context(redis_server())
        database_url = database_url or f"sqlite+aiosqlite:///{tmp_path}/r.db"
        azure = await stack.enter_async_context(emulator(stt="scripted", tts="tone"))
        variables = azure.environment(url) | {
            "HOST": "127.0.0.1", "PORT": str(port), "REDIS_URL": redis_url, "DATABASE_URL": database_url,
            "WORKERS": str(workers), "DATA_KEY": key, "STT_POOL_SIZE": "1", "TTS_POOL_SIZE": "1",
            "DRAIN_SECONDS": str(drain_s), "API_PAGES": "false", "PHRASES_DIR": f"{tmp_path}/phrases",
        } | environment  # fmt: skip
        ring = KeyRing([DataKey.read(variables["DATA_KEY"], "DATA_KEY")])
        several = f" with {workers} workers" if workers > 1 else ""
        process = await serve(variables, f"ringmaster is ready on {url}{several}\n")
        stack.push_async_callback(leave, process)
        database, redis = Database(database_url, ring), connect(redis_url, 2.0)
        stack.push_async_callback(database.close)
        stack.push_async_callback(redis.aclose)
        await announced(azure, url)
        http = await stack.enter_async_context(httpx2.AsyncClient(base_url=url))
        yield Troupe(azure, http, redis, SqlCallRecords(database), SqlCaseBook(database), process)


async def serve(variables: Mapping[str, str], ready: str) -> Served:
    """A server that takes calls."""
    process = await asyncio.to_thread(Served, variables)
    try:
        async with asyncio.timeout(120):
            told = await process.line()
        assert told == ready
    except BaseException:
        process.kill()
        await process.wait()
        raise
    return process


async def leave(process: Served) -> None:
    """Have a server end, if it has not."""
    if process.returncode is None:
        process.terminate()
    async with asyncio.timeout(60):
        assert await process.wait() == 0


async def announced(azure: EmulatorServer, url: str) -> None:
    """Have calls announced to a server."""
    azure.azure.subscribe(f"{url}/api/v1/calls/answer")
    async with asyncio.timeout(30):
        while not all(s.validated for s in azure.state.subscriptions):
            await asyncio.sleep(0.01)
