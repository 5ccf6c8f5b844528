"""Supervisors in a real browser: a call of the emulated phone is listened to, whispered into, and taken over."""

import asyncio
import base64
from array import array
from collections.abc import AsyncGenerator

import aiohttp
import pytest
import pytest_asyncio
from chromium import Browser, Chromium, Page, browser
from house import House, persona
from one_house import lent
from signing_in import KEY
from spoken import MICROPHONE

from backend.domain.api_key import KeyRights, NewKey
from backend.domain.audit import AuditQuery
from local_azure.phone.phone import Phone
from local_azure.wav_file import mono_wav

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]

LINE = "+18005550100"
METERS = "[...document.querySelectorAll('.supervision meter')].map((one) => one.value)"
BAR = "(document.querySelector('.supervision')?.innerText ?? '')"


@pytest_asyncio.fixture(loop_scope="module")
async def running(one_house: House) -> AsyncGenerator[House]:
    async with lent(one_house) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def opened(chromium: Chromium) -> AsyncGenerator[Browser]:
    async with browser(chromium, ["--autoplay-policy=no-user-gesture-required"]) as found:
        yield found


async def signed_in(opened: Browser, running: House, key: str = KEY) -> Page:
    tab = await opened.page()
    await tab.ask("Page.addScriptToEvaluateOnNewDocument", source=MICROPHONE)
    await tab.open(f"{running.url}/")
    await tab.fill("#key", key)
    await tab.click("button", "Sign in")
    await tab.until("!document.querySelector('#key')")
    return tab


async def called(running: House) -> Phone:
    phone = running.azure.phones.dial(LINE)
    await phone.until_connected()
    return phone


async def listening(tab: Page) -> None:
    await tab.click("td button", "Listen in")
    await tab.until(f"{BAR}.includes('You listen.')")


def loudest(pcm: bytes | bytearray) -> int:
    return max(map(abs, array("h", bytes(pcm))), default=0)


async def speaking_until(tab: Page, phone: Phone, words: str) -> None:
    """Say it until the page shows that the caller is heard: a busy browser may look away for as long as it takes."""

    async def saying() -> None:
        while True:
            await phone.say_text(words)

    speaks = asyncio.create_task(saying())
    try:
        await tab.until(f"{METERS}[0] > 0.01", 60)
    finally:
        speaks.cancel()
        await asyncio.gather(speaks, return_exceptions=True)


async def test_both_voices_arrive_while_another_page_is_looked_at_and_end_with_the_call(
    running: House, opened: Browser
) -> None:
    tab = await signed_in(opened, running)
    phone = await called(running)
    await listening(tab)
    await tab.until(f"{METERS}[1] > 0.01")  # the greeting
    await phone.until_answered("help you")
    await tab.click("nav a", "Calls")
    await speaking_until(tab, phone, "hello i need to report an accident")
    assert await tab.barriers() == []
    phone.hang_up()
    await tab.until(f"{BAR}.includes('the call is over')")
    await tab.click(".supervision button", "Close")
    assert not await tab.value(BAR) and not await tab.violations() and not tab.errors


async def test_a_page_that_is_closed_listens_no_more(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running)
    phone = await called(running)
    await listening(tab)
    (call,) = running.ringmaster.desk.calls.all()
    assert call.attending.overhearing._sinks
    await tab.open("about:blank")
    async with asyncio.timeout(30):
        while call.attending.overhearing._sinks:
            await asyncio.sleep(0.05)
    phone.hang_up()


async def test_a_whisper_is_in_the_next_answer_and_in_the_timeline(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running)
    phone = await called(running)
    await listening(tab)
    await phone.until_answered("help you")
    await tab.fill(".supervision input", "Tell the caller that a tow truck is on its way.")
    await tab.click(".supervision button", "Whisper")
    await tab.until(f"{BAR}.includes('has it for its next answer')")
    await phone.say_text("hello i need to report an accident")
    await phone.until_heard("tow truck is on its way")
    assert "Tell the caller" not in phone.heard
    await tab.click(".supervision a", "•••")
    await tab.shows("Tell the caller that a tow truck is on its way.")
    await tab.shows("Whispered by")
    phone.hang_up()
    assert not await tab.violations() and not tab.errors


async def test_a_call_is_taken_over_and_given_back(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running)
    phone = await called(running)
    await phone.until_answered("help you")
    await listening(tab)
    await tab.click(".supervision button", "Take over")
    assert await tab.barriers() == []
    await tab.click("dialog button", "Take over")
    await phone.until_heard("colleague of mine is joining")
    await tab.until(f"{BAR}.includes('The caller hears you.')")
    await phone.until_silent(600)
    before = len(phone._tracks._right)
    (pcm, *_) = (one.pcm for one in persona("rear_end").utterances)
    await tab.value(f"microphone.speak('{base64.b64encode(mono_wav(pcm, 16_000)).decode()}')")
    # The colleague's voice, in the caller's ear.
    await phone.until(lambda: loudest(phone._tracks._right[before:]) > 1000, 30)
    await speaking_until(tab, phone, "can you hear me")
    (call,) = running.services.desk.live()
    async with asyncio.timeout(30):
        while not any("can you hear me" in turn.caller_text for turn in call.turns):
            await asyncio.sleep(0.05)
    await tab.click(".supervision button", "Give back")
    await phone.until_heard("I'm back with you")
    people = [(one.kind, one.result) for turn in call.turns for one in turn.moments if one.by]
    assert people == [("taken_over", ""), ("given_back", "given_back")]
    phone.hang_up()
    assert not await tab.violations() and not tab.errors


async def test_a_browser_that_is_gone_leaves_the_caller_to_the_agent(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running)
    phone = await called(running)
    await phone.until_answered("help you")
    await listening(tab)
    await tab.click(".supervision button", "Take over")
    await tab.click("dialog button", "Take over")
    await tab.until(f"{BAR}.includes('The caller hears you.')")
    await tab.value("socket.close()")
    await phone.until_heard("my colleague was cut off")
    phone.hang_up()


async def test_a_viewer_may_do_none_of_it(running: House, opened: Browser) -> None:
    keys = running.services.keys
    assert keys is not None
    made: NewKey = await keys.add("a-viewer", KeyRights(frozenset({"viewer"})), by="test")
    tab = await signed_in(opened, running, made.token)
    phone = await called(running)
    await tab.until("!!document.querySelector('tbody tr')")
    assert await tab.value("[...document.querySelectorAll('main button')].length") == 0
    call = running.services.desk.live()[0].call_id
    head = "{method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({text: 'hi'})}"
    assert await tab.value(f"fetch('/api/v1/calls/{call}/whisper', {head}).then((answer) => answer.status)") == 403
    for what in ("listen", "take-over"):
        knock = (
            "new Promise((done) => {"
            f" const one = new WebSocket(`ws://${{location.host}}/api/v1/calls/{call}/{what}`);"
            " one.onopen = () => done('open'); one.onerror = () => done('refused'); })"
        )
        assert await tab.value(knock) == "refused"
    phone.hang_up()


async def test_who_loses_the_right_hears_no_more(
    running: House, opened: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.api.standing._ASKED_S", 0.2)
    monkeypatch.setattr("backend.api.key_ring._FRESH_S", 0.0)
    keys = running.services.keys
    assert keys is not None
    made: NewKey = await keys.add("anna", KeyRights(frozenset({"viewer", "operator"})), by="test")
    tab = await signed_in(opened, running, made.token)
    phone = await called(running)
    await listening(tab)
    (call,) = running.ringmaster.desk.calls.all()
    await keys.revoke("anna")
    async with asyncio.timeout(30):
        while call.attending.overhearing._sinks:
            await asyncio.sleep(0.05)
    phone.hang_up()


async def test_a_call_of_another_line_is_not_there_and_everything_is_in_the_audit(
    running: House, opened: Browser
) -> None:
    keys, audit = running.services.keys, running.services.audit
    assert keys is not None and audit is not None
    rights = KeyRights(frozenset({"viewer", "operator"}), lines=frozenset({"another"}))
    stranger: NewKey = await keys.add("bert", rights, by="test")
    phone = await called(running)
    call = running.services.desk.live()[0].call_id
    tab = await signed_in(opened, running, stranger.token)
    for what in ("listen", "take-over"):
        knock = (
            "new Promise((done) => {"
            f" const one = new WebSocket(`ws://${{location.host}}/api/v1/calls/{call}/{what}`);"
            " one.onclose = ({code, reason}) => done(`${code} ${reason}`); })"
        )
        assert await tab.value(knock) == f"1013 no call {call}"
    head = {"Authorization": f"Bearer {KEY}"}
    async with (
        aiohttp.ClientSession(headers=head) as web,
        web.ws_connect(f"{running.url}/api/v1/calls/{call}/listen") as ear,
    ):
        assert (await ear.receive_json(timeout=30))["type"] == "heard"
        assert len(await ear.receive_bytes(timeout=30)) == 3 * 640 * 2
    entries = await audit.list(AuditQuery(target=call, action="calls.listen"), limit=10, before=0)
    assert [(one.entry.line, one.entry.outcome) for one in entries] == [("insurance", "ok")]
    phone.hang_up()
