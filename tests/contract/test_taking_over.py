"""Taking a call over into a browser, at the worker that has it and from another one, over a real Redis."""

import asyncio
from array import array

import pytest
from kept_waiting import KeptWaiting
from worker_stage import Link, Worker, Workers, event, forbidding

from backend.domain.call import TurnRecord
from backend.domain.overheard import Overheard
from backend.domain.session import CallerSaid
from backend.engine.call.call import Call
from backend.engine.conversation.visit import PRESENT_S
from backend.engine.desk.taking_over import Seat
from backend.errors import CallRefused

pytestmark = pytest.mark.timeout(60)

ASKS = "All right. What is your zip code?"
CALLER = array("h", [4000, -4000] * 160).tobytes()
COLLEAGUE = array("h", [7000, -7000] * 160).tobytes()
"""20 ms of each voice."""
BY = "key:anna"


async def until(condition, limit_s: float = 20.0) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():
            await asyncio.sleep(0.01)


async def speaking(link: Link) -> None:
    while True:
        if link.sink is not None:
            link.sink.on_audio(CALLER)
        await asyncio.sleep(0.02)


async def in_talk(workers: Workers, at: Worker) -> tuple[Call, Link]:
    """A caller who has been asked for their zip code."""
    link = await at.connect(await workers.ring(workers.one), "cc-r1")
    at.tasks.append(asyncio.create_task(speaking(link)))
    await at.says("Thank you for calling")
    workers.model.say_next(ASKS)
    at.hears("hello I want to report an accident")
    await at.says("What is your zip code?")
    (call,) = at.desk.calls.all()
    await until(lambda: len(call.record.turns) >= 2)
    return call, link


class Colleague:
    """Somebody in a seat, who speaks until they are cut off."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.heard: list[Overheard] = []
        self.tasks = [asyncio.create_task(self._speak()), asyncio.create_task(self._hear())]

    async def _speak(self) -> None:
        while True:
            self.seat.say(COLLEAGUE)
            await asyncio.sleep(0.02)

    async def _hear(self) -> None:
        while (block := await self.seat.ear.next()) is not None:
            self.heard.append(block)

    async def heard_by_the_caller(self) -> None:
        await until(lambda: bool(self.heard) and self.seat.speaks(self.heard[-1]))

    async def vanish(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def loudest(frames: list[bytes]) -> int:
    return max((max(map(abs, array("h", frame))) for frame in frames), default=0)


def people(call: Call) -> list[tuple[str, str, str]]:
    """What people did, as the record has it."""
    turns: list[TurnRecord] = call.record.turns
    return [(one.kind, one.by, one.result) for turn in turns for one in turn.moments if one.by]


@pytest.mark.parametrize("where", ["one", "two"])
async def test_a_colleague_speaks_instead_of_the_agent_and_gives_the_caller_back(workers: Workers, where: str) -> None:
    call, link = await in_talk(workers, workers.one)
    async with getattr(workers, where).supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        await workers.one.says("a colleague of mine is joining")
        await anna.heard_by_the_caller()
        await until(lambda: loudest([pcm for _, pcm in link.sent[-5:]]) == 7000)
        asked = len(workers.model.requests)
        workers.one.hears("my zip code is six oh six oh one")
        await until(lambda: any("six oh six" in turn.caller_text for turn in call.record.turns))
        assert len(workers.model.requests) == asked
        assert max(array("h", anna.heard[-1].pcm)[0::2]) == 4000
        seat.left_as = "given_back"
        await anna.vanish()
    await workers.one.says("I'm back with you. What is your zip code?")
    assert people(call) == [("taken_over", BY, ""), ("given_back", BY, "given_back")]
    conversation = call._conversation
    assert conversation is not None
    await until(lambda: conversation.floor == "listening")
    workers.model.say_next("Thank you, sixty six oh one.")
    workers.one.hears("it is six oh six oh one")
    await workers.one.says("sixty six oh one")
    shown = [message.content or "" for message in workers.model.requests[-1].messages]
    assert any("spoke with the caller in your place" in text for text in shown)
    assert CallerSaid("my zip code is six oh six oh one", call.session.history[-1].turn) not in call.session.history
    assert any(isinstance(item, CallerSaid) and item.text.startswith("my zip code") for item in call.session.history)


@pytest.mark.parametrize("where", ["one", "two"])
async def test_when_the_browser_is_gone_the_agent_says_so_and_goes_on(workers: Workers, where: str) -> None:
    call, _ = await in_talk(workers, workers.one)
    loop = asyncio.get_running_loop()
    taking = getattr(workers, where).supervision.take_over(call.record.call_id, BY)
    anna = Colleague(await taking.__aenter__())
    await anna.heard_by_the_caller()
    await anna.vanish()  # nobody says goodbye: the worker that had the page has died
    gone = loop.time()
    async with KeptWaiting() as kept:
        await workers.one.says("my colleague was cut off. I'll go on with you. What is your zip code?")
    assert loop.time() - gone < PRESENT_S + 1.5 + kept.late_s
    assert people(call)[-1] == ("given_back", BY, "lost")
    await taking.__aexit__(None, None, None)
    assert not call.attending.taken_over and not call.over


async def test_a_colleague_hears_a_caller_who_was_asked_for_a_secret(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    call.session.facts["_question"] = {"secret": True}
    async with workers.two.supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        await until(lambda: bool(anna.heard))
        assert anna.heard[0].hushed
        await anna.heard_by_the_caller()
        await until(lambda: not anna.heard[-1].hushed and max(array("h", anna.heard[-1].pcm)[0::2]) == 4000)
        await anna.vanish()


async def test_or_the_lines_person_is_rung(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    rings = call.line.supervision.model_copy(update={"lost": "person"})
    call._reception.line = call.line.model_copy(update={"supervision": rings})
    async with workers.one.supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        await anna.heard_by_the_caller()
        await anna.vanish()
    await until(lambda: workers.service.transfers == [call.line.person.number])


@pytest.mark.parametrize("where", ["one", "two"])
async def test_a_colleague_ends_the_call(workers: Workers, where: str) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with getattr(workers, where).supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        await anna.heard_by_the_caller()
        seat.left_as = "hung_up"
    assert await workers.records.outcome(call.record.call_id) == "transferred"
    assert BY in workers.records.calls[call.record.call_id].detail
    await until(lambda: workers.service.hung_up == ["cc-r1"])
    await anna.vanish()


async def test_a_caller_who_hangs_up_was_taken_over_by_a_person(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with workers.two.supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        await anna.heard_by_the_caller()
        await workers.one.shared.callback(workers.token("r1"), event("CallDisconnected"))
        assert await workers.records.outcome(call.record.call_id) == "transferred"
        assert "then the caller hung up" in workers.records.calls[call.record.call_id].detail
        await until(lambda: bool(seat.ear.over))
        await anna.vanish()


async def test_one_colleague_at_a_time_and_only_where_the_line_lets_them(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with workers.one.supervision.take_over(call.record.call_id, BY) as seat:
        anna = Colleague(seat)
        for worker in (workers.one, workers.two):
            with pytest.raises(CallRefused, match="key:anna speaks with the caller already"):
                async with worker.supervision.take_over(call.record.call_id, "key:bert"):
                    pass
        await anna.heard_by_the_caller()
        seat.left_as = "given_back"
        await anna.vanish()
    await workers.one.says("I'm back with you")
    call.attending._line = forbidding(call.line, "take_over")
    for worker in (workers.one, workers.two):
        with pytest.raises(CallRefused, match="cannot be taken over"):
            async with worker.supervision.take_over(call.record.call_id, BY):
                pass


async def test_a_call_that_is_being_transferred_is_not_taken_over(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    workers.model.say_next("Wait.")
    conversation = call._conversation
    assert conversation is not None
    conversation._parts.floor.leave()
    with pytest.raises(CallRefused, match="ending, or the caller is being connected"):
        async with workers.one.supervision.take_over(call.record.call_id, BY):
            pass
    assert not call.attending.taken_over
