"""A second line that shares nothing with insurance: YAML, prompts and one HTTP server, no Python of our own."""

import asyncio
import importlib.util
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn
from house import House, house
from test_calls import say
from text_call import NOON, TextCall
from typer.testing import CliRunner

from backend.domain.call import CallRecord
from backend.domain.tool import EndCall
from local_azure.phone.phone import Phone
from local_azure.ports import free_port

DENTAL = Path(__file__).resolve().parents[2] / "examples/dental"
LINE = "+18005550200"


@pytest.fixture(scope="module")
def book_server() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("dental_book_server", DENTAL / "book_server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@asynccontextmanager
async def practice(tmp_path: Path, port: int) -> AsyncIterator[House]:
    stores = {"AGENT_STORE": str(DENTAL / "agent_store"), "PROMPT_STORE": str(DENTAL / "prompt_store")}
    variables = {
        "TOOL_DENTAL_URL": f"http://127.0.0.1:{port}",
        "TOOL_DENTAL_KEY": "front-desk",
        "BOOK_PATIENTS": str(DENTAL / "patients.yaml"),
    }
    async with house(tmp_path, hurried=True, **stores, **variables) as home:
        yield home


@asynccontextmanager
async def book_open(module: ModuleType, port: int, today: date | None = None) -> AsyncIterator[Any]:
    """The real tool server, as its README starts it."""
    book = module.Book(today=lambda: today or date.today())
    server = uvicorn.Server(uvicorn.Config(module.create_app("front-desk", book), port=port, log_config=None))
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield book
    finally:
        server.should_exit = True
        await serving


async def converse(home: House, *lines: str) -> tuple[Phone, CallRecord]:
    phone = home.azure.phones.dial(LINE)
    await phone.until_connected()
    await say(phone, *lines)
    await phone.until(lambda: phone.state == "ended" or phone.moved_to is not None, 30)
    phone.hang_up()
    return phone, await home.record(phone.connection_id)


def next_tuesday(today: date | None = None) -> date:
    today = today or date.today()
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)


BOOKING = (
    "i would like to book an appointment for a cleaning",
    "next tuesday",
    "nine thirty in the morning please",
    "anna bell",
    "five five five zero one three four four",
    "yes please",
    "no thank you goodbye",
)


@pytest.mark.long_call
@pytest.mark.real
@pytest.mark.timeout(180)
async def test_a_phone_call_books_at_the_real_tool_server_and_another_is_answered_while_its_server_is_down(
    tmp_path: Path, book_server: ModuleType
) -> None:
    (tmp_path / "down").mkdir()
    port = free_port()
    async with (
        book_open(book_server, port) as book,
        practice(tmp_path, port) as home,
        practice(tmp_path / "down", free_port()) as lonely,
    ):
        (_, call), (phone, other) = await asyncio.gather(
            converse(home, *BOOKING),
            converse(lonely, "i would like to book a cleaning", "next tuesday", "no thank you goodbye"),
        )
    (number, made), *others = book.appointments.items()
    assert others == []
    assert made["treatment"] == "cleaning"
    assert (made["day"], made["time"]) == (next_tuesday().isoformat(), "09:30")
    assert (made["patient_name"].lower(), made["phone"]) == ("anna bell", "55501344")
    assert any(" ".join(number) in turn.said for turn in call.turns)
    assert (call.outcome, call.agents) == ("completed", ["reception", "booking"])
    assert "our appointment book can't be reached" in phone.heard
    assert other.outcome == "completed"


@asynccontextmanager
async def text_call(port: int) -> AsyncIterator[TextCall]:
    variables = {"TOOL_DENTAL_URL": f"http://127.0.0.1:{port}", "TOOL_DENTAL_KEY": "front-desk"}
    call = TextCall(DENTAL, "dental", variables)
    try:
        yield call
    finally:
        await call.declared.close()


async def test_what_the_caller_puts_right_is_read_back_again_before_anything_is_booked(book_server: ModuleType) -> None:
    port = free_port()
    async with book_open(book_server, port, NOON.date()) as book, text_call(port) as call:
        for line in BOOKING[:5]:
            await call.say(line)
        assert "at 9:30 AM. Shall I book that?" in call.said[-1]
        assert await call.say("no") == "What should I change?"
        assert "at 11 AM. Shall I book that?" in await call.say("eleven in the morning")
        assert book.appointments == {}
        await call.say("yes")
        assert [made["time"] for made in book.appointments.values()] == ["11:00"]
        await call.say("no thank you goodbye")
        assert isinstance(call.over, EndCall)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what are your opening hours", "Monday to Friday from nine"),
        ("where can i park", "Patients park free of charge"),
        ("how much does a cleaning cost", "90 dollars"),
        ("do you repair bicycles", "I'm sorry, I don't"),
    ],
)
async def test_questions_are_answered_from_the_lines_knowledge(question: str, answer: str) -> None:
    async with text_call(9) as call:
        assert answer in await call.say(question)
        await call.say("no thank you goodbye")
        assert isinstance(call.over, EndCall)


async def test_a_time_that_is_taken_is_said_to_be_and_another_one_is_asked_for(book_server: ModuleType) -> None:
    port = free_port()
    async with book_open(book_server, port, NOON.date()) as book, text_call(port) as call:
        for line in BOOKING[:5]:
            await call.say(line)
        book.add({"day": next_tuesday(NOON.date()).isoformat(), "time": "09:30"})
        assert await call.say("yes") == "I'm sorry, that time is not free. Which time would you like?"
        assert "at 11 AM" in await call.say("eleven in the morning then")


async def test_an_appointment_is_cancelled_by_its_number(book_server: ModuleType) -> None:
    port = free_port()
    async with book_open(book_server, port, NOON.date()) as book, text_call(port) as call:
        number = book.add({"day": next_tuesday(NOON.date()).isoformat(), "time": "09:30"})["number"]
        assert "number" in await call.say("i need to cancel my appointment")
        assert "Shall I cancel" in await call.say("four zero zero one")
        assert list(book.appointments) == [number]
        await call.say("yes")
        assert book.appointments == {}


def test_the_example_passes_the_check() -> None:
    from backend.cli.application import app

    outcome = CliRunner().invoke(app, ["check", str(DENTAL)])
    assert outcome.exit_code == 0, outcome.output


def test_no_line_of_the_server_is_about_dentistry() -> None:
    for path in (DENTAL.parents[1] / "backend").rglob("*.py"):
        assert not re.search(r"\bdental", path.read_text().lower()), path  # "occidental" is no dentistry
