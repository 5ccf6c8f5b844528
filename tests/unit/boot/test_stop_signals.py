"""What stops a server: a closed terminal, too, and no call is cut by it."""

import asyncio
import os
import signal
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn

from backend.boot.server import VoiceServer
from backend.boot.stop_signals import calls_go_on, stop_signals


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_server_lets_its_calls_end_unless_somebody_is_at_the_keyboard(name: signal.Signals) -> None:
    done: list[str] = []

    async def note(what: str) -> None:
        done.append(what)

    desk = SimpleNamespace(live=list, drain=lambda: note("drained"), close=lambda: note("closed"))
    board = SimpleNamespace(close=lambda: note("left"))
    ringmaster = cast("Any", SimpleNamespace(desk=desk, live_board=board))
    server = VoiceServer(uvicorn.Config(cast("Any", None)), ringmaster, lambda: None, lambda: done.append("told"))
    server.started = True
    try:
        with server.capture_signals():
            os.kill(os.getpid(), name)
            async with asyncio.timeout(5):
                while not server.should_exit:
                    await asyncio.sleep(0)
    finally:
        for one in stop_signals():
            asyncio.get_running_loop().remove_signal_handler(one)
    assert done == ["told", "drained" if calls_go_on(name) else "closed", "left"]
    assert calls_go_on(name) == (name != signal.SIGINT)


async def test_told_twice_it_hangs_up_before_it_goes_and_a_closed_terminal_tells_once() -> None:
    done: list[str] = []

    async def note(what: str) -> None:
        done.append(what)

    async def drain() -> None:
        await note("drains")
        await asyncio.Event().wait()

    async def told(name: signal.Signals, until: list[str]) -> None:
        os.kill(os.getpid(), name)
        async with asyncio.timeout(5):
            while done != until:
                await asyncio.sleep(0)

    desk = SimpleNamespace(live=list, drain=drain, close=lambda: note("closed"))
    board = SimpleNamespace(close=lambda: note("left"))
    ringmaster = cast("Any", SimpleNamespace(desk=desk, live_board=board))
    server = VoiceServer(uvicorn.Config(cast("Any", None)), ringmaster, lambda: None, lambda: done.append("told"))
    server.started = True
    try:
        with server.capture_signals():
            await told(signal.SIGHUP, ["told", "drains"])
            server._stop(signal.SIGHUP)  # as the system and a shell both say it
            for _ in range(20):
                await asyncio.sleep(0)
            assert done == ["told", "drains"]
            await told(signal.SIGTERM, ["told", "drains", "closed", "left"])
            while not server.should_exit:
                await asyncio.sleep(0)
    finally:
        for one in stop_signals():
            asyncio.get_running_loop().remove_signal_handler(one)


def test_who_started_it_to_outlive_the_terminal_keeps_it() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert stop_signals() == (signal.SIGTERM, signal.SIGINT)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.SIGHUP in stop_signals()
