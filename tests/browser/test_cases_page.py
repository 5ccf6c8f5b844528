"""Cases in a real browser: by form, and what broke off with the turn in which each field of it was told."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from chromium import Chromium, Page, page
from house import House
from one_house import lent
from seed import seed
from signing_in import sign_in
from test_correcting_cases import told

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

LINKS = "[...document.querySelectorAll('.inside dd a')].map((one) => [one.textContent, one.getAttribute('href')])"


@pytest_asyncio.fixture(loop_scope="module")
async def running(one_house: House) -> AsyncGenerator[House]:
    async with lent(one_house) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        yield await sign_in(opened, f"{running.url}/")


async def test_cases_of_one_form_are_found(running: House, tab: Page) -> None:
    await seed(running, 3)
    await tab.open(f"{running.url}/#/cases")
    await tab.shows("2 cases")
    await tab.until("[...document.querySelector('[name=form]').options].some((one) => one.value === 'fnol')")
    await tab.fill("[name=form]", "fnol")
    await tab.shows("No case fits.")
    assert await tab.value("location.hash") == "#/cases?form=fnol"
    await tab.open(f"{running.url}/#/cases?form=claim&status=any")  # a form that the store has no longer
    await tab.shows("3 cases")
    assert await tab.value("document.querySelector('[name=form]').value") == "claim"
    assert await tab.violations() == [] and tab.errors == []


async def test_what_broke_off_leads_to_the_turns_in_which_it_was_told(running: House, tab: Page) -> None:
    fields = {"full_name": "Jon Smith", "loss_date": "2026-11-20"}
    await running.services.cases.save_fields("seen-1", "fnol", "POL-100234", fields)
    await told(running)
    await tab.open(f"{running.url}/#/cases?status=broken_off")
    await tab.click("button", "2 fields")
    await tab.until(f"{LINKS}.length")
    assert await tab.value(LINKS) == [["when it was said: Loss date", "#/calls/seen-1?turn=3"]]
    assert await tab.barriers() == []
    await tab.click(".inside dd a")
    await tab.until("document.querySelector('.turns li.chosen')?.innerText.includes('friday')")
    assert await tab.violations() == [] and tab.errors == []
