"""Signing in with Entra ID in a real browser, through its page and back; what a viewer may; and signing out."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from chromium import Chromium, Page, page
from house import House, house
from signing_in import KEY

from backend.adapters.cipher.data_key import new_key
from local_azure.entra_people import sign_in_environment
from local_azure.server import EmulatorServer, emulator

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(180)]

VIEWER, EDITOR = "viewer@local.example", "editor@local.example"
STATUS = "fetch({path!r}, {{method: {method!r}}}).then((answer) => answer.status)"


@pytest.fixture
async def entra() -> AsyncGenerator[EmulatorServer]:
    async with emulator() as azure:
        yield azure


@pytest.fixture
async def running(tmp_path: Path, entra: EmulatorServer) -> AsyncGenerator[House]:
    """A server whose people are those of a local Azure."""
    signing_in = sign_in_environment(entra.url)
    async with house(tmp_path, API_KEY=KEY, DATA_KEY=new_key(), **signing_in) as opened:
        yield opened


@pytest.fixture
async def tab(chromium: Chromium) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        yield opened


async def leave(tab: Page, person: str) -> None:
    """To Entra's page, and back: it shows the names of people, too."""
    await tab.click("button", "Sign in with Microsoft")
    await tab.click("button", person)
    await tab.until("location.pathname === '/'")


async def status(tab: Page, method: str, path: str) -> int:
    return await tab.value(STATUS.format(path=path, method=method))


async def test_a_viewer_signs_in_where_they_were_may_not_edit_and_signs_out(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/#/cases")
    assert await tab.barriers() == []
    await leave(tab, VIEWER)
    await tab.shows(VIEWER)
    assert await tab.value("location.pathname + location.hash") == "/#/cases"
    assert await tab.value("document.cookie") == ""
    assert await tab.violations() == []
    assert await status(tab, "GET", "/api/v1/cases") == 200
    assert await status(tab, "DELETE", "/api/v1/agents/auth") == 403
    await tab.click("nav a", "Agents")
    await tab.shows("Files")
    assert not await tab.value("document.body.innerText.includes('Put live')")
    await tab.click(".person button", "Sign out")
    await tab.until("!!document.querySelector('#key')")  # by way of Entra's page
    assert await status(tab, "GET", "/api/v1/session") == 401
    assert await tab.value("location.pathname + location.search") == "/"
    assert await tab.violations() == [] and tab.errors == []


async def test_who_is_not_let_in_reads_why_and_may_try_again(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/")
    await leave(tab, "nobody@local.example")
    await tab.shows("you have no role here")
    assert await tab.value("location.pathname + location.search") == "/"
    await leave(tab, "Cancel")
    await tab.shows("the sign-in was declined")
    assert await tab.violations() == []
    await leave(tab, EDITOR)
    await tab.shows(EDITOR)
    assert tab.errors == []


async def test_the_address_of_a_trouble_says_only_what_we_say(running: House, tab: Page) -> None:
    await tab.open(f"{running.url}/sign-in?trouble=%3Cimg%20src=x%20onerror=alert(1)%3E")
    await tab.shows("does not prove who you are")
    assert not await tab.value("!!document.querySelector('img')")
    assert await tab.violations() == [] and tab.errors == []
