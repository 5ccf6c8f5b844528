"""A caller whose microphone is the browser's own fake device, which plays a file: the whole way of the sound.

What the device plays goes through the browser's capture, its echo cancellation and resampling: no sample is what
it was: the caller is understood by ear, as callers are.
"""

from pathlib import Path

import pytest
from chromium import Chromium, browser
from house import house, persona
from signing_in import KEY, sign_in

from local_azure.wav_file import mono_wav

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(300)]

SAID = "[...document.querySelectorAll('.said.caller:not(.partial)')].map((one) => one.textContent).join(' | ')"
ANSWERS = "[...document.querySelectorAll('.said.agent')].map((one) => one.textContent).join(' ')"
RATE = 16_000
BEFORE_S, BEHIND_S = 4, 14
"""Silence around what the device plays, which begins when the page asks for the microphone. It plays it over and over,
so who is not understood, or not waited for, says it once more."""


def played(folder: Path) -> Path:
    """What the device plays: nothing, how a recorded caller begins, nothing."""
    (greeting, *_) = persona("rear_end").utterances
    file = folder / "microphone.wav"
    file.write_bytes(mono_wav(bytes(BEFORE_S * RATE * 2) + greeting.pcm + bytes(BEHIND_S * RATE * 2), RATE))
    return file


async def test_who_speaks_by_the_browsers_own_device_is_answered(chromium: Chromium, tmp_path: Path) -> None:
    options = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={played(tmp_path)}",
        "--autoplay-policy=no-user-gesture-required",
    ]
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
