"""The console's softphone in a real browser: press, speak, hear, and see what the agent does."""

import base64
from collections.abc import AsyncGenerator

import pytest
from chromium import Chromium, Page, browser
from house import House, persona
from signing_in import sign_in
from spoken import MICROPHONE, SAID, listening

from local_azure.wav_file import mono_wav

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(400)]


@pytest.fixture
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    """A browser with a microphone of ours, signed in, on the page."""
    async with browser(chromium, ["--autoplay-policy=no-user-gesture-required"]) as opened:
        page = await opened.page()
        await page.ask("Page.addScriptToEvaluateOnNewDocument", source=MICROPHONE)
        await sign_in(page, f"{running.url}/")
        await page.click("nav a", "Speak")
        await page.until("!!document.querySelector('form.call')")
        yield page


async def speak(tab: Page, pcm: bytes) -> None:
    """Say a recording into the microphone, to its end."""
    await tab.value(f"microphone.speak('{base64.b64encode(mono_wav(pcm, 16_000)).decode()}')")


@pytest.mark.usefixtures("hurried")
async def test_a_person_without_a_microphone_types_and_hangs_up(running: House, tab: Page) -> None:
    await tab.value("document.querySelectorAll('form.call select')[2].focus()")
    await tab.value(
        "(() => { const one = document.querySelectorAll('form.call select')[2]; one.value = 'none';"
        " one.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    await tab.fill("input[type=tel]", "+1 312 555 0142")
    await tab.click("button", "Call")
    await tab.shows("Thank you for calling Meridian Mutual.")
    await listening(tab)
    assert await tab.value("microphone.asked.length") == 0
    await tab.fill("#write", "hello i need to report a car accident")
    await tab.click(".writing button", "Say")
    await tab.until(f"({SAID}).includes('report a car accident')")
    await tab.shows("answered after")
    (call,) = running.services.desk.live()
    assert (call.test, call.caller.reveal()) == (True, "+13125550142")
    await tab.click("button", "Hang up")
    await tab.shows("The call is over: caller hung up")
    assert not await tab.violations() and not await tab.barriers() and not tab.errors


@pytest.mark.usefixtures("hurried")
async def test_who_speaks_is_heard(running: House, tab: Page) -> None:
    (greeting, *_) = who = persona("rear_end").utterances
    for one in who:
        running.azure.state.sounds.learn(one.pcm, one.text)
    await tab.click("button", "Call")
    await listening(tab)
    assert (await tab.value("microphone.asked[0]"))["echoCancellation"]
    await speak(tab, greeting.pcm)
    await tab.until(f"({SAID}).includes('report a car accident')")
    await tab.click("button", "Hang up")
    await tab.shows("The call is over")


async def test_who_interrupts_is_listened_to_at_once_and_the_rest_is_not_played(running: House, tab: Page) -> None:
    (greeting, *_) = persona("rear_end").utterances
    running.azure.state.sounds.learn(greeting.pcm, greeting.text)
    await tab.click("button", "Call")
    await listening(tab)
    await speak(tab, greeting.pcm)
    await tab.until("[...document.querySelectorAll('.said.agent')].at(-1).textContent.includes('sorry to')", 60)
    before = await tab.value("wire.length")
    began = await tab.value("performance.now()")
    await speak(tab, greeting.pcm)
    cleared = f"wire.slice({before}).find((one) => one.type === 'clear')?.at"
    await tab.until(cleared, 60)
    print("milliseconds from the caller's first sound to the order to be silent:", await tab.value(cleared) - began)
    await tab.until(f"({SAID}).split('report a car accident').length > 2", 60)


@pytest.mark.usefixtures("hurried")
async def test_who_lost_the_network_is_called_back_on_the_same_call(running: House, tab: Page) -> None:
    await tab.click("button", "Call")
    await listening(tab)
    (call,) = running.services.desk.live()
    await tab.value("socket.close(3000)")
    await tab.until("wire.filter((one) => one.type === 'call').length === 2", 60)
    calls = await tab.value("wire.filter((one) => one.type === 'call').map((one) => one.call_id)")
    assert calls == [call.call_id] * 2
    await tab.until("[...document.querySelectorAll('.said.agent')].some((one) => /sorry/i.test(one.textContent))", 60)
    await tab.click("button", "Hang up")
    await tab.shows("The call is over: caller hung up")
