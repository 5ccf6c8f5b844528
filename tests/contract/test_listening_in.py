"""Listening in on calls, at the worker that has them and at another one, over a real Redis."""

import asyncio
from array import array
from contextlib import suppress

import pytest
from worker_stage import Link, Worker, Workers, forbidding

from backend.adapters.redis import keys
from backend.domain.audio import PCM_16K
from backend.domain.overheard import FRAMES, Overheard
from backend.domain.session import AgentSaid
from backend.engine.call.call import Call
from backend.engine.call.overhearing import MOST_LISTENERS
from backend.engine.desk.ear import Ear
from backend.engine.desk.listening_in import heard_topic
from backend.errors import CallNotFound, CallRefused, PoolExhausted

pytestmark = pytest.mark.timeout(60)

CALLER = array("h", [4000, -4000] * 160).tobytes()
"""20 ms of the caller."""


async def speaking(link: Link) -> None:
    """The caller makes a sound, 50 frames a second, until cancelled."""
    while True:
        if link.sink is not None:
            link.sink.on_audio(CALLER)
        await asyncio.sleep(0.02)


async def in_talk(workers: Workers, at: Worker) -> tuple[Call, asyncio.Task[None]]:
    token = await workers.ring(workers.one)
    link = await at.connect(token, "cc-r1")
    sound = asyncio.create_task(speaking(link))
    workers.one.tasks.append(sound)
    await at.says("Thank you for calling")
    (call,) = at.desk.calls.all()
    return call, sound


def sides(heard: Overheard) -> tuple[int, int]:
    """The loudest of the caller, and of what the caller hears."""
    samples = array("h", heard.pcm)
    return max(map(abs, samples[0::2])), max(map(abs, samples[1::2]))


async def loudest(ear: Ear, blocks: int = 20) -> tuple[int, int]:
    async with asyncio.timeout(20):
        heard = [sides(block) for _ in range(blocks) if (block := await ear.next()) is not None]
    return max(left for left, _ in heard), max(right for _, right in heard)


async def both_voices(ear: Ear) -> tuple[int, int]:
    """The loudest of each, heard until both are among them: beside load the agent's is some blocks later."""
    left = right = 0
    async with asyncio.timeout(20):
        while not (left and right) and (block := await ear.next()) is not None:
            left, right = (max(pair) for pair in zip((left, right), sides(block), strict=True))
    return left, right


async def until(condition, limit_s: float = 20.0) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("where", ["one", "two"])
async def test_both_voices_are_heard_wherever_the_call_is(workers: Workers, where: str) -> None:
    call, _ = await in_talk(workers, workers.one)
    listener = getattr(workers, where)
    async with listener.supervision.listen(call.record.call_id) as ear:
        workers.model.say_next("All right. What is your zip code?")
        workers.one.hears("hello I want to report an accident")
        left, right = await both_voices(ear)
        assert left == 4000 and right > 0
        block = await ear.next()
        assert block is not None and (block.rate, len(block.pcm)) == (16_000, FRAMES * 2 * PCM_16K.frame_bytes)
    await until(lambda: not call.attending.overhearing._sinks)


async def test_while_nobody_listens_a_call_has_no_tap_and_says_nothing(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    conversation = call._conversation
    assert conversation is not None and conversation.on_heard is None
    async with workers.two.supervision.listen(call.record.call_id) as ear:
        await loudest(ear, 1)
        assert conversation.on_heard is not None
    await until(lambda: conversation.on_heard is None)
    topic = keys.sound(heard_topic(call.record.call_id))
    pubsub = await workers.two.redis.subscribe(topic)
    await asyncio.sleep(0.3)
    while await pubsub.get_message(timeout=0.0):
        pass  # what was on its way to Redis when they left
    await asyncio.sleep(0.2)
    told = [await pubsub.get_message(timeout=0.05, ignore_subscribe_messages=True) for _ in range(3)]
    await pubsub.aclose()
    assert told == [None] * 3


async def test_what_goes_over_redis_is_sealed(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with workers.two.supervision.listen(call.record.call_id) as ear:
        await loudest(ear, 1)
        pubsub = await workers.two.redis.subscribe(keys.sound(heard_topic(call.record.call_id)))
        said = None
        while said is None:
            said = await pubsub.get_message(timeout=0.5, ignore_subscribe_messages=True)
        await pubsub.aclose()
    assert CALLER[:16] not in said["data"]


async def test_it_ends_with_the_call(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with (
        workers.one.supervision.listen(call.record.call_id) as here,
        workers.two.supervision.listen(call.record.call_id) as there,
    ):
        await loudest(there, 1)
        await workers.two.shared.hang_up(call.record.call_id)
        async with asyncio.timeout(20):
            while await here.next() is not None or await there.next() is not None:
                pass
        assert (here.over, there.over) == ("the call is over", "the call is over")
    with pytest.raises(CallNotFound):
        async with workers.two.supervision.listen(call.record.call_id):
            pass


async def test_a_call_that_moves_is_followed(workers: Workers) -> None:
    call, sound = await in_talk(workers, workers.one)
    async with workers.two.supervision.listen(call.record.call_id) as ear:
        await loudest(ear, 1)
        sound.cancel()
        with suppress(asyncio.CancelledError):
            await sound
        await workers.one.die()
        workers.two.tasks.append(asyncio.create_task(_comes_back(workers)))
        async with asyncio.timeout(20):
            await until(lambda: bool(workers.two.desk.calls.all()))
            while (block := await ear.next()) is not None and sides(block)[0] < 4000:
                pass
        assert block is not None and workers.two.desk.calls.all()[0].attending.overhearing._sinks


async def _comes_back(workers: Workers) -> None:
    await workers.two.says("cut off") if workers.two.desk.calls.all() else None
    link = await workers.two.connect(workers.token("r1"), "cc-r1")
    await speaking(link)


async def test_the_line_may_forbid_it(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    call.attending._line = forbidding(call.line, "listen")
    for worker in (workers.one, workers.two):
        with pytest.raises(CallRefused, match="lets nobody listen"):
            async with worker.supervision.listen(call.record.call_id):
                pass


async def test_so_many_listen_to_one_call_at_all_workers_together_and_no_more(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    for number in range(MOST_LISTENERS):
        call.attending.overhearing.add(str(number), lambda _: None)
    for worker in (workers.one, workers.two):
        with pytest.raises(PoolExhausted):
            async with worker.supervision.listen(call.record.call_id):
                pass


async def test_who_died_without_a_word_is_forgotten(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.engine.desk.listening_in._FORGOTTEN_S", 0.3)
    call, _ = await in_talk(workers, workers.one)
    workers.one.supervision._listening.relay_to(call.record.call_id, "somebody at a worker that dies")
    await until(lambda: not call.attending.overhearing._sinks)


async def test_an_answer_to_a_question_for_a_secret_is_not_heard(workers: Workers) -> None:
    call, _ = await in_talk(workers, workers.one)
    async with workers.two.supervision.listen(call.record.call_id) as ear:
        await loudest(ear, 1)
        call.session.facts["_question"] = {"secret": True}
        async with asyncio.timeout(20):
            while (block := await ear.next()) is not None and not block.hushed:
                pass
            later = [await ear.next() for _ in range(5)]
        assert all(one is not None and one.hushed and sides(one)[0] == 0 for one in later)
        call.session.facts["_question"] = {}
        assert (await loudest(ear, 20))[0] == 4000


async def test_words_that_were_cut_off_are_not_heard_by_who_listens(workers: Workers) -> None:
    """What left for the caller and was thrown away unheard is thrown away for listeners, too."""
    call, _ = await in_talk(workers, workers.one)
    conversation = call._conversation
    assert conversation is not None
    async with workers.one.supervision.listen(call.record.call_id):
        playout = conversation._parts.playout
        playout.play(CALLER * 50)
        await until(lambda: len(call.attending.overhearing._ahead) > 1)
        playout.stop()
        assert not call.attending.overhearing._ahead
    assert not any(isinstance(item, AgentSaid) and not item.text for item in call.session.history)
