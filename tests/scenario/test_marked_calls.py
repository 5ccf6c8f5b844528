"""Calls that are tests are marked as such by us, never by who calls, and left out of totals."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from house import LINE, house
from office import Office
from test_call_desk import story

from backend.domain.call import CallConnection, IncomingCall
from backend.domain.call_marks import CallMarks
from backend.domain.exchange import CallRoute
from backend.domain.private import Private
from backend.domain.search import Totals
from backend.engine.desk.rules import DeskRules
from config.address import on_this_machine

OURS, ANN = "+13125550142", "+13125550143"


async def up(**_: object) -> CallConnection:
    """A placed call comes about at once."""
    return CallConnection("cc-placed")


@pytest.mark.parametrize(
    ("marks", "tests"),
    [(CallMarks(), ()), (CallMarks(numbers=frozenset({OURS})), (OURS,)), (CallMarks(all=True), (OURS, ANN))],
)
def test_a_call_is_a_test_by_its_number_or_because_all_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: CallMarks, tests: tuple[str, ...]
) -> None:
    async def tell(office: Office) -> None:
        office.opens(DeskRules(marks=marks))
        for number in (OURS, ANN):
            headers = {"X-Test": "true", "X-MS-Custom-Test": "true"}  # what a caller's network sends marks nothing
            ring = IncomingCall(number, number, Private(number), Private("+18005550100"), headers=headers)
            await office.desk.incoming(ring)
        found = {call.caller.reveal(): call for call in office.desk.live()}
        assert {number for number, call in found.items() if call.test} == set(tests)
        monkeypatch.setattr(office.control, "create", up, raising=False)
        placed = await office.desk.place(OURS)
        assert placed.test is (OURS in tests)
        stats = office.desk.stats()
        assert stats["live"] == 3
        await asyncio.sleep(0)
        marked = sum(call.test for call in office.desk.live())
        assert (stats["taken"], stats["tests"]) == (3 - marked, marked)
        for call in office.desk.live():
            assert CallRoute.of(call, "token").record().test is call.test

    story(tmp_path, tell)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8090", True),
        ("http://localhost:8090", True),
        ("http://[::1]:8090", True),
        ("https://contoso.communication.azure.com", False),
        ("https://127.0.0.1.example.com", False),
        ("https://localhost.example.com/127.0.0.1", False),
        ("", False),
    ],
)
def test_only_an_address_of_this_machine_is_the_local_azure(address: str, local: bool) -> None:
    assert on_this_machine(address) is local


@pytest.mark.real
@pytest.mark.timeout(120)
async def test_a_call_of_the_local_phone_and_a_chat_are_listed_with_their_mark_and_left_out_of_the_total(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home, aiohttp.ClientSession() as web:
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        phone.hang_up()
        await home.record(phone.connection_id)
        async with web.post(f"{home.url}/api/v1/chat", json={}) as answer:
            assert answer.status == 200
        async with asyncio.timeout(30):
            while await home.services.records.count() != Totals(0, 2):  # records are written behind the conversation
                await asyncio.sleep(0.05)
        async with web.get(f"{home.url}/api/v1/calls") as answer:
            calls = await answer.json()
            assert [call["test"] for call in calls] == [True, True]
            assert {call["direction"] for call in calls} == {"inbound", "chat"}
            assert (answer.headers["X-Total-Count"], answer.headers["X-Test-Count"]) == ("0", "2")
        async with web.get(f"{home.url}/stats") as answer:
            stats = await answer.json()
            assert (stats["calls"]["taken"], stats["calls"]["tests"]) == (0, 1)
            assert (stats["chats"]["taken"], stats["chats"]["tests"]) == (0, 1)
