"""Many playouts, one pace: who is due at the same moment is woken by the same timer, each in its own context."""

import asyncio
from contextvars import ContextVar
from typing import Any

import pytest

from backend.domain.audio import GRID_MS
from backend.engine.speaking.pacer import Pacer
from backend.testing.virtual_time import run_virtual

whose: ContextVar[str] = ContextVar("whose", default="nobody's")


def test_what_is_due_within_a_step_of_the_grid_is_done_at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        loop, pacer, timers = asyncio.get_running_loop(), Pacer(), 0
        call_at = loop.call_at

        def counted(*args: Any, **kwargs: Any) -> asyncio.TimerHandle:
            nonlocal timers
            timers += 1
            return call_at(*args, **kwargs)

        monkeypatch.setattr(loop, "call_at", counted)
        began, made = loop.time(), list[tuple[int, float]]()
        for number in range(40):
            due = began + 0.1 + number / 1000

            def note(number: int = number, due: float = due) -> None:
                made.append((number, loop.time() - due))

            pacer.at(due, note)
        monkeypatch.undo()
        assert timers <= 40 / GRID_MS + 1
        await asyncio.sleep(1)
        assert [number for number, _ in made] == list(range(40))
        assert max(abs(late) for _, late in made) <= GRID_MS / 2000 + 1e-6

    run_virtual(story())


def test_each_is_done_in_the_context_of_whoever_asked() -> None:
    async def story() -> None:
        pacer, seen = Pacer(), list[str]()

        async def ask(name: str) -> None:
            whose.set(name)
            pacer.at(asyncio.get_running_loop().time() + 0.05, lambda: seen.append(whose.get()))

        await asyncio.gather(asyncio.create_task(ask("one's")), asyncio.create_task(ask("the other's")))
        await asyncio.sleep(0.1)
        assert seen == ["one's", "the other's"]

    run_virtual(story())


def test_what_is_cancelled_is_not_done_and_what_fails_keeps_nobody_from_it() -> None:
    async def story() -> None:
        loop, pacer, done, told = asyncio.get_running_loop(), Pacer(), list[str](), list[Any]()
        loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
        due, fault = loop.time() + 0.05, ValueError("broken")

        def fail() -> None:
            raise fault

        pacer.at(due, fail)
        pacer.at(due, lambda: done.append("cancelled")).cancel()
        pacer.at(due, lambda: done.append("kept"))
        pacer.at(loop.time() - 5, lambda: done.append("overdue"))
        await asyncio.sleep(0.1)
        assert done == ["overdue", "kept"] and told == [fault]

    run_virtual(story())
