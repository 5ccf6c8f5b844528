"""How the parts are: told once when it changes, and one that breaks hides no other."""

import asyncio
import logging

import pytest

from backend.boot.health_board import Every, HealthBoard
from backend.ports.health import HealthPart


def test_a_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    states = iter(["ok", "down", "down", "down", "ok", "ok"])
    board = HealthBoard()
    board.add(lambda: HealthPart("redis", next(states), "it does not answer"))  # pyright: ignore[reportArgumentType]
    with caplog.at_level(logging.INFO):
        for _ in range(6):
            board.look()
    told = [(r.part, r.was, r.state) for r in caplog.records]  # pyright: ignore[reportAttributeAccessIssue]
    assert told == [("redis", "ok", "down"), ("redis", "down", "ok")]
    assert board.parts == [HealthPart("redis", "ok", "it does not answer")]


def test_a_part_that_breaks_hides_no_other() -> None:
    def broken() -> HealthPart:
        raise RuntimeError

    board = HealthBoard()
    board.add(broken)
    board.add(lambda: HealthPart("disk", "degraded", "little is left"))
    board.look()
    assert [part.name for part in board.parts] == ["disk"]


async def test_a_part_that_hangs_is_waited_for_in_the_background_only() -> None:
    never = asyncio.Event()

    async def hangs() -> HealthPart:
        await never.wait()
        return HealthPart("x")

    async def breaks() -> HealthPart:
        raise OSError

    board = HealthBoard()
    board.ask("hangs", hangs, 5.0)
    board.ask("breaks", breaks, 5.0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [(part.name, part.state) for part in board.parts] == [("breaks", "down")]
    await board.close()


def test_now_and_then() -> None:
    done: list[int] = []
    every = Every(3, lambda: done.append(1))
    for _ in range(7):
        every()
    assert len(done) == 2
