"""Chats are kept like calls: opened, answered one message at a time, idle ones ended, gone on with elsewhere."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from shipped_store import shipped_store

from backend.adapters.redis.session_store import MemorySessionStore
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.hiding import HIDDEN
from backend.domain.session import CallerSaid
from backend.engine.conversation.text_events import AgentChanged, Over, Said, Token, ToolRan, Typing
from backend.engine.desk.chat_desk import ChatDesk, ChatEnvironment, ChatRules
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import CallNotFound, CallRefused, SessionLost, Unavailable
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.virtual_time import run_virtual
from backend.tool_store.context import ToolServices

ROOT = Path(__file__).resolve().parents[4]
STORE = shipped_store(memory_tools().names)


async def no_audit(*_: object) -> None:
    return None


class Records:
    def __init__(self) -> None:
        self.begun: list[CallRecord] = []
        self.turns: list[TurnRecord] = []
        self.over: list[CallRecord] = []

    async def started(self, call: CallRecord) -> None:
        self.begun.append(call)

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        self.turns.append(turn)

    async def ended(self, call: CallRecord) -> None:
        self.over.append(call)

    async def get(self, call_id: str) -> CallRecord | None:
        return next((call for call in self.begun if call.call_id == call_id), None)


class Silent:
    def turn(self, *_: object) -> None: ...

    def refused(self, *_: object) -> None: ...

    def call_ended(self, *_: object) -> None: ...


class Desks:
    """Workers that share sessions and records."""

    def __init__(self, model=None, **rules: object) -> None:
        self.records, self.sessions = Records(), MemorySessionStore()
        services = ToolServices(MemoryCases(), MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml"), no_audit)
        thinking = Thinking(model or StandInModel(), memory_tools(), services)
        self._environment = ChatEnvironment(thinking, lambda: STORE, self.sessions, self.records, Silent(), shared=True)
        self._rules = ChatRules(**rules)

    @asynccontextmanager
    async def worker(self, **options: object):
        desk = ChatDesk(self._environment, self._rules, **options)
        try:
            yield desk
        finally:
            await desk.close()


async def test_a_chat_is_answered_and_kept_like_a_call() -> None:
    desks = Desks()
    async with desks.worker() as desk:
        opened = await desk.open()
        assert [said.text for said in opened.said] == [
            "Thank you for calling Meridian Mutual. How can I help you today?"
        ]
        assert (opened.line, opened.agent, opened.outcome) == ("insurance", "auth", None)
        assert [call.call_id for call in desk.live()] == [opened.id]
        for words in ("what is my deductible", "karen \x1bmiller\x07", "77002"):
            await desk.say(opened.id, words)
        answer = await desk.say(opened.id, "9037")
        assert "1000 dollars" in " ".join(said.text for said in answer.said)
        assert answer.agent == "general_info"
        last = await desk.say(opened.id, "no thank you")
        assert last.outcome == "completed"
        assert desk.live() == []
        with pytest.raises(CallNotFound):
            await desk.say(opened.id, "hello")
    (begun,), (over,) = desks.records.begun, desks.records.over
    assert begun.direction == over.direction == "chat"
    assert (over.outcome, over.agents) == ("completed", ["auth", "general_info"])
    assert [turn.caller_text for turn in desks.records.turns][1:3] == ["what is my deductible", "karen miller"]
    moments = [turn.started_at for turn in desks.records.turns]
    assert len({int(moment.timestamp() * 1000) for moment in moments}) == len(moments), "each turn has its own row"


async def test_events_show_what_happens_without_arguments_or_results() -> None:
    async with Desks().worker() as desk:
        opened = await desk.open()
        events: list = []
        await desk.watch(opened.id, events.append)
        for words in ("what is my deductible", "karen miller", "77002", "9037"):
            await desk.say(opened.id, words)
        desk.unwatch(opened.id, events.append)
        kinds = [type(event) for event in events]
        assert kinds[0] is Typing
        assert ToolRan("verify_caller", True) in events
        assert AgentChanged("general_info") in events
        assert "9037" not in repr(events)
        tokens = "".join(event.text for event in events if isinstance(event, Token))
        assert "".join(event.text for event in events if isinstance(event, Said)).replace(" ", "") == tokens.replace(
            " ", ""
        )


async def test_a_second_message_while_one_is_answered_is_refused() -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    class Slow(ScriptedModel):
        async def answer(self, request):
            asked.set()
            await answer.wait()
            async for event in super().answer(request):
                yield event

    async with Desks(Slow(["Here you are."])).worker() as desk:
        chat = (await desk.open()).id
        first = asyncio.create_task(desk.say(chat, "hello"))
        await asked.wait()
        with pytest.raises(CallRefused, match="still being answered"):
            await desk.say(chat, "hello again")
        answer.set()
        assert (await first).said[0].text == "Here you are."


async def test_messages_and_chats_are_bounded() -> None:
    async with Desks(ScriptedModel([]), most=1, longest_text=5, most_turns=2).worker() as desk:
        chat = (await desk.open()).id
        with pytest.raises(CallRefused, match="no more chats"):
            await desk.open()
        for text in ("", "   ", "x" * 6):
            with pytest.raises(CallRefused, match="1 to 5 characters"):
                await desk.say(chat, text)
        assert (await desk.say(chat, "hello")).outcome == "completed", "the greeting was a turn, this is the last"
        assert (await desk.open()).id != chat


async def test_no_chat_begins_on_a_worker_that_goes_away_or_on_a_line_that_is_not_there() -> None:
    async with Desks().worker(draining=lambda: True) as desk:
        with pytest.raises(CallRefused):
            await desk.open()
    async with Desks().worker() as desk:
        with pytest.raises(CallRefused, match="there are: insurance"):
            await desk.open("dentist")
        with pytest.raises(CallRefused, match="this number"):
            await desk.open(to="+18005559999")
        assert (await desk.open(to="+18005550100")).line == "insurance"


def test_a_chat_nobody_writes_in_is_over() -> None:
    async def story() -> None:
        desks = Desks(idle_s=60)
        async with desks.worker() as desk:
            chat = (await desk.open()).id
            events: list = []
            await desk.watch(chat, events.append)
            await asyncio.sleep(50)
            await desk.say(chat, "hello")
            await asyncio.sleep(50)
            assert desk.live()
            await asyncio.sleep(30)
            assert not desk.live()
            assert events[-1] == Over("idle")
            assert await desks.sessions.load(chat) is None
        assert desks.records.over[0].outcome == "idle"

    run_virtual(story())


async def test_another_worker_goes_on_with_a_chat() -> None:
    desks = Desks()
    async with desks.worker() as one, desks.worker() as other:
        chat = (await one.open()).id
        await one.say(chat, "what is my deductible")
        await other.say(chat, "karen miller")
        await one.say(chat, "77002")
        answer = await other.say(chat, "9037")
        assert "1000 dollars" in " ".join(said.text for said in answer.said)
        session = await desks.sessions.load(chat)
        said = [item.text for item in session.history if isinstance(item, CallerSaid)]
        assert said == ["what is my deductible", "karen miller", HIDDEN, HIDDEN]
        stored = msgspec.json.encode(session).decode()
        assert "9037" not in stored and "77002" not in stored
    assert [turn.caller_text for turn in desks.records.turns if turn.caller_text] == said


async def test_a_model_that_fails_is_apologized_for_and_the_second_time_leads_to_a_person() -> None:
    broken = ScriptedModel(lambda _: Reply(error=Unavailable("model", "down")))
    async with Desks(broken).worker() as desk:
        chat = (await desk.open()).id
        first = await desk.say(chat, "hello")
        assert "having trouble" in first.said[0].text
        assert first.outcome is None
        second = await desk.say(chat, "hello")
        assert second.outcome == "transferred"
        assert "+18005550199" in second.said[-1].text


async def test_an_id_of_a_call_is_no_chat() -> None:
    async with Desks().worker() as desk:
        with pytest.raises(CallNotFound):
            await desk.say("c1", "hello")


async def test_a_chat_goes_on_from_memory_where_redis_answers_and_takes_nothing() -> None:
    class Full(MemorySessionStore):
        full = True

        async def save(self, session) -> None:
            if self.full:
                raise SessionLost("redis: OutOfMemoryError")
            await super().save(session)

    desks = Desks()
    full = desks.sessions = Full()
    desks._environment = replace(desks._environment, sessions=full)
    async with desks.worker() as desk:
        chat = (await desk.open()).id
        assert (await desk.say(chat, "I had an accident")).said
        assert (await desk.say(chat, "nobody is hurt")).said
        assert await full.load(chat) is None
        full.full = False  # there is room again: it is kept from the next turn on
        assert (await desk.say(chat, "John Smith")).said
        stored = await full.load(chat)
        assert stored is not None and stored.turn == 4


class Told(Records):
    """Records that tell turns and endings as they were written, or nothing while they are away."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False

    async def get(self, call_id: str) -> CallRecord | None:
        if self.away:
            raise Unavailable("database", "gone")
        begun = await super().get(call_id)
        ended = next((call.ended_at for call in self.over if call.call_id == call_id), None)
        return begun and replace(begun, turns=list(self.turns), ended_at=ended)


def _told() -> Desks:
    desks = Desks()
    desks.records = Told()
    desks._environment = replace(desks._environment, records=desks.records)
    return desks


@pytest.mark.parametrize("away", [False, True])
async def test_a_chat_goes_on_where_redis_came_back_empty(away: bool) -> None:
    desks = _told()
    async with desks.worker() as desk:
        opened = await desk.open()
        await desk.say(opened.id, "what is my deductible")
        desks.sessions._sessions.clear()
        desks.records.away = away
        answer = await desk.say(opened.id, "karen miller")
        assert (answer.id, answer.outcome) == (opened.id, None)
        assert await desks.sessions.load(opened.id) is not None, "it is stored again"
        assert (await desk.say(opened.id, "77002")).outcome is None


async def test_a_chat_that_another_worker_has_ended_is_over_here() -> None:
    desks = _told()
    async with desks.worker() as first, desks.worker() as second:
        opened = await first.open()
        await second.end(opened.id)
        await second._journal.close()
        with pytest.raises(CallNotFound):
            await first.say(opened.id, "hello")


async def test_of_a_chat_whose_session_is_lost_no_worker_goes_on_with_less_than_was_said() -> None:
    desks = _told()
    async with desks.worker() as first, desks.worker() as second:
        opened = await first.open()
        await second.say(opened.id, "what is my deductible")
        await second._journal.close()
        desks.sessions._sessions.clear()
        with pytest.raises(CallNotFound):
            await first.say(opened.id, "hello")
