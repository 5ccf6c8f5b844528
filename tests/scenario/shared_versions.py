"""A share of new calls that gets another version of the agent store, at several workers."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
from troupe import LINE, Troupe

from backend.adapters.redis import keys
from backend.adapters.redis.version_board import RedisVersionBoard
from backend.domain.share import Share
from backend.testing.stage import ENGLISH
from local_azure.phone.phone import Phone

__all__ = [
    "ALONE",
    "STORES",
    "TRIED",
    "dial",
    "drawn",
    "gone",
    "hear",
    "known",
    "shared",
    "version_of",
    "workers_there",
]

ROOT = Path(__file__).resolve().parents[2]
STORES = {"AGENT_STORE": ROOT / "agent_store", "PROMPT_STORE": ROOT / "prompt_store"}
TRIED = "Oh dear, the line had gone dead."
ALONE = {"Connection": "close"}
"""Each request may meet another worker."""


async def shared(stage: Troupe) -> Share:
    """Half of the new calls get a version that says something else when it was cut off; all workers know."""
    phrases = (ROOT / "agent_store/phrases/en.yaml").read_text("utf-8")
    changed = phrases.replace(f"resumed: {ENGLISH.resumed}", f"resumed: {TRIED}")
    assert changed != phrases
    etag = (await stage.http.get("/api/v1/store")).headers["etag"]
    draft = await stage.http.post(
        "/api/v1/store/drafts", json={"files": {"phrases/en.yaml": changed}}, headers={"If-Match": etag}
    )
    assert draft.status_code == 201, draft.text
    wanted = {"version": draft.json()["version"], "share": 50, "note": "another sentence"}
    answer = await stage.http.post("/api/v1/store/live", json=wanted, timeout=30)
    assert answer.status_code == 200, answer.text
    share = await RedisVersionBoard(stage.redis).share()
    assert share is not None and share.version == wanted["version"]
    await known(stage, share.version)
    return share


async def known(stage: Troupe, version: str | None) -> None:
    """Both workers have it, or know that there is none: neither is asked by chance alone, so each is asked often."""
    async with asyncio.timeout(40):
        told: list[bool] = []
        while len(told) < 8:
            answer = await get(stage, "/api/v1/store/shares")
            shared = answer["share"]["version"] if answer["active"] else None
            told = [*told, True] if shared == version else []


async def dial(stage: Troupe) -> tuple[Phone, str]:
    """One caller who was greeted, which is stored, and the id of their call.

    Before that another worker would greet them, as for the first time.
    """
    phone = stage.azure.phones.dial(LINE)
    await phone.until_connected(40)
    await hear(phone, "How can I help you")
    call_id = await stage.live(phone.connection_id)
    async with asyncio.timeout(40):
        while await stage.redis.get(keys.session(call_id)) is None:
            await asyncio.sleep(0.05)
    return phone, call_id


async def hear(phone: Phone, words: str) -> None:
    await phone.until(lambda: words in phone.heard or phone.state == "ended", 40)
    assert words in phone.heard, f"expected {words!r}, heard {phone.heard!r}"


async def version_of(stage: Troupe, call_id: str) -> str:
    return str((await get(stage, f"/api/v1/calls/{call_id}"))["store_version"])


async def get(stage: Troupe, path: str) -> dict[str, Any]:
    """What any worker answers; one that is killed at that moment does not."""
    async with asyncio.timeout(90):
        while True:
            try:
                return dict((await stage.http.get(path, headers=ALONE, timeout=10)).json())
            except httpx2.TransportError:
                await asyncio.sleep(0.1)


async def drawn(stage: Troupe, share: Share) -> dict[str, list[tuple[Phone, str]]]:
    """Callers with each of both versions; each call has the version that its id draws."""
    found: dict[str, list[tuple[Phone, str]]] = {}
    for _ in range(6):
        for phone, call_id in await asyncio.gather(*(dial(stage) for _ in range(4))):
            version = share.version if share.draws(call_id) else share.base
            assert await version_of(stage, call_id) == version
            found.setdefault(version, []).append((phone, call_id))
        if len(found) == 2:
            return found
    raise AssertionError("twenty-four calls drew the same version")


async def gone(stage: Troupe, found: dict[str, list[tuple[Phone, str]]]) -> None:
    """All hang up, and their records keep the versions that they had."""
    for version, calls in found.items():
        for phone, _ in calls:
            phone.hang_up()
            assert (await stage.record(phone.connection_id)).store_version == version


async def workers_there(stage: Troupe, killed: str) -> None:
    """Two workers serve again, and the killed one is none of them."""
    async with asyncio.timeout(90):
        while killed in (others := (await get(stage, "/stats"))["workers"]["others"]) or not others:
            await asyncio.sleep(0.1)
