"""The whole server joined to a real LiveKit server, before which the stand-in answers for SIP."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from house import House, house
from livekit import api

from backend.adapters.livekit.trunk_setup import TrunkSetup, TrunkWish
from local_azure.livekit.server_process import LiveKitServer
from local_azure.phone.phone import Phone
from local_azure.server import EmulatorServer

TRUNKS: dict[str, str] = {}
"""By the address of the server."""
LINE = "+18005550100"
_QUIET_MS = 1500.0
"""Longer than between two sentences."""


@asynccontextmanager
async def office(
    server: LiveKitServer, folder: Path, **voices: str
) -> AsyncGenerator[tuple[House, EmulatorServer, httpx2.AsyncClient]]:
    """Open one, with its trunks; ``voices`` go to the house."""
    async with house(folder, livekit=server.access, **voices) as running:
        sip = running.azure
        async with api.LiveKitAPI(sip.url, server.api_key, server.api_secret) as client:
            wish = TrunkWish("ringmaster", [LINE], "ringmaster", "sip.example.com", ["192.0.2.1"])
            done = {one.what: one.id for one in await TrunkSetup(client, dry_run=False).run(wish)}
        TRUNKS[running.url] = done["outbound trunk"]
        async with httpx2.AsyncClient(base_url=running.url, timeout=60) as http:
            await registered(running)
            yield running, sip, http


async def registered(running: House) -> None:
    """Wait until a LiveKit server knows of the worker, so that jobs can come."""
    async with asyncio.timeout(60):
        while not running.services.stats()["livekit"].get("registered"):
            await asyncio.sleep(0.02)


async def greeted(phone: Phone) -> None:
    """Wait until the phone has been spoken to, and nobody speaks any more; a codec may have made other words of it."""
    await phone.until(lambda: spoken_to(phone) and phone.silent_ms >= _QUIET_MS, 60)


def spoken_to(phone: Phone, after_ms: float = 0.0) -> bool:
    """Was anything heard on the phone after a moment of its call?"""
    return phone.ear is not None and (phone.ear.last_sound_ms or 0.0) > after_ms
