"""How a claim begins by the browser's own fake device, which plays files, and another microphone while one speaks.

What the device plays goes through the browser's capture, its echo cancellation and resampling: no sample is what it
was. Whether such a voice is understood by ear is shown by ``test_first_answer``; here its words are announced, and its
sound has to be there. The device reads its file when a page opens it. So a caller takes another microphone for each
answer, as one may on the page while one speaks, and the file is then another one.
"""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

import pytest
from announced import AnnouncedEars
from chromium import Chromium, Page, browser
from house import House, house, persona
from signing_in import KEY, sign_in
from spoken import WIRE, converse, in_haste, listening

from local_azure.phone.persona import Utterance
from local_azure.wav_file import mono_wav

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(600)]

RATE = 16_000
BEFORE_S, BEHIND_S = 0.6, 0.4
"""Silence around an answer. When it is over the device is silent: it plays nothing twice."""
WORDS = """[...document.querySelectorAll('.said.caller:not(.partial)')]
  .map((one) => one.textContent.slice(one.textContent.indexOf(" ") + 1)).join(" ")"""
"""What the page has heard the caller say, to its end."""
ANSWERS = 3
"""Both microphones are taken, and one of them again. The next answer is a secret, which the record leaves out."""


class Device:
    """What the browser's microphone plays when it is opened next."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "microphone.wav"
        self.holds(b"")

    def holds(self, pcm: bytes) -> None:
        """This, and silence."""
        silent = (bytes(int(seconds * RATE) * 2) for seconds in (BEFORE_S, BEHIND_S))
        self.file.write_bytes(mono_wav(pcm.join(silent), RATE))


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


@asynccontextmanager
async def calling(chromium: Chromium, running: House, device: Device) -> AsyncGenerator[Page]:
    """A browser with this device, whose softphone has called and been greeted."""
    options = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={device.file}%noloop",
        "--autoplay-policy=no-user-gesture-required",
    ]
    async with browser(chromium, options) as opened:
        tab = await opened.page()
        await tab.ask("Page.addScriptToEvaluateOnNewDocument", source=WIRE)
        await sign_in(tab, f"{running.url}/#/speak")
        await tab.click("form.call button", "Call")
        await tab.shows("Thank you for calling Meridian Mutual.", 60)
        await listening(tab)
        yield tab


async def take(tab: Page, number: int) -> None:
    """Choose another microphone."""
    value = await tab.until(f"[...document.querySelectorAll('#microphone option')].at({number})?.value")
    await tab.fill("#microphone", value)


async def test_each_microphone_that_is_taken_is_heard_and_answered(
    chromium: Chromium, tmp_path: Path, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local_azure.speech.engines.ScriptedRecognizer", AnnouncedEars)
    microphones, said = cycle((1, 2)), list[str]()
    async with (
        house(tmp_path, hurried=True, API_KEY=KEY) as running,
        calling(chromium, running, device) as tab,
    ):

        async def speak(say: Utterance) -> None:
            device.holds(say.pcm)
            AnnouncedEars.said = say
            said.append(say.text)
            await take(tab, next(microphones))

        await converse(tab, in_haste(persona("rear_end")), speak, answers=ANSWERS)
        # The agent may begin to think before the last word is said: who hangs up then has not said it.
        await tab.until(f"({WORDS}).includes({json.dumps(said[-1])})", 60)
        await tab.click("button", "Hang up")
        await tab.shows("The call is over: caller hung up")
        record = await running.only_record()
        heard = " ".join(turn.caller_text for turn in record.turns)
        assert len(said) == ANSWERS and all(text in heard for text in said), (said, heard)
        assert not await tab.violations() and not tab.errors


async def test_a_microphone_that_cannot_be_had_is_told_of_and_mutes(
    chromium: Chromium, running: House, device: Device
) -> None:
    async with calling(chromium, running, device) as tab:
        (call,) = running.services.desk.live()
        await tab.value(
            "window.had = navigator.mediaDevices.getUserMedia, void (navigator.mediaDevices.getUserMedia ="
            " async () => { throw new DOMException('gone', 'NotFoundError'); })"
        )
        await take(tab, 1)
        await tab.shows("There is no microphone. Connect one, or type.")
        await tab.until("document.querySelector('[aria-pressed=true]')?.textContent === 'Muted'")
        assert await tab.barriers() == []
        await tab.value("void (navigator.mediaDevices.getUserMedia = window.had)")
        await take(tab, 2)
        await tab.until("!document.querySelector('.call .trouble')")
        await tab.click("button", "Muted")
        await tab.until("document.querySelector('[aria-pressed=false]')?.textContent === 'Mute'")
        assert call.outcome is None and not tab.errors
