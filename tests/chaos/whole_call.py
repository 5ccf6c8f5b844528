"""One whole call and one roll-out as in production: PostgreSQL, a Redis cluster, two servers behind one address."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import httpx2
from callers import gone, hear, say
from hurried_voice import hurried_voice
from ingress import Ingress, ingress
from promise import Promise, Seen
from troupe import LINE, Served, announced, leave, serve
from worker_drills import ASKS, JOHN, KAREN, NAME, NAMES, answer_to, unready

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.domain.call import CallRecord
from local_azure.phone.phone import Phone
from local_azure.ports import free_port
from local_azure.postgres_server import postgres_server
from local_azure.redis_cluster import redis_cluster
from local_azure.server import EmulatorServer, emulator

__all__ = ["PROMISES", "production", "roll_out"]

_TALK_S = 240.0


@dataclass
class Production:
    """What a roll-out needs."""

    azure: EmulatorServer
    door: Ingress
    records: SqlCallRecords
    cases: SqlCaseBook
    variables: Mapping[str, str]

    async def start(self) -> tuple[Served, int]:
        """One more server; gives its process and port. It gets no calls yet."""
        port = free_port()
        variables = {**self.variables, "PORT": str(port)}
        return await serve(variables, f"ringmaster is ready on http://127.0.0.1:{self.door.port}\n"), port

    async def ended(self, phone: Phone) -> CallRecord:
        """The record of a call that has ended."""
        async with asyncio.timeout(40):
            while True:
                for call in await self.records.list(limit=50):
                    if call.connection_id == phone.connection_id and call.outcome:
                        return call
                await asyncio.sleep(0.1)


@asynccontextmanager
async def production() -> AsyncIterator[Production]:
    """Open one, without a server; it is closed at the end."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="ringmaster-whole-"))
        database_url, _ = stack.enter_context(postgres_server())
        cluster = stack.enter_context(redis_cluster())
        stack.enter_context(hurried_voice())
        azure = await stack.enter_async_context(emulator(stt="scripted", tts="tone"))
        door = await stack.enter_async_context(ingress())
        url = f"http://127.0.0.1:{door.port}"
        variables = azure.environment(url) | {
            "HOST": "127.0.0.1", "PUBLIC_BASE_URL": url, "REDIS_URL": cluster.url, "DATABASE_URL": database_url, "WORKERS": "1",
            "STT_POOL_SIZE": "1", "TTS_POOL_SIZE": "1", "DRAIN_SECONDS": "600", "DATA_KEY": new_key(),
            "API_PAGES": "false", "PHRASES_DIR": folder,
        }  # fmt: skip
        database = Database(database_url, KeyRing([DataKey.read(variables["DATA_KEY"], "DATA_KEY")]))
        stack.push_async_callback(database.close)
        yield Production(azure, door, SqlCallRecords(database), SqlCaseBook(database), variables)


async def talk(phone: Phone, who: Mapping[str, str], *, until: str = "") -> None:
    """Answer whatever is asked, until the agent says some words, or the call is over."""
    async with asyncio.timeout(_TALK_S):
        while _listens(phone) and not (until and until in phone.heard):
            await phone.until(lambda: not _listens(phone) or (bool(phone.answer) and phone.silent_ms >= 700), 60)
            if _listens(phone):
                await phone.say_text(answer_to(phone.answer, who))


def _listens(phone: Phone) -> bool:
    """Does the agent? Not once the call is over, or a person has it."""
    return phone.state == "connected" and not phone.moved_to


async def roll_out(count: int) -> Seen:
    """Two calls begin at the old server, the address moves to the new one, where a third begins, and the old is told to go.

    It is ready no more and cuts nobody: of the two one goes on for a while and hangs up, the other and the third are whole.
    """
    seen = Seen()
    for _ in range(count):
        async with production() as found, AsyncExitStack() as ends:
            seen.note(*await _one_roll_out(found, ends))
    return seen


async def _one_roll_out(found: Production, ends: AsyncExitStack) -> tuple[bool, str, float]:
    old, found.door.to = await found.start()
    ends.push_async_callback(leave, old)
    await announced(found.azure, f"http://127.0.0.1:{found.door.port}")
    new, port = await found.start()
    ends.push_async_callback(leave, new)
    first, asker = await _begun(found), await _begun(found)
    await asyncio.gather(talk(first, JOHN, until="zip code"), say(asker, ASKS, NAMES))
    itself = f"http://127.0.0.1:{found.door.to}"
    found.door.to = port
    old.terminate()
    async with httpx2.AsyncClient(base_url=itself) as http:
        await unready(http)
    second = await _begun(found)
    *_, cut = await asyncio.gather(talk(first, JOHN), talk(second, KAREN), _cut(asker))
    over = time.monotonic()
    status = await asyncio.wait_for(old.wait(), 60)
    left_s = time.monotonic() - over
    calls = [await found.ended(phone) for phone in (first, second)]
    filed = [claim.call_id for claim in await found.cases.list() if claim.number]
    whole = [call.outcome == "completed" and call.call_id in filed for call in calls]
    ok = all(whole) and len(filed) == 2 and not cut and status == 0
    last = [phone.heard[-300:] for phone in (first, second, asker)]
    why = f"{[call.outcome for call in calls]}, {len(filed)} cases, old server ended with {status}; last heard {last}"
    return ok, why, left_s


async def _cut(asker: Phone) -> bool:
    """Is a caller who goes on at a server that must go left alone? If not, they hang up themselves."""
    await say(asker, NAME, "zip code")
    cut = asker.state != "connected"
    await gone(asker)
    return cut


async def _begun(found: Production) -> Phone:
    phone = found.azure.phones.dial(LINE)
    await phone.until_connected(60)
    await hear(phone, "How can I help you")
    return phone


def _promises() -> dict[str, Promise]:
    what = "a roll-out on PostgreSQL, a Redis cluster and two servers: both calls end with their claim"
    return {"whole": Promise("whole", what, 3, roll_out, timed=False, piece=1)}


PROMISES: Mapping[str, Promise] = _promises()
