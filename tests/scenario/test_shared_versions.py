"""A share of new calls gets another version on two real worker processes, one of which is killed."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from troupe import LINE, Troupe, troupe

from backend.adapters.redis import keys
from backend.adapters.redis.version_board import RedisVersionBoard
from backend.domain.share import Share
from backend.testing.stage import ENGLISH
from local_azure.phone.phone import Phone

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(420),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.long_call,
]

ROOT = Path(__file__).resolve().parents[2]
TRIED = "Oh dear, the line had gone dead."
ALONE = {"Connection": "close"}
"""Each request may meet another worker."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Troupe]:
    folder = tmp_path_factory.mktemp("share")
    places = {"AGENT_STORE": folder / "agents", "PROMPT_STORE": folder / "prompts"}
    shutil.copytree(ROOT / "agent_store", places["AGENT_STORE"])
    shutil.copytree(ROOT / "prompt_store", places["PROMPT_STORE"])
    async with troupe(folder, **{name: str(place) for name, place in places.items()}) as found:
        yield found


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


async def known(stage: Troupe, version: str) -> None:
    """Both workers have it: neither is asked by chance alone, so each is asked often."""
    async with asyncio.timeout(40):
        told: list[bool] = []
        while len(told) < 8:
            answer = await get(stage, "/api/v1/store/shares")
            active = answer["active"] and answer["share"]["version"] == version
            told = [*told, True] if active else []


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


async def test_a_share_holds_at_every_worker_and_when_one_is_killed(stage: Troupe) -> None:
    share = await shared(stage)
    found = await drawn(stage, share)
    (tried, call_id), (_, live_id) = found[share.version][0], found[share.base][0]

    # A caller who drew the version that is tried goes on with it at the other worker, and the others with theirs.
    killed = await stage.kill_owner(call_id)
    await hear(tried, TRIED)
    assert ENGLISH.resumed not in tried.heard
    assert await stage.owner(call_id) != killed
    for one, version in ((call_id, share.version), (live_id, share.base)):
        assert await version_of(stage, one) == version
    await gone(stage, found)

    # The worker that takes its place knows of the share, and calls are drawn as before.
    await workers_there(stage, killed)
    await known(stage, share.version)
    assert await RedisVersionBoard(stage.redis).share() == share
    later = await drawn(stage, share)

    # It is taken back: calls under way keep their version, also when their worker is killed; new ones get the live one.
    assert (await stage.http.delete("/api/v1/store/shares", headers=ALONE)).status_code == 204
    phone, last = later[share.version][0]
    await stage.kill_owner(last)
    await hear(phone, TRIED)
    assert ENGLISH.resumed not in phone.heard
    newcomer, new_id = await dial(stage)
    assert await version_of(stage, new_id) == share.base
    await gone(stage, later)
    await gone(stage, {share.base: [(newcomer, new_id)]})
