"""A line that is closed or full, on the telephone, by both ways in, on virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import office
import pytest
from office import Control, Office, Phone

from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.domain.session import AgentSaid
from backend.engine.call.call import Call
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.rules import DeskRules
from backend.engine.thinking.orchestrator import Thinking
from backend.testing.books import MemoryBooks, MemoryCallbacks, MemoryCases
from backend.testing.caller import ScriptedCaller
from backend.testing.stage import ENGLISH
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

NIGHT_DESK, ELSEWHERE = "+18005550166", "+18005550177"
WAYS = ("acs", "livekit")


def closed(more: str) -> str:
    """Hours in which the line is closed these days."""
    today = datetime.now(UTC).date()
    days = ", ".join(f"{{date: {today + timedelta(days=n)}}}" for n in (-1, 0, 1))
    return f"hours:\n  timezone: UTC\n  special: [{days}]\n" + "".join(
        f"  {line}\n" for line in more.split("; ") if line
    )


class Numbers(Control):
    """Call control that notes where callers are sent, and takes what rings there."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.rung: list[str] = []

    async def transfer(self, connection_id: str, *, to: str, context: object, token: str, operation: str = "") -> None:
        self.rung.append(to)
        await super().transfer(connection_id, to=to, context=context, token=token)

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        self.sent.append(to)


class ShutOffice(Office):
    """An office whose line calls back, reached by two ways."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.ways = {way: Numbers() for way in WAYS}
        self.callbacks = MemoryCallbacks()
        services = ToolServices(MemoryCases(), MemoryBooks([]), nothing, callbacks=self.callbacks)
        self._environment = replace(
            self._environment,
            ways=WaysIn(self.ways["acs"], {"livekit": self.ways["livekit"]}),
            thinking=Thinking(self.model, ToolRunner(BUILT_IN_TOOLS, nothing), services),
        )
        self.opens(DeskRules(max_calls=3))

    async def ring(self, way: str, number: str = "+13125550142") -> None:
        count = len(self.talks)
        ring = IncomingCall(f"e{count}", f"ring-{count}", Private(number), Private("+18005550100"), way=way)
        await self.desk.incoming(ring)

    async def talk(self, way: str, *says: str) -> Call:
        """A call in which the caller answers so, each time the agent has asked."""
        await self.ring(way)
        token, call = next((t, c) for t, c in self.desk.calls.items() if not c.talking)
        phone = Phone()
        self.talks.append(asyncio.create_task(self.desk.attach(token, phone)))
        await asyncio.sleep(12)
        for text in says:
            caller = ScriptedCaller(self.ears.opened[-1])
            caller.says(text, at=0.1)
            caller.start(phone.sink)
            await asyncio.sleep(14)
            await caller.stop()
        return call

    @property
    def said(self) -> str:
        return " ".join(self.voice.said)


async def nothing(*_: Any) -> None:
    return None


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run one story in an office whose line has some lines more."""

    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)

    def run(more: str, tell: Callable[[ShutOffice], Awaitable[None]]) -> None:
        monkeypatch.setattr(office, "LINE", office.LINE + more)

        async def whole() -> None:
            made = ShutOffice(tmp_path)
            await made.live.open()
            try:
                await tell(made)
            finally:
                await made.desk.close()
                await made.close()
                await made.live.close()

        run_virtual(whole())

    return run


@pytest.mark.parametrize("said", ["yes my brother is bleeding", "hilfe mein bruder blutet"])
@pytest.mark.parametrize("way", WAYS)
def test_at_night_an_emergency_is_put_through_to_the_number_for_it(story: Any, way: str, said: str) -> None:
    async def tell(made: ShutOffice) -> None:
        made.ways[way].people_there = True
        call = await made.talk(way, said)
        assert made.ways[way].rung == [NIGHT_DESK]
        assert f"{ENGLISH.closed} {ENGLISH.in_danger}" in made.said and ENGLISH.emergency in made.said
        assert made.model.requests == [], "no model is asked"
        assert call.session.facts["emergency"]

    story(closed(f'emergency_number: "{NIGHT_DESK}"'), tell)


@pytest.mark.parametrize(
    "words",
    [
        "yes i smell gas i'm at home",
        "yes somebody is breaking in i'm inside",
        "yes a wire came down in my driveway",
        "yes it's my mother she's at home",
    ],
)
def test_a_yes_is_a_yes_wherever_the_caller_is(story: Any, words: str) -> None:
    async def tell(made: ShutOffice) -> None:
        made.ways["acs"].people_there = True
        await made.talk("acs", words)
        assert made.ways["acs"].rung == ["+18005550199"]

    story(closed(""), tell)


@pytest.mark.parametrize(
    "words",
    [
        "nobody is hurt but there is a gas leak in the basement",
        "no but i smell gas",
        "i'm at home",
        "i'm safe but he's not",
    ],
)
def test_a_no_to_one_half_of_the_question_is_no_answer(story: Any, words: str) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk("acs", words)
        assert "Please say yes or no" in made.said or made.ways["acs"].rung
        assert call.record.call_id not in made.records.over

    story(closed(""), tell)


def test_who_says_nothing_is_told_what_to_do_in_danger(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk("acs")
        await asyncio.sleep(600)
        assert f"{ENGLISH.danger_unclear} {ENGLISH.hang_up}" in made.said
        assert made.records.over[call.record.call_id].outcome == "idle"

    story(closed(""), tell)


def test_an_emergency_that_nobody_takes_is_told_whom_to_call_and_the_agents_go_on(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk("acs", "yes", "hello")
        assert made.ways["acs"].rung == ["+18005550199"]
        assert ENGLISH.no_person_in_emergency in made.said
        assert made.model.requests and not call.over

    story(closed(""), tell)


@pytest.mark.parametrize("way", WAYS)
def test_who_is_in_no_danger_is_told_and_let_go(story: Any, way: str) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk(way, "no")
        ended = made.records.over[call.record.call_id]
        assert (ended.outcome, ended.detail) == ("rejected", "closed")
        assert f"at 12 AM. {ENGLISH.thanks_goodbye}" in made.said and made.ways[way].hung_up

    story(closed(""), tell)


@pytest.mark.parametrize("way", WAYS)
def test_a_wish_to_be_called_back_is_kept_before_the_caller_is_told_so(story: Any, way: str) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk(way, "no everybody is fine", "yes please")
        (wish,) = await made.callbacks.list()
        assert (wish.number, wish.reason) == ("+13125550142", "the line was closed")
        assert ENGLISH.call_back_noted_here in made.said
        ended = made.records.over[call.record.call_id]
        assert (ended.outcome, ended.detail) == ("completed", "closed")

    story(closed("action: call_back"), tell)


def test_others_are_put_through_to_the_lines_number_for_them(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        made.ways["acs"].people_there = True
        await made.talk("acs", "no")
        assert made.ways["acs"].rung == [ELSEWHERE]

    story(closed(f'action: redirect; number: "{ELSEWHERE}"'), tell)


@pytest.mark.parametrize("way", WAYS)
def test_where_nothing_is_asked_callers_are_sent_on_while_it_rings(story: Any, way: str) -> None:
    async def tell(made: ShutOffice) -> None:
        await made.ring(way)
        assert made.ways[way].sent == [ELSEWHERE] and not made.desk.live()

    story(closed(f'action: redirect; number: "{ELSEWHERE}"; emergencies: false'), tell)


def test_where_nothing_is_asked_and_there_is_nothing_else_the_message_is_all(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk("acs")
        ended = made.records.over[call.record.call_id]
        assert (ended.outcome, ended.detail) == ("rejected", "closed")
        assert made.said.startswith("Come back tomorrow. We open again on")

    story(closed("closed: Come back tomorrow.; emergencies: false"), tell)


def test_what_is_neither_yes_nor_no_is_asked_three_times_and_then_told(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        call = await made.talk("acs", "my bill is wrong", "the bill of october", "i want to talk about my bill")
        said = made.said
        assert said.index("Please say yes or no") < said.index("press 1") < said.index(ENGLISH.danger_unclear)
        assert made.records.over[call.record.call_id].outcome == "rejected"

    story(closed(""), tell)


@pytest.mark.parametrize("way", WAYS)
def test_a_full_line_calls_back_and_takes_emergencies(story: Any, way: str) -> None:
    async def tell(made: ShutOffice) -> None:
        await made.talk(way)
        second = await made.talk(way, "no", "yes please")
        assert f"{ENGLISH.full} {ENGLISH.in_danger}" in made.said
        (wish,) = await made.callbacks.list()
        assert wish.reason == "the line was full" and second.over
        made.ways[way].people_there = True
        await made.talk(way, "yes")
        assert made.ways[way].rung == ["+18005550199"]

    story("max_calls: 1\noverflow: {action: call_back}\n", tell)


def test_who_waits_at_a_full_line_takes_nobodys_place(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        first = await made.talk("acs")
        await made.talk("acs")
        await made.desk.hang_up(first.record.call_id)
        await asyncio.sleep(5)
        third = await made.talk("acs")
        assert not third.opening.full and third.session.history[0] == AgentSaid("one", "Welcome to one.", 1)

    story("max_calls: 1\noverflow: {action: message}\n", tell)


def test_where_the_whole_server_is_full_nobody_can_be_spoken_with(story: Any) -> None:
    async def tell(made: ShutOffice) -> None:
        for _ in range(3):
            await made.talk("acs")
        await made.ring("acs")
        assert made.ways["acs"].sent == [ELSEWHERE] and len(made.desk.live()) == 3

    story(f'max_calls: 9\noverflow: {{action: message, number: "{ELSEWHERE}"}}\n', tell)
