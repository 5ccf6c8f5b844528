"""Connected things are handed out to one owner each, and replaced behind his back."""

import asyncio
from collections.abc import Callable

import pytest

from backend.adapters.speech.pool import WarmPool
from backend.errors import PoolExhausted, Unavailable
from backend.testing.virtual_time import run_virtual


class Line:
    """A connection that a test can cut."""

    def __init__(self, kind: str, lost: Callable[["Line"], None]) -> None:
        self.kind = kind
        self.lost = lost
        self.up = False
        self.discarded = False
        self.openings = 0

    async def open(self, limit_s: float) -> None:
        self.openings += 1
        await asyncio.sleep(Exchange.delay)
        if Exchange.down:
            raise Unavailable("speech", "down")
        self.up = True

    def discard(self) -> None:
        self.discarded = True
        self.up = False

    def cut(self) -> None:
        self.up = False
        self.lost(self)


class Exchange:
    down = False
    delay = 0.1
    made: list[Line]

    @classmethod
    def make(cls, kind: str, lost: Callable[[Line], None]) -> Line:
        line = Line(kind, lost)
        cls.made.append(line)
        return line


@pytest.fixture(autouse=True)
def exchange() -> None:
    Exchange.down = False
    Exchange.delay = 0.1
    Exchange.made = []


def pool(size: int = 2, most: int = 5, wait_s: float = 1.0) -> WarmPool[str, Line]:
    made: WarmPool[str, Line] = WarmPool("lines", Exchange.make, size=size, most=most, wait_s=wait_s, open_s=2.0)
    made.keep_warm("a")
    made.start()
    return made


def test_keeps_some_warm_and_hands_them_out_at_once() -> None:
    async def story() -> None:
        lines = pool()
        assert await lines.full(1)
        loop = asyncio.get_running_loop()
        began = loop.time()
        line = await lines.acquire("a")
        assert line.up and loop.time() == began
        await asyncio.sleep(0.2)
        assert lines.stats()["warm"] == 2
        await lines.close()

    run_virtual(story())


def test_an_empty_pool_hands_out_a_cold_one_rather_than_wait() -> None:
    async def story() -> None:
        lines = pool(size=1)
        await lines.full(1)
        first, second = await lines.acquire("a"), await lines.acquire("a")
        assert first.up and not second.up
        assert lines.stats()["opened_cold"] == 1
        await lines.close()

    run_virtual(story())


def test_beyond_the_limit_waits_and_is_served_when_one_comes_back() -> None:
    async def story() -> None:
        lines = pool(most=1)
        first = await lines.acquire("a")
        waiting = asyncio.create_task(lines.acquire("a"))
        await asyncio.sleep(0.5)
        assert lines.stats()["waiting"] == 1
        lines.release(first, reusable=True)
        await waiting
        assert lines.stats()["waiting"] == 0
        assert lines.stats()["wait_ms_p95"] == 500
        await lines.close()

    run_virtual(story())


@pytest.mark.parametrize("wait_s", [0.0, 1.0])
def test_beyond_the_limit_gives_up_in_time(wait_s: float) -> None:
    async def story() -> None:
        lines = pool(most=1, wait_s=wait_s)
        first = await lines.acquire("a")
        began = asyncio.get_running_loop().time()
        with pytest.raises(PoolExhausted):
            await lines.acquire("a")
        assert asyncio.get_running_loop().time() - began == pytest.approx(wait_s)
        lines.release(first, reusable=False)
        assert await lines.acquire("a")  # the slot is not lost
        assert lines.stats()["exhausted"] == 1
        await lines.close()

    run_virtual(story())


def test_a_waiter_that_goes_away_takes_no_slot_along() -> None:
    async def story() -> None:
        lines = pool(most=1)
        first = await lines.acquire("a")
        waiting = asyncio.create_task(lines.acquire("a"))
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        lines.release(first, reusable=False)
        assert await lines.acquire("a")
        assert lines.stats()["in_use"] == 1
        await lines.close()

    run_virtual(story())


def test_one_owner_each() -> None:
    async def story() -> None:
        lines = pool(size=3, most=10)
        await lines.full(1)
        taken = [await lines.acquire("a") for _ in range(10)]
        assert len(set(map(id, taken))) == 10
        await lines.close()

    run_virtual(story())


def test_a_warm_one_that_is_lost_is_replaced() -> None:
    async def story() -> None:
        lines = pool()
        await lines.full(1)
        Exchange.made[0].cut()
        assert Exchange.made[0].discarded
        assert lines.stats()["warm"] == 1
        await asyncio.sleep(0.2)
        assert lines.stats() | {"warm": 2, "replaced": 1} == lines.stats()
        await lines.close()

    run_virtual(story())


def test_one_that_died_unnoticed_is_not_handed_out() -> None:
    async def story() -> None:
        lines = pool(size=2)
        await lines.full(1)
        Exchange.made[1].up = False
        assert await lines.acquire("a") is Exchange.made[0]
        assert Exchange.made[1].discarded
        await lines.close()

    run_virtual(story())


def test_an_interrupted_one_is_connected_again_before_it_is_handed_out() -> None:
    async def story() -> None:
        lines = pool(size=1)
        await lines.full(1)
        line = await lines.acquire("a")
        line.up = False
        lines.release(line, reusable=True)
        assert lines.stats()["warm"] == 0
        await asyncio.sleep(0.2)
        assert line.openings == 2 and not line.discarded
        assert lines.stats()["re_warmed"] == 1
        await lines.close()

    run_virtual(story())


def test_a_steady_load_neither_connects_nor_lets_go() -> None:
    async def story() -> None:
        lines = pool(size=2, most=10)
        await lines.full(1)
        for _ in range(50):
            taken = [await lines.acquire("a") for _ in range(2)]
            await asyncio.sleep(0.3)
            for line in taken:
                lines.release(line, reusable=True)
        assert len(Exchange.made) == 4
        assert lines.stats()["opened_cold"] == 0
        await lines.close()

    run_virtual(story())


def test_after_a_rush_the_size_comes_back() -> None:
    async def story() -> None:
        lines = pool(size=2, most=20)
        await lines.full(1)
        taken = [await lines.acquire("a") for _ in range(20)]
        for line in taken:
            line.up = True
            lines.release(line, reusable=True)
        assert lines.stats()["warm"] <= 4
        await asyncio.sleep(60)
        assert lines.stats()["warm"] == 2
        await lines.close()

    run_virtual(story())


def test_one_that_was_idle_too_long_is_replaced() -> None:
    async def story() -> None:
        lines = pool(size=1)
        await lines.full(1)
        await asyncio.sleep(300)
        assert Exchange.made[0].discarded and lines.stats()["warm"] == 1
        await lines.close()

    run_virtual(story())


def test_a_service_that_is_down_is_tried_again_with_pauses_until_it_is_back() -> None:
    async def story() -> None:
        Exchange.down = True
        lines = pool(size=1)
        assert not await lines.full(20)
        assert 3 <= len(Exchange.made) <= 12
        with pytest.raises(Unavailable):
            lines.ping()
        Exchange.down = False
        assert await lines.full(60)
        lines.ping()
        await lines.close()

    run_virtual(story())


def test_a_failed_re_warming_is_replaced_by_a_new_one() -> None:
    async def story() -> None:
        lines = pool(size=1, most=1)
        await lines.full(1)
        line = await lines.acquire("a")
        await asyncio.sleep(0.2)
        line.up = False
        Exchange.down = True
        lines.release(line, reusable=True)
        await asyncio.sleep(0.2)
        assert line.discarded
        Exchange.down = False
        await asyncio.sleep(60)
        assert lines.stats()["warm"] == 1
        await lines.close()

    run_virtual(story())


def test_kinds_are_not_mixed() -> None:
    async def story() -> None:
        lines = pool(size=1)
        await lines.full(1)
        other = await lines.acquire("b")
        assert other.kind == "b" and not other.up
        await asyncio.sleep(0.2)
        assert (await lines.acquire("b")).up
        await lines.close()

    run_virtual(story())


def test_release_twice_frees_one_slot() -> None:
    async def story() -> None:
        lines = pool(most=1, wait_s=0)
        line = await lines.acquire("a")
        lines.release(line, reusable=False)
        lines.release(line, reusable=False)
        await lines.acquire("a")
        with pytest.raises(PoolExhausted):
            await lines.acquire("a")
        await lines.close()

    run_virtual(story())


def test_closing_lets_go_of_everything() -> None:
    async def story() -> None:
        lines = pool(size=2)
        await lines.full(1)
        taken = await lines.acquire("a")
        interrupted = await lines.acquire("a")
        interrupted.up = False
        lines.release(interrupted, reusable=True)
        await lines.close()
        assert all(line.discarded for line in Exchange.made) and taken.discarded
        assert len(asyncio.all_tasks()) == 1

    run_virtual(story())
