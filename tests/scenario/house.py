"""A whole house in one process: the local Azure, the server on real SDKs, SQLite, and phones."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

import httpcore2
import uvicorn
from fastapi import FastAPI
from hurried_voice import hurried_voice
from kept_sounds import kept_sounds, own_or
from nursery import python
from sparing import spared_by_the_collector

from backend.api.door.wire import wire_options
from backend.api.services import ApiServices
from backend.boot import call_environment, runs
from backend.boot.app import Ringmaster, create_app
from backend.boot.exposure import wire_limits
from backend.domain.call import CallRecord
from config import load_settings
from local_azure.livekit.access import LiveKitAccess
from local_azure.phone.persona import Persona, load_persona
from local_azure.ports import free_port
from local_azure.server import EmulatorServer, emulator
from local_azure.speech import tone

PERSONAS = Path(__file__).resolve().parents[1] / "personas"
LINE = "+18005550100"
_TRUSTED = cache(httpcore2.default_ssl_context)
"""Whom a client of the model trusts, read once a process: nobody here has a certificate."""


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class House:
    """Everything that a call needs."""

    azure: EmulatorServer
    services: ApiServices
    ringmaster: Ringmaster
    app: FastAPI
    url: str

    async def only_record(self) -> CallRecord:
        """That of the only call that there was, like ``record``."""
        (call,) = await self.services.records.list(limit=10)
        return await self.record(call.connection_id)

    async def record(self, connection_id: str, limit_s: float = 60.0) -> CallRecord:
        """The lasting record of a call, once it has its outcome: it is written behind the call."""
        async with asyncio.timeout(limit_s):
            while True:
                for call in await self.services.records.list(limit=200):
                    if call.connection_id == connection_id and call.outcome:
                        found = await self.services.records.get(call.call_id)
                        assert found is not None
                        return found
                await asyncio.sleep(
                    0.25
                )  # twenty callers who look twenty times a second are most of what a server does


@asynccontextmanager
async def house(
    tmp_path: Path,
    *,
    stt: str = "scripted",
    tts: str = "tone",
    livekit: LiveKitAccess | None = None,
    hurried: bool = False,
    **environment: str,
) -> AsyncIterator[House]:
    """Open one; it is closed at the end.

    Args:
        livekit: a LiveKit server that phones call by, too; the local Azure stands before it.
        hurried: agents speak three times as fast: for whole calls, and tones only.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as ends:
        ends.enter_context(spared_by_the_collector())
        if hurried:
            ends.enter_context(hurried_voice())
        azure = await ends.enter_async_context(emulator(stt=stt, tts=tts, livekit=livekit))
        if tts == "tone" and livekit is None:  # what phones hear of rooms they find in other ways
            kept = kept_sounds(hurried, tone._noise)  # a test may have the voice sound otherwise
            ends.enter_context(kept.beside(azure.state.sounds))
            ends.enter_context(patch.object(call_environment, "phrase_sounds", partial(own_or, kept)))
        variables = azure.environment(url) | {
            "HOST": "127.0.0.1", "PORT": str(port), "REDIS_URL": "",
            "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/r.db", "RECORDINGS_DIR": f"{tmp_path}/recordings",
        } | environment  # fmt: skip
        ends.enter_context(patch.dict(os.environ, variables))  # of processes that the server starts, too
        ends.enter_context(patch.object(httpcore2, "default_ssl_context", _TRUSTED))
        ends.enter_context(patch.object(runs, "_COMMAND", (*python(), *runs._COMMAND[1:])))
        settings = load_settings()
        ringmaster = Ringmaster(settings)
        async with ringmaster.run() as services:
            app = create_app(settings, services)
            config = uvicorn.Config(app, port=port, timeout_graceful_shutdown=2, **wire_options(wire_limits(settings)))
            server = _Uvicorn(config)
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.01)
            if "acs" in settings.ways:
                azure.azure.subscribe(f"{url}/api/v1/calls/answer")
            async with asyncio.timeout(25):
                while not all(s.validated for s in azure.state.subscriptions):
                    await asyncio.sleep(0.01)
            try:
                yield House(azure, services, ringmaster, app, url)
            finally:
                await ringmaster.desk.close()
                server.should_exit = True
                await serving


def persona(name: str) -> Persona:
    """A recorded caller."""
    return load_persona(PERSONAS / name)
