"""Whispering to the agent of a call, at the worker that has it and at another one, over a real Redis."""

import asyncio

import pytest
from worker_stage import Worker, Workers, forbidding

from backend.adapters.redis import keys
from backend.engine.call.call import Call
from backend.errors import CallNotFound, CallRefused

pytestmark = pytest.mark.timeout(60)

RENTAL = "Offer them a rental car from Thursday on."


async def in_talk(workers: Workers, at: Worker) -> Call:
    await at.connect(await workers.ring(workers.one), "cc-r1")
    await at.says("Thank you for calling")
    (call,) = at.desk.calls.all()
    return call


@pytest.mark.parametrize("where", ["one", "two"])
async def test_the_agent_has_it_in_its_next_answer_and_the_record_says_by_whom(workers: Workers, where: str) -> None:
    call = await in_talk(workers, workers.one)
    await getattr(workers, where).supervision.whisper(call.record.call_id, RENTAL, "key:anna")
    workers.model.say_next("There will be a rental car for you.")
    workers.one.hears("hello i had an accident, what happens now")
    await workers.one.says("There will be a rental car")
    assert RENTAL in (workers.model.requests[-1].messages[-1].content or "")
    async with asyncio.timeout(20):
        while not (told := [one for turn in call.record.turns for one in turn.moments if one.kind == "whispered"]):
            await asyncio.sleep(0.02)
    assert [(one.by, one.given) for one in told] == [("key:anna", RENTAL)]
    assert not any("rental car from" in said for said in workers.one.voice.said)


async def test_it_goes_sealed_from_worker_to_worker(workers: Workers) -> None:
    call = await in_talk(workers, workers.one)
    pubsub = await workers.two.redis.subscribe(keys.to_worker("one"))
    await workers.two.supervision.whisper(call.record.call_id, RENTAL, "key:anna")
    said = b""
    while b"whisper" not in said:
        message = await pubsub.get_message(timeout=1, ignore_subscribe_messages=True)
        said = message["data"] if message else b""
    await pubsub.aclose()
    assert b"rental" not in said


async def test_it_goes_with_a_call_to_another_worker(workers: Workers) -> None:
    call = await in_talk(workers, workers.one)
    await workers.one.supervision.whisper(call.record.call_id, RENTAL, "key:anna")
    workers.model.say_next("What is your zip code?")
    workers.one.hears("hello i want to report")  # a turn in which the session is kept
    await workers.one.says("What is your zip code?")
    call.session.whispers.clear()
    await workers.one.supervision.whisper(call.record.call_id, RENTAL, "key:anna")
    call._memory._keeper.keep(call._memory._discretion.stored(call.session))
    async with asyncio.timeout(20):  # until it is where another worker finds it
        while not (session := await workers.two.sessions.load(call.record.call_id)) or not session.whispers:
            await asyncio.sleep(0.02)
    await workers.one.die()
    async with asyncio.timeout(20):
        while not workers.two.desk.calls.all():
            await asyncio.sleep(0.02)
    (gone_on,) = workers.two.desk.calls.all()
    assert [one.text for one in gone_on.session.whispers] == [RENTAL]


async def test_the_line_may_forbid_it_and_a_call_that_is_over_takes_none(workers: Workers) -> None:
    call = await in_talk(workers, workers.one)
    call.attending._line = forbidding(call.line, "whisper")
    for worker in (workers.one, workers.two):
        with pytest.raises(CallRefused, match="lets nobody whisper"):
            await worker.supervision.whisper(call.record.call_id, RENTAL, "key:anna")
    await workers.one.shared.hang_up(call.record.call_id)
    await workers.records.outcome(call.record.call_id)
    async with asyncio.timeout(20):
        while workers.one.desk.calls.all():
            await asyncio.sleep(0.02)
    for worker in (workers.one, workers.two):
        with pytest.raises(CallNotFound):
            await worker.supervision.whisper(call.record.call_id, RENTAL, "key:anna")
