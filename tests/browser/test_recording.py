"""The recording of a call in a real browser: both waves, what is left out, playing from a word, and who may."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chromium import Chromium, Page, page
from house import House, house
from spoken import SOUGHT
from test_pages import looked_at

from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.private import Private
from backend.domain.recording import SegmentName
from backend.engine.recording.tap import Pause, Resume
from tests.unit.engine.recording.test_recorders import play

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(180)]

KEY = "a-key-that-nobody-guesses-0123456789"
BEGAN = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
SAID = (
    ("hello i had an accident", "I'm sorry to hear that. Is anyone hurt?", 6),
    ("no everybody is fine", "Good. And what is your zip code, please?", 14),
    ("it is six oh six oh one", "Thank you. When did it happen?", 22),
)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, API_KEY=KEY) as opened:
        yield opened


@pytest.fixture
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    async with page(chromium, ("--autoplay-policy=no-user-gesture-required",)) as opened:  # a script presses here
        await opened.open(f"{running.url}/")
        await opened.fill("#key", KEY)
        await opened.click("button", "Sign in")
        await opened.until("!document.querySelector('#key')")
        yield opened


async def recorded(running: House, *, breaks_at: float | None = None) -> str:
    """A call of half a minute with three turns, a pause, and its recording."""
    records, desk = running.services.records, running.services.recordings
    assert desk is not None
    call = CallRecord(
        call_id="heard", line="insurance", direction="inbound", caller=Private("+13125550142"),
        called=Private("+18005550100"), started_at=BEGAN, agents=["auth"],
    )  # fmt: skip
    await records.started(call)
    for index, (caller, agent, at) in enumerate(SAID):
        turn = TurnRecord(
            index=index,
            agent="auth",
            caller_text=caller,
            said=agent,
            heard=agent,
            started_at=BEGAN + timedelta(seconds=at),
        )  # fmt: skip
        turn.latencies = Latencies(final_ms=200, first_frame_ms=1000, heard_ms=5000)
        await records.turn(call.call_id, turn)
    recorders = desk.recorders
    segment = recorders.open(SegmentName("heard", int(BEGAN.timestamp() * 1000)), 16_000, lambda: None)
    play(segment.tap, 30, (18, Pause(18.0)), (22.5, Resume(22.5)))
    if breaks_at is None:
        segment.close(30)
    else:
        segment.tap.breaks(breaks_at)
    async with asyncio.timeout(20):
        while recorders.figures.live:
            await asyncio.sleep(0.05)
    call.ended_at, call.outcome = BEGAN + timedelta(seconds=30), "completed"
    call.recording, call.recording_until = "on" if breaks_at is None else "broken", BEGAN + timedelta(days=30)
    await records.ended(call)
    return call.call_id


async def test_a_call_is_played_from_any_word(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/#/calls/{await recorded(running)}")
    await tab.shows("Kept until")
    assert await tab.value("document.querySelectorAll('.wave path').length") == 2
    assert await tab.value("document.querySelectorAll('.wave rect.left-out').length") == 1
    await tab.shows("A secret was asked for: neither voice is recorded.")
    # "zip" is the sixth of eight words, between 15 s and 19 s
    zip_code = "[...document.querySelectorAll('[data-word]')].find((word) => word.textContent === 'zip')"
    await tab.value(SOUGHT)
    await tab.value(f"{zip_code}.click()")
    await tab.until("document.querySelector('audio').currentTime >= 17")
    await tab.value("document.querySelector('.turns .play').click()")
    await tab.until("!document.querySelector('audio').paused")
    word, turn = await tab.value("window.sought")
    assert 17 <= word < 19 and turn < 8
    await tab.until("document.querySelector('audio').duration === 30")
    await tab.value("document.querySelector('audio').pause()")
    assert await tab.violations() == []
    assert tab.errors == []
    await looked_at(tab, "recording")


async def test_where_it_broke_off_is_told(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/#/calls/{await recorded(running, breaks_at=12.0)}")
    await tab.shows("The recording broke off at 0:12; the call went on.")


async def test_an_administrator_deletes_it(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/#/calls/{await recorded(running)}")
    await tab.click("button", "Delete the recording")
    await tab.shows("Delete this recording for good?")
    await tab.click("dialog button", "Delete")
    await tab.until("!document.querySelector('audio')")
    call = await running.services.records.get("heard")
    assert call is not None and call.recording == "deleted"
