"""Calls that begin at one worker and go on at another, over a real Redis."""

import asyncio

import pytest
from worker_stage import Workers, event, incoming, two_workers

from backend.domain.session import CallerSaid
from backend.errors import CallNotFound, CallRefused, SessionLost, Unavailable
from backend.testing.stage import ENGLISH
from local_azure.ports import free_port
from local_azure.redis_server import redis_server

ASKS = "All right. What is your zip code?"


async def until(condition, limit_s: float = 20.0) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():
            await asyncio.sleep(0.01)


async def until_kept(workers: Workers, call_id: str, words: str) -> None:
    """What a caller has said is where another worker would find it."""
    async with asyncio.timeout(20):
        while True:
            session = await workers.one.sessions.load(call_id)
            if session is not None and any(getattr(item, "text", "") == words for item in session.history):
                return
            await asyncio.sleep(0.02)


async def in_talk(workers: Workers, at) -> str:
    """A caller who has said hello at a worker, and has been asked a question; gives their token."""
    workers.model.say_next(ASKS)
    token = await workers.ring(workers.one)
    await at.connect(token, "cc-r1")
    await at.says("Thank you for calling")
    at.hears("hello I want to report an accident")
    await at.says("What is your zip code?")
    call_id = at.desk.live()[0].call_id
    await until(lambda: len(workers.records.turns.get(call_id, [])) >= 2)
    return token


async def test_the_media_socket_may_land_on_the_other_worker(workers: Workers) -> None:
    token = await workers.ring(workers.one)
    await workers.two.connect(token, "cc-r1")
    await workers.two.says("Thank you for calling")
    assert workers.one.desk.live() == []
    (call,) = workers.two.desk.live()
    assert (call.connection_id, call.caller.reveal()) == ("cc-r1", "+13125550142")
    assert not await workers.one.shared.expects_media(token, "cc-r1")


async def test_a_socket_that_is_faster_than_the_answer_is_let_in_elsewhere(workers: Workers) -> None:
    async def socket_comes() -> None:
        await workers.two.connect(workers.token("r1"), "cc-r1")

    workers.service.before_answer = socket_comes
    await workers.ring(workers.one)
    await workers.two.says("Thank you for calling")
    assert workers.one.desk.live() == []
    await asyncio.sleep(0.3)
    assert [call.connection_id for call in workers.two.desk.live()] == ["cc-r1"]


async def test_a_socket_of_another_connection_is_refused_anywhere(workers: Workers) -> None:
    token = await workers.ring(workers.one)
    assert not await workers.two.shared.expects_media(token, "cc-other")
    assert not await workers.two.shared.expects_media("guess", "cc-r1")
    assert workers.one.desk.has(token)


async def test_callbacks_reach_the_call_at_the_other_worker_once(workers: Workers) -> None:
    token = await in_talk(workers, workers.two)
    (call,) = workers.two.desk.live()
    transfer = asyncio.create_task(workers.one.shared.transfer(call.call_id, "+18005550199"))
    await until(lambda: workers.service.transfers)
    for _ in range(3):
        await workers.one.shared.callback(token, event("CallTransferFailed", "t1"))
    with pytest.raises(CallRefused):
        await transfer
    again = asyncio.create_task(workers.one.shared.transfer(call.call_id, "+18005550199"))
    await until(lambda: len(workers.service.transfers) == 2)
    await workers.one.shared.callback(token, event("CallTransferFailed", "t1"))
    await workers.one.shared.callback(token, event("CallTransferAccepted", "t2"))
    await again
    assert await workers.records.outcome(call.call_id) == "transferred"


async def test_a_callback_at_the_former_owner_does_not_take_the_call_back(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await workers.ring(workers.one)
    exchange, may_go_on = workers.two.exchange, asyncio.Event()
    own = exchange.own

    async def hesitate(ring, *, after: str = "") -> None:
        await may_go_on.wait()
        await own(ring, after=after)

    monkeypatch.setattr(exchange, "own", hesitate)
    socket = asyncio.create_task(workers.two.connect(token, "cc-r1"))
    await until(lambda: not workers.one.desk.has(token))
    callback = asyncio.create_task(workers.one.shared.callback(token, event("CallConnected")))
    await asyncio.sleep(0.1)
    may_go_on.set()
    await asyncio.gather(socket, callback)
    await workers.two.says("Thank you for calling")
    assert (len(workers.one.desk.live()), len(workers.two.desk.live())) == (0, 1)


async def test_operations_end_a_call_from_any_worker(workers: Workers) -> None:
    await in_talk(workers, workers.two)
    (call,) = workers.two.desk.live()
    await workers.one.shared.hang_up(call.call_id)
    assert await workers.records.outcome(call.call_id) == "completed"
    assert workers.service.hung_up == ["cc-r1"]
    await until(lambda: not workers.two.desk.live())
    with pytest.raises(CallNotFound):
        await workers.one.shared.hang_up(call.call_id)


async def test_event_grid_duplicates_are_answered_once(workers: Workers) -> None:
    rings = [f"r{number}" for number in range(8)]
    await asyncio.gather(
        *(worker.shared.incoming(incoming(ring)) for ring in rings for worker in (workers.one, workers.two) * 3)
    )
    assert sorted(workers.service.answered) == rings


async def test_a_caller_whose_worker_died_while_it_answered_is_taken_by_another(workers: Workers) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def stands_still() -> None:
        begun.set()
        await never.wait()

    workers.service.before_answer = stands_still
    answering = asyncio.create_task(workers.one.shared.incoming(incoming()))
    await begun.wait()
    await workers.two.shared.incoming(incoming())
    assert workers.service.answered == ["r1"], "whoever is being answered is left alone"
    await workers.one.die()
    workers.service.before_answer = None
    async with asyncio.timeout(8):
        while len(workers.service.answered) < 2:  # they ring on, and whoever is asked again asks again
            await workers.two.shared.incoming(incoming())
            await asyncio.sleep(0.05)
    await workers.two.shared.incoming(incoming())
    assert workers.service.answered == ["r1", "r1"]
    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)


async def test_a_caller_whose_worker_died_goes_on_where_his_socket_lands(workers: Workers) -> None:
    token = await in_talk(workers, workers.two)
    call_id = workers.two.desk.live()[0].call_id
    await workers.two.die()
    await workers.one.connect(token, "cc-r1")
    await workers.one.says(f"{ENGLISH.resumed} What is your zip code?")
    workers.model.say_next("Thank you, Mister Smith.")
    workers.one.hears("six zero six zero one")
    await workers.one.says("Mister Smith")
    heard = [
        item.text for item in workers.one.desk.calls.by_id(call_id).session.history if isinstance(item, CallerSaid)
    ]
    assert heard[0] == "hello I want to report an accident"
    await workers.one.shared.hang_up(call_id)
    assert await workers.records.outcome(call_id) == "completed"
    assert workers.service.hung_up == ["cc-r1"]


async def test_a_worker_that_dies_while_it_speaks_has_kept_what_the_caller_said(workers: Workers) -> None:
    workers.model.say_next("Please listen to this rather long answer now. " * 20 + "What is your zip code?")
    token = await workers.ring(workers.one)
    await workers.two.connect(token, "cc-r1")
    await workers.two.says("Thank you for calling")
    workers.two.hears("hello")
    await workers.two.says("long answer")
    call = workers.two.desk.calls.by_token(token)
    await until(lambda: call._conversation.floor == "speaking")
    await until_kept(workers, call.record.call_id, "hello")
    await workers.two.die()
    await workers.one.connect(token, "cc-r1")
    await workers.one.says(f"{ENGLISH.resumed} What is your zip code?")
    history = workers.one.desk.calls.by_token(token).session.history
    assert CallerSaid("hello", 1) in history or any(getattr(item, "text", "") == "hello" for item in history)


async def test_a_call_whose_worker_died_is_found_and_its_socket_asked_for(workers: Workers) -> None:
    token = await in_talk(workers, workers.two)
    await workers.two.die()
    await until(lambda: workers.service.restarted == ["cc-r1"])
    assert workers.one.desk.has(token)
    await workers.one.connect(token, "cc-r1")
    await workers.one.says(ENGLISH.resumed)


async def test_a_call_that_ended_while_its_worker_was_dead_is_closed(workers: Workers) -> None:
    await in_talk(workers, workers.two)
    call_id = workers.two.desk.live()[0].call_id
    workers.service.refuses = [CallNotFound("no such call")]
    await workers.two.die()
    assert await workers.records.outcome(call_id) == "caller_hung_up"
    assert workers.service.hung_up in ([], ["cc-r1"])


async def test_a_call_that_cannot_be_brought_back_is_told_so_and_ended_with_its_draft_kept(workers: Workers) -> None:
    await in_talk(workers, workers.two)
    call_id = workers.two.desk.live()[0].call_id
    await workers.cases.save_fields(call_id, "fnol", "POL-A10001", {"drivable": True})
    workers.service.refuses = [Unavailable("calls", "down")]
    await workers.two.die()
    assert await workers.records.outcome(call_id) == "failed"
    assert len(workers.service.said) == 1
    assert workers.service.hung_up == ["cc-r1"]
    draft = await workers.cases.draft(call_id, "fnol")
    assert draft is not None
    assert draft.fields == {"drivable": True}
    assert [turn.caller_text for turn in workers.records.turns[call_id]][1].startswith("hello")


async def test_a_disconnect_for_a_dead_workers_call_closes_its_record(workers: Workers) -> None:
    token = await in_talk(workers, workers.two)
    call_id = workers.two.desk.live()[0].call_id
    await workers.two.die()
    await workers.one.shared.callback(token, event("CallDisconnected", "d1"))
    assert await workers.records.outcome(call_id) == "caller_hung_up"
    assert workers.one.desk.live() == []
    redis = workers.one.redis
    async with asyncio.timeout(20):
        while left := [key for key in await redis.keys("rm:*") if b"incoming" not in key and b"workers" not in key]:
            await asyncio.sleep(0.02)
    assert left == []


async def test_a_worker_that_only_seemed_dead_lets_go(workers: Workers) -> None:
    token = await in_talk(workers, workers.two)
    beat = workers.two.shared
    await beat.close()
    await workers.one.connect(token, "cc-r1")
    await workers.one.says(ENGLISH.resumed)
    await beat.start()
    await until(lambda: not workers.two.desk.live())
    assert workers.one.desk.live()[0].outcome is None
    assert workers.service.hung_up == []


async def test_a_broken_socket_is_asked_for_and_the_same_worker_goes_on(workers: Workers) -> None:
    workers.model.say_next(ASKS)
    token = await workers.ring(workers.one)
    link = await workers.one.connect(token, "cc-r1")
    await workers.one.says("Thank you for calling")
    await link.break_down()
    await until(lambda: workers.service.restarted == ["cc-r1"])
    await workers.one.connect(token, "cc-r1")
    await workers.one.says(ENGLISH.resumed)
    assert workers.service.hung_up == []


async def test_a_broken_socket_that_comes_back_elsewhere_takes_the_call_along(workers: Workers) -> None:
    token = await workers.ring(workers.one)
    link = await workers.one.connect(token, "cc-r1")
    await workers.one.says("Thank you for calling")
    await link.break_down()
    await until(lambda: not workers.one.desk.calls.by_token(token).carried)
    await workers.two.connect(token, "cc-r1")
    await workers.two.says(ENGLISH.resumed)
    assert workers.one.desk.live() == []
    assert len(workers.records.calls) == 1


async def test_the_limit_on_calls_is_that_of_all_workers(redis_url: str) -> None:
    async with two_workers(redis_url, max_calls=2) as workers:
        both = (workers.one.desk, workers.two.desk)
        await until(lambda: all([load.capacity for load in desk.calls.elsewhere.values()] == [2] for desk in both))
        for number in range(4):
            await workers.ring(workers.one, f"x{number}")
        assert workers.service.rejected == []
        await workers.one.shared.incoming(incoming("x4"))
        assert workers.service.rejected == ["x4"]
        await until(lambda: workers.two.desk.calls.elsewhere["one"].live == 4)
        await workers.two.shared.incoming(incoming("x5"))
        assert workers.service.rejected == ["x4", "x5"]


async def test_a_call_goes_on_without_redis_and_is_stored_when_it_is_back() -> None:
    port = free_port()
    with redis_server(port) as (url, process):
        async with two_workers(url) as workers:
            await in_talk(workers, workers.one)
            process.kill()
            process.wait()
            workers.model.say_next("Thank you, Mister Smith.")
            workers.one.hears("six zero six zero one")
            await workers.one.says("Mister Smith")
            await until(lambda: workers.one.desk.stats()["not_stored"] == 1)
            await until(lambda: workers.one.shared.stats()["redis_away"])
            with redis_server(port):
                await until(lambda: workers.one.desk.stats()["not_stored"] == 0)
                await until(lambda: not workers.one.shared.stats()["redis_away"])
                call = workers.one.desk.calls.by_id(workers.one.desk.live()[0].call_id)
                stored = await workers.two.sessions.load(call.record.call_id)
                assert stored is not None
                assert [i.text for i in stored.history] == [i.text for i in call.session.history]
                await workers.two.shared.callback(call.token, event("CallDisconnected", "d9"))
                assert await workers.records.outcome(call.record.call_id) == "caller_hung_up"


async def test_a_call_that_began_without_redis_is_seen_by_all_when_it_is_back() -> None:
    port = free_port()
    with redis_server(port) as (url, process):
        async with two_workers(url) as workers:
            process.kill()
            process.wait()
            token = await workers.ring(workers.one)
            await workers.one.connect(token, "cc-r1")
            await workers.one.says("Thank you for calling")
            with pytest.raises(SessionLost):
                await workers.two.shared.expects_media(token, "cc-r1")
            with redis_server(port):
                await until(lambda: not workers.one.shared.stats()["redis_away"])
                await until(lambda: not workers.two.shared.stats()["redis_away"])
                await workers.two.exchange.listening(2)
                await workers.one.exchange.listening(2)
                call_id = workers.one.desk.live()[0].call_id
                await workers.two.shared.hang_up(call_id)
                assert await workers.records.outcome(call_id) == "completed"
