"""Every page of the console with much to show: what it says, who can use it, and on how small a screen.

``RENEW_PICTURES=1`` keeps what each looks like in ``docs/pictures``. Look at them before you commit them.
"""

import json
import os
from collections.abc import AsyncGenerator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from chromium import Chromium, Page, page
from house import House
from one_house import lent
from seed import LONG, seed
from signing_in import sign_in

from backend.errors import StoreError

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

BY_COLOR = ("color-contrast", "link-in-text-block")
"""Rules by which a page may be well in the light and bad in the dark."""
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


@pytest_asyncio.fixture(loop_scope="module")
async def running(one_house: House) -> AsyncGenerator[House]:
    async with lent(one_house) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        yield await sign_in(opened, f"{running.url}/")


async def looked_at(tab: Page, name: str, at: str = "") -> None:
    """In the light and in the dark, on a desk and on a phone; nothing sticks out, and nobody is shut out. A picture
    begins with what ``at`` selects."""

    async def picture(kind: str) -> None:
        if os.environ.get("RENEW_PICTURES"):
            if at:
                await tab.value(f"document.querySelector({json.dumps(at)}).scrollIntoView()")
            await tab.picture(PICTURES / f"{name}-{kind}.png")

    for dark in (False, True):
        await tab.dark(dark)
        assert await tab.barriers(BY_COLOR if dark else ()) == []
        await picture("dark" if dark else "light")
    await tab.size(390, 844)
    assert await tab.value("document.documentElement.scrollWidth") <= 390
    assert await tab.barriers() == []
    await picture("phone")
    await tab.size(1280, 800)
    await tab.dark(False)


async def test_every_page_with_much_to_show(running: House, tab: Page) -> None:
    call = await seed(running)
    await tab.open(f"{running.url}/#/calls")
    await tab.shows("500 calls")
    assert LONG in await tab.value("document.body.innerText")
    await looked_at(tab, "calls")
    await tab.open(f"{running.url}/#/calls/{call}?turn=3")
    await tab.until("!!document.querySelector('.turns li.chosen')")
    await tab.shows("end of turn")
    assert "The agent said goodbye" in await tab.value("document.body.innerText")
    await looked_at(tab, "call")
    await tab.open(f"{running.url}/#/cases")
    await tab.shows("2 cases")
    await tab.click("button", "7 fields")
    await tab.shows("Lake Street and Wells Street, Chicago")
    await looked_at(tab, "cases")
    await tab.click("tbody a", "CLA-")
    await tab.shows("Caller\nVerified")
    await looked_at(tab, "case")
    phone = running.azure.phones.dial("+18005550100")
    await phone.until_connected()
    await phone.until_answered("help you")
    await phone.say_text("hello i need to report an accident")
    await tab.open(f"{running.url}/#/live")
    await tab.shows("hello i need to report an accident")
    await tab.shows("insurance")
    await looked_at(tab, "live")
    phone.hang_up()
    await tab.open(f"{running.url}/#/health")
    await tab.shows("19 of 20, at most")
    await tab.shows("no deployment of the model answers")
    await tab.shows("All is well.")
    assert "`" not in await tab.value("document.body.innerText")  # what is to be typed or looked at stands as code
    await looked_at(tab, "health")
    await tab.open(f"{running.url}/#/health?days=1")
    hours = "[...document.querySelectorAll('details time')].map((one) => [one.dateTime, one.textContent])"
    await tab.until(f"({hours}).length > 20")
    for at, shown in await tab.value(hours):  # by the clock of the line, wherever the browser is
        there = datetime.fromisoformat(at).astimezone(ZoneInfo("America/Chicago"))
        assert shown.replace("\u202f", " ") == f"{there:%I:%M %p}".lstrip("0")
    assert await tab.violations() == [] and tab.errors == []


async def test_all_rows_of_a_long_list_can_be_reached_and_saved(running: House, tab: Page) -> None:
    await seed(running, 230)
    await tab.open(f"{running.url}/#/calls")
    for shown in (50, 100, 150, 200, 230):
        await tab.until(f"document.querySelectorAll('tbody tr').length === {shown}")
        if shown < 230:
            await tab.click("button", "Show more")
    assert not await tab.value(
        "[...document.querySelectorAll('button')].some((one) => one.textContent === 'Show more')"
    )
    await tab.value(
        "(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => {"
        " blob.text().then((text) => (window.saved = text)); return make(blob); }; })()"
    )
    await tab.click("button", "Save as CSV")
    await tab.shows("230 rows saved")
    lines = (await tab.until("window.saved")).strip().splitlines()  # the browser reads what it has made by and by
    assert len(lines) == 231 and lines[0].lstrip("\ufeff").startswith('"call","began","ended","line"')


async def test_filters_are_those_of_the_api_and_stand_in_the_address(running: House, tab: Page) -> None:
    await seed(running, 40)
    await tab.open(f"{running.url}/#/calls")
    await tab.shows("40 calls")
    await tab.fill("[name=state]", "transferred")
    await tab.shows("5 calls")
    assert await tab.value("location.hash") == "#/calls?state=transferred"
    assert "Transferred to a person" in await tab.value("document.querySelector('tbody').innerText")
    await tab.fill("[name=caller]", "nonsense")
    await tab.shows("expected a number with its country")
    await tab.click("button", "Clear")
    await tab.shows("40 calls")
    await tab.fill("[name=words]", "rear ended")
    await tab.shows("3 calls of the newest 200")
    await tab.click(".found a", ":")
    await tab.shows("All calls")
    await tab.open(f"{running.url}/#/calls?line=none-of-ours")
    await tab.shows("No call fits.")
    assert await tab.value("document.querySelector('[name=line]').value") == "none-of-ours"


async def test_words_are_looked_for_with_all_other_filters_and_kept_as_a_view(running: House, tab: Page) -> None:
    await seed(running, 40)
    await tab.open(f"{running.url}/#/calls")
    await tab.fill("[name=direction]", "outbound")
    await tab.shows("No call fits.")
    await tab.fill("[name=direction]", "inbound")
    await tab.fill("[name=words]", "rear ended")
    await tab.shows("3 calls of the newest 200")
    await tab.fill("[name=agent]", "fnol_intake")
    await tab.shows("1 call of the newest 200")
    await tab.fill("[name=caller]", "+13125550001")
    await tab.click("button", "Save this view")
    assert await tab.barriers() == []
    await tab.fill("#view-name", "Rear ended")
    await tab.click("dialog button", "Save")
    await tab.until("!document.querySelector('dialog')")
    await tab.click("button", "Clear")
    await tab.shows("40 calls")
    await tab.ask("Page.reload")
    await tab.click(".views a", "Rear ended")
    await tab.shows("1 call of the newest 200")
    kept = await tab.value("JSON.stringify(localStorage)")
    assert "fnol_intake" in kept and "+13125550001" not in kept
    await tab.click(".views button", "Forget the view Rear ended")
    await tab.until("!document.querySelector('.views a')")
    assert await tab.violations() == [] and tab.errors == []


async def test_a_cell_of_a_file_is_no_formula(running: House, tab: Page) -> None:
    call_id = await seed(running, 1)
    records = running.services.records
    call = await records.get(call_id)
    assert call is not None
    call.turns[0].caller_text = ' =HYPERLINK("http://evil") rear ended'
    await records.turn(call_id, call.turns[0])
    await tab.open(f"{running.url}/#/calls?words=rear+ended")
    await tab.shows("1 call of the newest 200")
    await tab.value(
        "(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => {"
        " blob.text().then((text) => (window.saved = text)); return make(blob); }; })()"
    )
    await tab.click("button", "Save as CSV")
    saved = await tab.until("window.saved")
    assert "' =HYPERLINK" in saved


async def test_what_is_not_there_is_said(running: House, tab: Page) -> None:
    for place, words in (
        ("live", "No call is in progress"),
        ("calls", "Calls appear here when they have begun."),
        ("calls/none", "no call none"),
        ("cases", "A case appears here when an agent has filed it."),
        ("cases/none", "no case none"),
        ("nowhere", "Live calls"),
    ):
        await tab.open(f"{running.url}/#/{place}")
        await tab.shows(words)
        assert await tab.barriers() == []
    assert tab.errors == []


async def test_an_edit_that_is_not_live_is_told_with_its_faults(running: House, tab: Page) -> None:
    live = running.services.live
    assert live is not None
    faults = ["agents/auth.yaml:3: no tool 'recod'", "lines/x.yaml:1: no agent 'y'"]
    live.store._check.reject("disk", StoreError(faults))
    await tab.open(f"{running.url}/#/health")
    await tab.shows("something is not as it should be")
    await tab.shows("An edit of the agents' files does not pass the check")
    for fault in faults:
        await tab.shows(fault)
    assert await tab.violations() == [] and await tab.barriers() == [] and tab.errors == []


async def test_the_keyboard_is_enough(running: House, tab: Page) -> None:
    await tab.press("Tab")
    assert await tab.value("document.activeElement.textContent") == "To the page"
    for name in ("Live", "Calls"):
        await tab.press("Tab")
        assert await tab.value("document.activeElement.textContent.trim()") == name
    await tab.press("Enter")
    await tab.until("document.querySelector('h1')?.textContent === 'Calls'")
    await tab.until("document.activeElement.id === 'main'")
    assert await tab.value("document.title") == "Calls · Ringmaster"


async def test_a_page_that_is_older_than_its_server_says_so(
    running: House, tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tab.until("!document.querySelector('.notice')")
    await tab.value(f"document.querySelector('meta[name=build]').content === {json.dumps('x')}")
    from backend.console.files import ConsoleFiles, console_files

    monkeypatch.setattr("backend.api.live.console_files", lambda: ConsoleFiles(console_files().files, "another"))
    await tab.value("document.dispatchEvent(new Event('visibilitychange'))")  # it looks anew
    await tab.shows("The server has a newer version of these pages.")
