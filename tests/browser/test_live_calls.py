"""Calls as they go, in a real browser: a call of the emulated phone appears, is watched, and is hung up."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp
import pytest
import pytest_asyncio
from chromium import Browser, Chromium, Page, browser
from house import House
from one_house import lent
from signing_in import KEY, sign_in

from backend.domain.api_key import KeyRights, NewKey
from backend.domain.principal import Role

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]

LINE = "+18005550100"


@pytest_asyncio.fixture(loop_scope="module")
async def running(one_house: House) -> AsyncGenerator[House]:
    async with lent(one_house) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def opened(chromium: Chromium) -> AsyncGenerator[Browser]:
    async with browser(chromium) as found:
        yield found


async def signed_in(opened: Browser, running: House, key: str = KEY, place: str = "") -> Page:
    return await sign_in(await opened.page(), f"{running.url}/{place}", key)


async def new_key(running: House, role: Role) -> str:
    keys = running.services.keys
    assert keys is not None
    made: NewKey = await keys.add(f"a-{role}", KeyRights(frozenset[Role]({role})), by="test")
    return made.token


async def test_a_call_is_watched_while_it_goes_and_hung_up(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running)
    await tab.shows("No call is in progress")
    phone = running.azure.phones.dial(LINE)
    await phone.until_connected()
    await tab.until("document.querySelector('tbody tr td.words')?.textContent.includes('Agent')")
    await phone.until_answered("help you")
    await phone.say_text("hello i need to report an accident")
    await tab.shows("hello i need to report an accident")
    assert await tab.barriers() == []
    await tab.click("a", "•••")  # the caller, whose number is masked
    await tab.shows("What was said")
    await tab.shows("hello i need to report an accident")
    await tab.click("button", "Hang up")
    assert await tab.barriers() == []
    await tab.press("Escape")  # nothing has happened
    await tab.until("!document.querySelector('dialog')")
    await tab.click("button", "Hang up")
    await tab.click("dialog button", "Hang up")
    await tab.until("!document.querySelector('dialog')")
    await phone.until_ended()
    await tab.shows("Why it ended")
    await tab.open(f"{running.url}/#/live")
    assert await tab.violations() == []
    assert tab.errors == []


async def test_a_viewer_looks_on_and_can_do_nothing(running: House, opened: Browser) -> None:
    tab = await signed_in(opened, running, await new_key(running, "viewer"))
    phone = running.azure.phones.dial(LINE)
    await phone.until_connected()
    await tab.until("!!document.querySelector('tbody tr')")
    assert await tab.value("[...document.querySelectorAll('main button')].length") == 0
    call = running.services.desk.live()[0].call_id
    forged = "fetch('/api/v1/calls/%s/hangup', {method: 'POST'}).then((answer) => answer.status)"
    assert await tab.value(forged % call) == 403
    assert phone.state != "ended"
    phone.hang_up()


async def test_a_page_of_another_site_can_do_nothing_with_the_cookie(running: House, opened: Browser) -> None:
    await signed_in(opened, running)
    phone = running.azure.phones.dial(LINE)
    await phone.until_connected()
    call = running.services.desk.live()[0].call_id
    evil = await opened.page()
    await evil.open(running.url.replace("127.0.0.1", "localhost") + "/livez")  # another site to a browser
    forged = (
        f"fetch('{running.url}/api/v1/calls/{call}/hangup', "
        "{method: 'POST', mode: 'no-cors', credentials: 'include'})"
        ".then((answer) => answer.type, () => 'refused')"
    )
    assert await evil.value(forged) in ("opaque", "refused")
    assert running.services.desk.live()[0].call_id == call
    phone.hang_up()


async def test_a_key_that_is_taken_back_ends_the_page(
    running: House, opened: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.api.live._QUIET_S", 0.2)
    monkeypatch.setattr("backend.api.key_ring._FRESH_S", 0.0)
    tab = await signed_in(opened, running, await new_key(running, "viewer"))
    await tab.shows("No call is in progress")
    keys = running.services.keys
    assert keys is not None
    await keys.revoke("a-viewer")
    await tab.shows("You are signed out")


async def test_events_resume_where_they_broke(running: House) -> None:
    head = {"Authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession(headers=head) as web:
        async with web.get(f"{running.url}/api/v1/events") as first:
            assert first.headers["content-type"].startswith("text/event-stream")
            hello, board = [await _event(first) for _ in range(2)]
            assert (hello["event"], board["event"], board["data"]) == ("hello", "board", "[]")
            phone = running.azure.phones.dial(LINE)
            began = await _event(first)
        async with web.get(f"{running.url}/api/v1/events", headers={"Last-Event-ID": board["id"]}) as second:
            await _event(second)
            again = await _event(second)
        call = running.services.desk.live()[0].call_id
        assert call in began["data"] and call in again["data"] and again["event"] == "calls"
        phone.hang_up()


async def _event(answer: aiohttp.ClientResponse) -> dict[str, str]:
    async with asyncio.timeout(60):
        found: dict[str, str] = {}
        while line := (await answer.content.readline()).decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name] = value
        return found
