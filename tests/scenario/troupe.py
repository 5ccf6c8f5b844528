"""The server as it runs in production: several worker processes under a supervisor, real Redis, the local Azure."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from redis.asyncio import Redis

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.claim_book import SqlClaimBook
from backend.adapters.sql.database import Database
from backend.domain.call import CallRecord
from backend.emulator.server import EmulatorServer, emulator
from backend.local.redis_server import free_port, redis_server

LINE = "+18005550100"


@dataclass
class Troupe:
    """Everything that a test needs of it."""

    azure: EmulatorServer
    http: httpx2.AsyncClient
    redis: Any
    records: SqlCallRecords
    claims: SqlClaimBook
    process: asyncio.subprocess.Process

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
        return (await self.redis.hget(f"rm:lease:{call_id}", "owner")).decode()

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
async def troupe(tmp_path: Path, workers: int = 2) -> AsyncIterator[Troupe]:
    """Open one; it is closed at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    database_url = f"sqlite+aiosqlite:///{tmp_path}/r.db"
    with redis_server() as (redis_url, _):
        async with emulator(stt="scripted", tts="tone") as azure:
            variables = azure.environment(url) | {
                "HOST": "127.0.0.1", "PORT": str(port), "REDIS_URL": redis_url, "DATABASE_URL": database_url,
                "WORKERS": str(workers), "STT_POOL_SIZE": "1", "TTS_POOL_SIZE": "1", "DRAIN_SECONDS": "1",
            }  # fmt: skip
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "backend", "serve", env=os.environ | variables, stdout=asyncio.subprocess.PIPE
            )
            database, redis = Database(database_url), Redis.from_url(redis_url)
            try:
                assert process.stdout is not None
                async with asyncio.timeout(90):
                    ready = (await process.stdout.readline()).decode()
                assert ready == f"ringmaster is ready on {url} with {workers} workers\n"
                azure.azure.subscribe(f"{url}/api/v1/calls/answer")
                async with asyncio.timeout(30):
                    while not all(s.validated for s in azure.state.subscriptions):
                        await asyncio.sleep(0.01)
                async with httpx2.AsyncClient(base_url=url) as http:
                    yield Troupe(azure, http, redis, SqlCallRecords(database), SqlClaimBook(database), process)
            finally:
                if process.returncode is None:
                    process.terminate()
                async with asyncio.timeout(30):
                    assert await process.wait() == 0
                await database.close()
                await redis.aclose()
