"""Whole calls: phones of the local Azure, the real SDKs, the real server."""

import asyncio
import functools
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import uvloop
from house import LINE, House, house, persona
from quick_yaml import read_yaml

from backend.domain.call import CallRecord
from local_azure.faults import Fault
from local_azure.phone.caller import CallLimits, PersonaCaller
from local_azure.phone.phone import Phone
from local_azure.speech import tts as local_voice
from local_azure.speech.context import SynthesisRequest

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

STORE = Path(__file__).resolve().parents[2] / "agent_store"
BOOK = read_yaml((STORE / "policyholders.yaml").read_text())["policyholders"]
DIGITS = "zero one two three four five six seven eight nine".split()


def on_the_servers_loop(test: Callable[..., Coroutine[None, None, None]]) -> Callable[..., None]:
    """Run a test on uvloop, as the server does: twenty phones, their Azure and the server share one thread here."""

    @functools.wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        uvloop.run(test(*args, **kwargs))

    return run


class Stage:
    """A hurried house on a loop of the server's kind, which runs while a test does."""

    def __init__(self, home: House, runner: asyncio.Runner) -> None:
        self.home = home
        self.runner = runner


@pytest.fixture(scope="class")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One for all tests of a class: opening a house takes more than some of their calls."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        ends = AsyncExitStack()
        home = runner.run(ends.enter_async_context(house(tmp_path_factory.mktemp("house"), hurried=True)))
        try:
            yield Stage(home, runner)
        finally:
            runner.run(ends.aclose())


def in_one_house(test: Callable[[Any, House], Coroutine[None, None, None]]) -> Callable[[Any, Stage], None]:
    """Run a test of a class in the house of all of them."""

    def run(self: Any, stage: Stage) -> None:
        stage.runner.run(test(self, stage.home))

    run.__name__ = test.__name__
    return run


_FILLERS = frozenset("one moment please thanks for holding i'm still on it".split())

FILED = {
    "rear_end": {"policy": "POL-A10001", "drivable": True, "city": "Chicago", "cars": 2, "purpose": "commuting"},
    "parking_lot": {"policy": "POL-B20417", "drivable": False, "city": "Houston", "cars": 2, "purpose": "parked"},
}


def spoken(digits: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in digits)


async def say(phone: Phone, *lines: str) -> None:
    """Say lines, each when the agent has finished; to be told to wait is no answer."""
    for line in lines:
        await phone.until_silent(600, limit=60)
        before = phone.heard
        await phone.say_text(line)
        await phone.until(lambda before=before: answered(phone, before) or phone.state == "ended", 60)


def answered(phone: Phone, before: str) -> bool:
    """Was anything heard beside fillers? Of those a busy machine may tear a word in two."""
    new = re.findall(r"[\w']+", phone.heard.removeprefix(before).lower())
    return not _FILLERS.issuperset(new)


async def call_in(home: House, *lines: str) -> tuple[Phone, CallRecord]:
    """Phone in, say some lines, stay until the agent ends it."""
    phone = home.azure.phones.dial(LINE)
    await phone.until_connected()
    await say(phone, *lines)
    await phone.until(lambda: phone.state == "ended" or phone.moved_to is not None, 30)
    phone.hang_up()
    return phone, await home.record(phone.connection_id)


class TestInOneHouse:
    """Calls that are in nobody else's way."""

    @pytest.mark.long_call
    @in_one_house
    async def test_two_recorded_callers_at_once_each_file_their_own_claim(self, home: House) -> None:
        async def phone_in(name: str) -> None:
            phone = home.azure.phones.dial(LINE)
            await phone.until_connected()
            report = await PersonaCaller(phone, persona(name), CallLimits()).run()
            call = await home.record(phone.connection_id)
            assert report.unanswered == []
            assert (call.outcome, call.agents) == ("completed", ["auth", "fnol_intake"])
            assert call.case_number is not None
            claim = await home.services.cases.get(call.case_number)
            assert claim is not None
            found = {
                "policy": claim.subject,
                "drivable": claim.fields["vehicle_drivable"],
                "city": claim.fields["loss_location"]["city"],
                "cars": claim.fields["vehicles_involved"],
                "purpose": claim.fields["trip_purpose"],
            }
            assert found == FILED[name]
            assert claim.fields["injuries"]["injured"] is False

        # Who says "this morning at nine" cannot phone before nine: a time to come is asked again, and rightly so.
        late = datetime.now(ZoneInfo("America/Chicago")).hour >= 10
        await asyncio.gather(*(phone_in(name) for name in (FILED if late else ["rear_end"])))

    @pytest.mark.long_call
    @in_one_house
    async def test_a_question_an_emergency_and_a_person(self, home: House) -> None:
        question = call_in(
            home, "what is my deductible", "karen miller", spoken("77002"), spoken("9037"), "no thank you goodbye"
        )
        emergency = call_in(home, "there was a crash and people are injured")
        person = call_in(home, "i want to speak to a human right now")
        (asker, asked), (_, hurt), (_, wants) = await asyncio.gather(question, emergency, person)
        assert "1000 dollars" in asker.heard
        assert (asked.outcome, asked.agents) == ("completed", ["auth", "general_info"])
        assert hurt.outcome == wants.outcome == "transferred"
        assert hurt.turns[1].tools == ["report_emergency"]
        instructions = " ".join(turn.heard for turn in hurt.turns)
        assert "stay on the line" in instructions
        assert "hang up" not in instructions
        assert wants.turns[1].tools == ["transfer_to_person"]

    @pytest.mark.long_call
    @in_one_house
    async def test_a_person_gets_the_context_with_the_call(self, home: House) -> None:
        desk = home.azure.phones.wait_at("+18005550199")
        _, call = await call_in(
            home, "what is my deductible", "karen miller", spoken("77002"), spoken("9037"), "i want to speak to a human"
        )
        assert call.outcome == "transferred"
        assert desk.line is not None
        headers = dict(desk.line.headers)
        assert headers.pop("X-MS-Custom-Reason")
        assert headers.pop("X-MS-Custom-Summary")
        assert headers.pop("X-MS-Custom-Caller") == call.caller.reveal()
        assert headers == {"X-MS-Custom-Call-Id": call.call_id, "X-MS-Custom-Policy-Id": "POL-B20417"}
        urgent = home.azure.phones.wait_at("+18005550199")
        await call_in(home, "there was a crash and people are injured")
        assert urgent.line is not None
        assert urgent.line.headers["X-MS-Custom-Priority"] == "emergency"
        assert {"X-MS-Custom-Emergency", "X-MS-Custom-Location"} <= set(urgent.line.headers)

    @in_one_house
    async def test_a_caller_is_heard_although_the_news_of_the_answer_was_lost(self, home: House) -> None:
        home.azure.state.faults.add("acs", Fault("abort", after=1, match=":answer"))
        phone, call = await call_in(home, "i want to speak to a human right now")
        assert phone.moved_to is not None
        assert call.outcome == "transferred"
        assert call.turns[1].caller_text == "i want to speak to a human right now"


@pytest.mark.alone
@on_the_servers_loop
async def test_twenty_calls_at_once_never_hear_each_others_words(tmp_path: Path) -> None:
    async with house(tmp_path, hurried=True, MAX_CALLS="40") as home:

        async def ask(number: int) -> None:
            who = BOOK[number % len(BOOK)]
            await asyncio.sleep(number * 0.25)
            phone, call = await call_in(
                home,
                "what is my deductible",
                who["full_name"].lower(),
                spoken(who["zip_code"]),
                spoken(who["last4"]),
                "no thank you goodbye",
            )
            assert f"{who['deductible']} dollars" in phone.heard
            assert call.turns[2].caller_text.lower() == who["full_name"].lower()
            assert call.outcome == "completed"

        await asyncio.gather(*(ask(number) for number in range(20)))


@on_the_servers_loop
async def test_nobody_there_is_asked_and_then_let_go(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        phone.hang_up()
        call = await home.record(phone.connection_id)
        assert call.outcome == "caller_hung_up"
        async with asyncio.timeout(25):  # the record is closed a little before the desk lets go
            while home.ringmaster.desk.live():
                await asyncio.sleep(0.01)


def plain_voices(folder: Path) -> Path:
    """The same agents, whose voices have no manner of their own."""
    store = shutil.copytree(STORE, folder / "agent_store")
    for agent in (store / "agents").glob("*.yaml"):
        agent.write_text(re.sub(r", style: \w+, rate: \S+}", "}", agent.read_text()))
    return store


@pytest.mark.long_call
@on_the_servers_loop
async def test_a_call_whose_answers_are_streamed_remembers_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    syntheses: list[SynthesisRequest] = []
    read = local_voice.read_synthesis
    monkeypatch.setattr(local_voice, "read_synthesis", lambda body: syntheses.append(read(body)) or syntheses[-1])
    async with house(tmp_path, TTS_TEXT_STREAMING="true", AGENT_STORE=str(plain_voices(tmp_path))) as home:
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        await phone.until_answered("help you")
        for line, answer in (
            ("what does my policy cover", "name"), ("karen miller", "zip code"), (spoken("77002"), "four digits"),
            (spoken("9037"), "anything else I can help you with"),
        ):  # fmt: skip
            await phone.say_text(line)
            await phone.until_answered(answer)
        await phone.say_text("do you cover a rental car while mine is repaired")
        await phone.until(lambda: "your policy. Is" in phone.answer, 60)
        await phone.say_text("wait stop please")
        await phone.until(lambda: phone.turns[-1].response_ms is not None, 60)
        await phone.until_silent(1200, limit=60)
        phone.hang_up()
        call = await home.record(phone.connection_id)
        streamed = [request for request in syntheses if request.voice]
        assert len(streamed) >= 2
        *whole, cut, _ = list(zip(call.turns, phone.turns, strict=True))[1:]
        for turn, told in whole:
            assert turn.heard == turn.said == told.said
        turn, told = cut
        heard, said = turn.heard.split(), told.said.split()
        assert turn.interrupted and "Rental" in heard
        assert heard == said[: len(heard)] and len(said) - len(heard) <= 1  # the phone counts a word that was begun
