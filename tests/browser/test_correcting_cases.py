"""A person puts a filed case right in the browser: the caller's words stay, and of two at once the second is told."""

import os
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chromium import Chromium, Page, page
from house import House
from signing_in import sign_in

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.case_number import NumberPattern
from backend.domain.turn_moment import TurnMoment

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(120)]

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
FIELDS = {
    "full_name": "Jon Smith",
    "loss_date": "2026-11-20",
    "loss_time": "08:15",
    "vehicle": {"year": 2019, "make": "Toyota", "model": "Camry"},
    "vehicle_drivable": True,
    "passengers": [{"name": "Ann", "relationship": "wife"}],
}


@pytest.fixture
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        yield await sign_in(opened, f"{running.url}/")


async def told(running: House) -> None:
    """The call of the case: its third turn told the day, and corrected it in the fourth."""
    records, began = running.services.records, datetime.now(UTC)
    call = CallRecord(call_id="seen-1", line="insurance", direction="inbound", started_at=began)
    await records.started(call)
    for index, given in ((2, '{"loss_date": "2026-11-21", "full_name": null}'), (3, '{"loss_date": "2026-11-20"}')):
        moment = TurnMoment(kind="tool", name="record_fnol", ok=True, given=given)
        await records.turn(
            "seen-1",
            TurnRecord(
                index=index, agent="fnol", caller_text="friday", said="Thanks.", started_at=began, moments=[moment]
            ),
        )
    call.ended_at, call.outcome = began, "completed"
    await records.ended(call)


async def test_fields_of_a_filed_case_are_put_right(running: House, tab: Page) -> None:
    cases = running.services.cases
    await cases.save_fields("seen-1", "fnol", "POL-100234", FIELDS)
    number = (await cases.file("seen-1", "fnol", NumberPattern("CLA-{year}-{random:6}"))).number or ""
    await told(running)
    await tab.open(f"{running.url}/#/cases")
    await tab.shows("Save all as")
    for kind, begin in (("CSV", '\ufeff"number",'), ("JSON", "[")):
        link = f"[...document.querySelectorAll('a[download]')].find((one) => one.textContent === '{kind}').href"
        read = "(body) => new TextDecoder('utf-8', {ignoreBOM: true}).decode(body)"
        text = await tab.value(f"fetch({link}).then((one) => one.arrayBuffer()).then({read})")
        assert text.startswith(begin)
        assert number in text

    await tab.open(f"{running.url}/#/cases/{number}")
    said = "[...document.querySelectorAll('.fields dd a')].map((one) => [one.textContent, one.getAttribute('href')])"
    await tab.until(f"{said}.length")
    assert await tab.value(said) == [["when it was said: Loss date", "#/calls/seen-1?turn=3"]]
    await tab.click("button", "Correct Full name")
    await tab.until("document.querySelector('dialog[open] input')?.value === 'Jon Smith'")
    assert await tab.barriers() == []
    await tab.fill("dialog input", "John Smith")
    await tab.click("dialog button", "Save")
    await tab.shows("The caller said: Jon Smith")
    await tab.until("!document.querySelector('dialog')")
    assert await tab.barriers() == []
    if os.environ.get("RENEW_PICTURES"):
        await tab.picture(PICTURES / "case-corrected-light.png")

    await tab.click("button", "Correct Loss time")
    await tab.fill("dialog input", "late")
    await tab.click("dialog button", "Save")
    await tab.shows("fields.loss_time: expected a time, such as 15:30")
    await cases.correct(number, 1, {"loss_date": "2026-11-19"}, "key:another")
    await tab.fill("dialog input", "09:15")
    await tab.click("dialog button", "Save")
    await tab.shows("this case was corrected by somebody else since it was read")
    await tab.shows("Corrected by key:another")
    await tab.click("dialog button", "Leave it")
    await tab.until("!document.querySelector('dialog')")
    await tab.click("button", "Correct Vehicle drivable")
    await tab.value("void (document.querySelector('dialog select').value = '1')")
    await tab.click("dialog button", "Save")
    await tab.shows("The caller said: Yes")
    await tab.until("!document.querySelector('dialog')")
    kept = await cases.get(number)
    assert kept is not None
    assert kept.fields == FIELDS
    assert kept.as_corrected == FIELDS | {
        "full_name": "John Smith", "loss_date": "2026-11-19", "vehicle_drivable": False,
    }  # fmt: skip
    for name in ("Vehicle", "Passengers"):  # what has parts comes back as it was
        await tab.click("button", f"Correct {name}")
        await tab.click("dialog button", "Save")
        await tab.until("!document.querySelector('dialog')")
    kept = await cases.get(number)
    assert kept is not None
    assert len(kept.corrections) == 3
    assert await tab.violations() == []
    assert tab.errors == []
