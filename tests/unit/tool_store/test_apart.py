"""Long words are read on a thread, and whoever gives up meanwhile waits for the end of the reading."""

import asyncio
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lost_property import FILES, write

from backend.agents.store import load_store
from backend.domain.session import CallerSaid, CallSession
from backend.engine.thinking.store_tools import tools_of_store
from backend.forms import taking
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.apart import LONG, read_apart
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/New_York"))
SHORT = "a black umbrella"
TOLD = " ".join(["I left a black umbrella with a wooden handle in the second class car of the early train"] * 4)


async def test_short_words_are_read_at_once() -> None:
    assert await read_apart([SHORT], threading.get_ident) == threading.get_ident()


async def test_long_words_are_read_on_another_thread() -> None:
    assert await read_apart(["a" * LONG], threading.get_ident) != threading.get_ident()
    assert await read_apart(["a" * (LONG // 2)] * 2, threading.get_ident) != threading.get_ident()


async def test_what_a_reader_raises_is_raised() -> None:
    def read() -> None:
        raise ValueError("no reading")

    with pytest.raises(ValueError, match="no reading"):
        await read_apart(["a" * LONG], read)


async def test_a_turn_that_is_taken_back_leaves_no_reading_behind() -> None:
    begun, go_on, noted = threading.Event(), threading.Event(), list[str]()

    def read() -> None:
        begun.set()
        assert go_on.wait(10)
        noted.append("read")

    task = asyncio.create_task(read_apart(["a" * LONG], read))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert noted == ["read"]


@pytest.mark.parametrize(("words", "apart"), [(SHORT, False), (TOLD, True)])
async def test_a_form_reads_a_long_story_beside_the_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, apart: bool
) -> None:
    threads: list[int] = []
    read = taking.read_answers

    def noted(*args: Any) -> Any:
        threads.append(threading.get_ident())
        return read(*args)

    monkeypatch.setattr(taking, "read_answers", noted)
    write(tmp_path, FILES)
    store = load_store(tmp_path / "agent_store", tmp_path / "prompt_store", tool_names())
    session = CallSession(call_id="c1", line="rail", active_agent="desk")
    session.history.append(CallerSaid(words, 1))
    services = ToolServices(MemoryCases(), MemoryBooks(), no_audit, clock=lambda zone: NOON)
    agent = store.agents["desk"]
    context = services.context(session, store.lines["rail"], agent, words, forms=store.forms.values())
    runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, no_audit), store)
    outcome = await runner.run("record_lost_item", f'{{"item": "{words}"}}', context)
    assert outcome.expects == "lost_on"
    assert [one != threading.get_ident() for one in threads] == [apart]


async def no_audit(*_: object) -> None: ...
