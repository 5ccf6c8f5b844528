"""One call, through: spoken on one page, which shows what is taken down; watched on another while it goes, found there
when it is over, and played. What browser tests have of a whole claim is here; the others say a few words each.
"""

import base64
import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from chromium import Browser, Chromium, browser
from house import House, house, persona
from signing_in import KEY, sign_in
from spoken import MICROPHONE, SOUGHT, converse, in_haste
from test_pages import PICTURES, looked_at
from tones import recording_store

from local_azure.phone.persona import Utterance
from local_azure.wav_file import mono_wav

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(400)]

SEVENTH = "document.querySelector('.turns > li:nth-child(7)')"
HEARD = "document.querySelector('audio')"


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[House]:
    """A server whose line records."""
    async with house(tmp_path, hurried=True, API_KEY=KEY, AGENT_STORE=str(recording_store(tmp_path))) as opened:
        yield opened


@pytest.fixture
async def opened(chromium: Chromium) -> AsyncGenerator[Browser]:
    async with browser(chromium, ["--autoplay-policy=no-user-gesture-required"]) as found:
        yield found


async def moments(running: House, call_id: str) -> tuple[float, float]:
    """When the sixth and the seventh turn began, in seconds of the recording."""
    found, desk = await running.services.records.get(call_id), running.services.recordings
    assert found is not None and desk is not None
    began = (await desk.find(call_id)).began_at
    sixth, seventh = [(turn.started_at - began).total_seconds() for turn in found.turns[5:7]]
    return sixth, seventh


async def test_a_claim_is_watched_live_then_found_and_played_from_its_seventh_turn(
    running: House, opened: Browser
) -> None:
    caller = in_haste(persona("rear_end"))
    for one in caller.utterances:
        running.azure.state.sounds.learn(one.pcm, one.text)
    speaks = await opened.page()
    await speaks.ask("Page.addScriptToEvaluateOnNewDocument", source=MICROPHONE)
    await sign_in(speaks, f"{running.url}/#/speak")
    watches = await opened.page()
    await watches.open(f"{running.url}/")
    await watches.shows("No call is in progress")

    said = 0

    async def speak(say: Utterance) -> None:
        nonlocal said
        said += 1
        if said == 9 and os.environ.get("RENEW_PICTURES"):
            await speaks.picture(PICTURES / "speak.png")
        await speaks.value(f"microphone.speak('{base64.b64encode(mono_wav(say.pcm, 16_000)).decode()}')")
        if said == 1:
            await watches.shows(say.text)  # while the call goes on
            await watches.click("tbody th a")
            await watches.shows("What was said")
            await watches.shows(say.text)

    await speaks.click("form.call button", "Call")
    await speaks.until("!!document.querySelector('#first-sound')")
    await converse(speaks, caller, speak)
    await speaks.shows("The call is over: completed")
    await watches.shows("Why it ended")
    await watches.shows("was filed")
    record = await running.only_record()
    assert record.case_number is not None and record.test
    form = await speaks.value("document.querySelector('.forms').innerText")
    assert "2019" in form and "Civic" in form and "{" not in form and record.case_number in form
    await looked_at(speaks, "speak-over")

    await watches.click("nav a", "Calls")
    await watches.fill("[name=words]", "red light")
    await watches.shows("1 call of the newest 200")
    await watches.click(".found h2 a")
    await watches.shows("What was said")
    await watches.until("document.querySelectorAll('.wave path').length === 2", 60)
    assert await watches.value("document.querySelectorAll('.wave rect.left-out').length") >= 1  # the digits
    told = await watches.value(f"{SEVENTH}.querySelector('.play').getAttribute('aria-label')")
    minutes, seconds = map(int, told.removeprefix("Play from ").split(":"))
    from_s = 60 * minutes + seconds
    sixth, seventh = await moments(running, record.call_id)
    assert sixth - 1 <= from_s <= seventh + 1, "the caller's words lie between the turn before and their own"
    await watches.value(SOUGHT)
    await watches.value(f"{SEVENTH}.querySelector('.play').click()")
    assert abs(await watches.value("window.sought[0]") - from_s) <= 1
    await watches.until(f"{HEARD}.currentTime > {from_s} && !{HEARD}.paused")
    await watches.value(f"{HEARD}.pause()")
    await watches.click(".facts a", record.case_number)
    await watches.shows("Verified")
    await watches.shows("Civic")
    for tab in (speaks, watches):
        assert not await tab.violations() and not tab.errors
