"""Calls on two real worker processes: they land on either, one is killed, versions are shared, Redis is silent."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from subprocess import Popen

import pytest
import pytest_asyncio
from hurried_voice import hurried_voice
from shared_versions import (
    ALONE,
    STORES,
    TRIED,
    dial,
    drawn,
    gone,
    hear,
    known,
    shared,
    version_of,
    workers_there,
)
from troupe import Troupe, troupe
from worker_drills import outage

from backend.adapters.redis.version_board import RedisVersionBoard
from backend.testing.stage import ENGLISH
from local_azure.phone.phone import Phone
from local_azure.redis_server import redis_server

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(420),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.long_call,
]

ASKS, NAME, ZIP, LAST4 = "what is my deductible", "karen miller", "seven seven zero zero two", "nine zero three seven"


@pytest.fixture(scope="module")
def redis() -> Iterator[tuple[str, Popen[bytes]]]:
    with redis_server() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(redis: tuple[str, Popen[bytes]], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Troupe]:
    folder = tmp_path_factory.mktemp("troupe")
    places = {name: str(shutil.copytree(store, folder / store.name)) for name, store in STORES.items()}
    with hurried_voice():
        async with troupe(folder, redis_url=redis[0], **places) as found:
            yield found


async def say(phone: Phone, line: str, answer: str) -> None:
    """Say a line, until some words are heard in answer, and the agent has finished."""
    await phone.say_text(line)
    await phone.until_answered(answer)


async def test_calls_land_on_any_worker_and_end_where_they_should(stage: Troupe) -> None:
    stage.azure.event_grid.duplicates = 2

    async def ask(number: int) -> None:
        await asyncio.sleep(number * 0.2)
        phone, call_id = await dial(stage)
        await phone.until_answered("How can I help you")
        await say(phone, ASKS, "name")
        if number % 2:
            phone.hang_up()
            assert (await stage.record(phone.connection_id)).outcome == "caller_hung_up"
            return
        assert (await stage.http.get(f"/api/v1/calls/{call_id}", headers=ALONE)).json()["agents"] == ["auth"]
        assert (await stage.http.post(f"/api/v1/calls/{call_id}/hangup", headers=ALONE)).status_code == 204
        call = await stage.record(phone.connection_id)
        assert (call.outcome, call.detail) == ("completed", "ended by an operator")
        assert call.turns[1].caller_text == ASKS

    before = len(await stage.records.list(limit=200))
    await asyncio.gather(*(ask(number) for number in range(6)))
    stage.azure.event_grid.duplicates = 0
    assert len(await stage.records.list(limit=200)) == before + 6
    async with asyncio.timeout(25):
        while left := [key for key in await stage.redis.keys("rm:*") if key.split(b":")[1] in (b"lease", b"ring")]:
            await asyncio.sleep(0.1)
    assert left == []


async def goes_on(stage: Troupe, phone: Phone) -> None:
    """A caller who was cut off in the middle of an answer is asked nothing twice, and their call ends as it should."""
    await say(phone, ZIP, "last four")
    await say(phone, LAST4, "1000 dollars")
    await say(phone, "no thank you goodbye", "bye")
    await phone.until(lambda: phone.state == "ended", 20)
    call = await stage.record(phone.connection_id)
    assert (call.outcome, call.agents) == ("completed", ["auth", "general_info"])
    spoken = [turn.caller_text.lower() for turn in call.turns if turn.caller_text]
    assert spoken[:2] == [ASKS, NAME]
    assert phone.heard.count("zip code") <= 2


async def test_a_share_holds_at_every_worker_and_a_caller_whose_worker_is_killed_goes_on_with_another(
    stage: Troupe,
) -> None:
    share = await shared(stage)
    found = await drawn(stage, share)
    (tried, call_id), (_, live_id) = found[share.version][0], found[share.base][0]

    # A caller who drew the version that is tried goes on with it at the other worker, and the others with theirs.
    await say(tried, ASKS, "name")
    await say(tried, NAME, "zip code")
    killed = await stage.kill_owner(call_id)
    await tried.until_answered(TRIED)
    assert ENGLISH.resumed not in tried.heard
    assert await stage.owner(call_id) != killed
    for one, version in ((call_id, share.version), (live_id, share.base)):
        assert await version_of(stage, one) == version
    await goes_on(stage, tried)
    await gone(stage, found)

    # The worker that takes its place knows of the share, and calls are drawn as before.
    await workers_there(stage, killed)
    await known(stage, share.version)
    assert await RedisVersionBoard(stage.redis).share() == share
    later = await drawn(stage, share)

    # It is taken back: calls under way keep their version, also when their worker is killed; new ones get the live one.
    assert (await stage.http.delete("/api/v1/store/shares", headers=ALONE)).status_code == 204
    await known(stage, None)
    phone, last = later[share.version][0]
    killed = await stage.kill_owner(last)
    await hear(phone, TRIED)
    assert ENGLISH.resumed not in phone.heard
    newcomer, new_id = await dial(stage)
    assert await version_of(stage, new_id) == share.base
    await gone(stage, later)
    await gone(stage, {share.base: [(newcomer, new_id)]})
    await workers_there(stage, killed)


async def test_redis_is_silent_for_ten_seconds(stage: Troupe, redis: tuple[str, Popen[bytes]]) -> None:
    kept, why, _ = await outage(stage, redis[1], "silent", 10, timed=False)
    assert kept, why
