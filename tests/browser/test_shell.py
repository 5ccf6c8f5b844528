"""The console's frame in a real browser: signing in, the way to pages, and what a browser has against it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from chromium import Chromium, Page, page
from house import House, house
from signing_in import KEY

from backend.api.door.local_key import LocalKey

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(180)]


@pytest.fixture
async def tab(chromium: Chromium) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        yield opened


async def test_a_key_signs_a_browser_in_and_out_again(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/")
    await tab.fill("#key", "not-the-key-of-this-server")
    await tab.click("button", "Sign in")
    await tab.shows("The server does not know this key.")
    await tab.fill("#key", KEY)
    await tab.click("button", "Sign in")
    await tab.shows("Health")
    assert await tab.value("document.cookie") == ""  # no script reads it
    assert await tab.violations() == []
    assert await tab.barriers() == []
    await tab.click("button", "Sign out")
    await tab.until("!!document.querySelector('#key')")
    assert await tab.value("fetch('/api/v1/session').then((answer) => answer.status)") == 401
    assert tab.errors == []


async def test_scripts_of_others_and_inline_ones_are_not_run(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/")
    await tab.value(
        "(() => { const one = document.createElement('script'); one.textContent = 'window.ran = true';"
        " document.body.append(one); })()"
    )
    assert not await tab.value("window.ran")
    assert len(await tab.violations()) == 1


async def test_the_address_that_make_run_prints_signs_in_once(chromium: Chromium, tmp_path: Path) -> None:
    local = LocalKey(tmp_path / "local.key")
    local.make()
    async with house(tmp_path, LOCAL_KEY_FILE=str(tmp_path / "local.key")) as running, page(chromium) as tab:
        address = f"{running.url}/sign-in#{local.new_code()}"
        await tab.open(address)
        await tab.shows("Live calls")
        assert (await tab.value("location.pathname"), await tab.value("location.hash")) == ("/", "")
        await tab.click("button", "Sign out")
        await tab.until("!!document.querySelector('#key')")
        await tab.open("about:blank")
        await tab.open(address)
        await tab.shows("This address has been used")
        assert await tab.violations() == [] and tab.errors == []
