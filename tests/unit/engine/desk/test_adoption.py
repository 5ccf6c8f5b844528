"""A call from another worker goes on with the version that it began with; a softphone does so or is told why not."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.call import CallRecord, Way
from backend.domain.exchange import CallRoute
from backend.engine.desk.adoption import Adoption
from backend.errors import CallRefused, NotInStore
from backend.testing.virtual_time import run_virtual


class Exchange:
    worker = "two"

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    async def own(self, ring: CallRoute, *, after: str) -> None: ...

    async def forget(self, ring: CallRoute) -> None:
        self.forgotten.append(ring.token)


class World:
    """A desk, a session store, a record of calls, and the versions that can be had."""

    def __init__(self, *versions: str) -> None:
        self.versions = versions
        self.ready: list[str] = []
        self.adopted: list[tuple[str, list[str]]] = []

    def has(self, token: str) -> bool:
        return False

    def adopt(self, record: CallRecord, *_: Any, **__: Any) -> None:
        self.adopted.append((record.store_version, list(self.ready)))

    async def get(self, call_id: str) -> None: ...

    async def load(self, call_id: str) -> None: ...

    async def prepare(self, version: str) -> None:
        if version not in self.versions:
            raise NotInStore(f"no version {version}")
        self.ready.append(version)


def route(way: Way) -> CallRoute:
    record = CallRecord(
        call_id="c1", line="insurance", direction="browser", way=way, store_version="d0", started_at=datetime.now(UTC)
    )
    return CallRoute.of(record, "secret")


async def adopt(world: World, way: Way = "softphone") -> Exchange:
    exchange = Exchange()
    try:
        await Adoption(world, exchange, world, world, world.prepare).adopt(route(way), ask_for_media=False)
    except CallRefused as error:
        assert "version d0" in str(error) and not world.adopted and exchange.forgotten == ["secret"]
        raise
    return exchange


async def test_the_draft_that_a_softphone_tries_is_ready_before_its_call_goes_on() -> None:
    world = World("d0")
    await adopt(world)
    assert world.adopted == [("d0", ["d0"])]


async def test_a_softphone_does_not_go_on_with_another_version_in_silence() -> None:
    with pytest.raises(CallRefused):
        await adopt(World())


@pytest.mark.parametrize("way", ["acs", "livekit"])
async def test_a_caller_goes_on_with_the_version_that_was_drawn_for_them(way: Way) -> None:
    """Also where its share is over, or this worker has only just begun: it is made ready first."""
    world = World("d0")
    await adopt(world, way)
    assert world.adopted == [("d0", ["d0"])]


async def test_a_caller_goes_on_whatever_can_be_had(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    await adopt(world, "acs")
    assert world.adopted == [("d0", [])]
    assert "call.other_version" in [record.event for record in caplog.records]


def test_nobody_waits_long_for_a_version(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        world = World()
        world.prepare = lambda _: asyncio.sleep(3600)  # type: ignore[method-assign,assignment]
        began = asyncio.get_running_loop().time()
        await adopt(world, "acs")
        assert world.adopted == [("d0", [])]
        assert asyncio.get_running_loop().time() - began < 2

    run_virtual(story())
