"""A caller whose microphone is the browser's own fake device, which plays a file: the whole way of the sound.

What the device plays goes through the browser's capture, its echo cancellation and resampling: no sample is what
it was: the caller is understood by ear, as callers are.
"""

from pathlib import Path

import pytest
from chromium import Chromium, browser
from house import house
from own_microphone import device, recording
from signing_in import KEY, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(300)]

SAID = "[...document.querySelectorAll('.said.caller:not(.partial)')].map((one) => one.textContent).join(' | ')"
ANSWERS = "[...document.querySelectorAll('.said.agent')].map((one) => one.textContent).join(' ')"
BEFORE_S = 4


async def test_who_speaks_by_the_browsers_own_device_is_answered(chromium: Chromium, tmp_path: Path) -> None:
    options = device(recording(tmp_path, BEFORE_S))
    async with house(tmp_path, stt="sphinx", API_KEY=KEY) as running, browser(chromium, options) as opened:
        page = await opened.page()
        await sign_in(page, f"{running.url}/")
        await page.click("nav a", "Speak")
        await page.click("form.call button", "Call")
        await page.shows("Thank you for calling Meridian Mutual.", 60)
        await page.until(f"/accident/i.test({SAID})", 90)
        await page.until(f"/sorry to hear|hurt/i.test({ANSWERS})", 90)
        await page.click("button", "Hang up")
        await page.shows("The call is over: caller hung up")
        assert not await page.violations() and not page.errors
