"""The session keeper: the newest state is stored, whatever happens to the store meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

from backend.adapters.redis.session_store import MemorySessionStore
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.engine.call.resuming import resume_phrase
from backend.engine.call.session_keeper import SessionKeeper
from backend.errors import SessionLost
from backend.testing.stage import ENGLISH


class Store(MemorySessionStore):
    """Fails as told: ``lost`` saves do not arrive, ``late`` ones do although they seemed lost."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = self.late = self.saves = 0

    async def save(self, session: CallSession) -> None:
        self.saves += 1
        if self.lost:
            self.lost -= 1
            raise SessionLost("away")
        before = session.version
        await super().save(session)
        if self.late:
            self.late -= 1
            session.version = before
            raise SessionLost("no answer")


def a_session(*words: str) -> CallSession:
    return CallSession(call_id="c1", line="l", active_agent="a", history=[CallerSaid(word) for word in words])


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


def keeper(store: Store, mine: Callable[[], Awaitable[bool]] = yes) -> SessionKeeper:
    return SessionKeeper(store, "c1", mine=mine, again_s=0.01)


async def stored(store: Store, words: int) -> CallSession:
    async with asyncio.timeout(20):
        while (found := await store.load("c1")) is None or len(found.history) != words:
            await asyncio.sleep(0)
    return found


async def test_states_that_come_faster_than_they_are_stored_are_passed_over() -> None:
    store = Store()
    keep = keeper(store)
    for count in range(1, 6):
        keep.keep(a_session(*"abcde"[:count]))
    assert (await stored(store, 5)).version == 1
    keep.keep(a_session("a"))
    await keep.close(forget=False)
    assert (await stored(store, 1)).version == 2


async def test_a_store_that_was_away_has_the_newest_state_when_it_is_back() -> None:
    store = Store()
    store.lost = 3
    keep = keeper(store)
    keep.keep(a_session("a"))
    while not keep.behind:
        await asyncio.sleep(0)
    keep.keep(a_session("a", "b"))
    await stored(store, 2)
    await keep.close(forget=False)
    assert not keep.behind


async def test_a_write_that_arrived_although_it_seemed_lost_does_not_stand_in_the_way() -> None:
    store = Store()
    store.late = 1
    keep = keeper(store)
    keep.keep(a_session("a"))
    await stored(store, 1)
    keep.keep(a_session("a", "b"))
    assert (await stored(store, 2)).version == 2
    await keep.close(forget=False)


async def test_a_call_that_is_another_workers_now_is_not_written_any_more() -> None:
    store = Store()
    keep = keeper(store, no)
    keep.keep(a_session("a"))
    await stored(store, 1)
    theirs = await store.load("c1")
    assert theirs is not None
    await store.save(theirs)
    keep.keep(a_session("mine", "too", "late"))
    await keep.close(forget=False)
    found = await store.load("c1")
    assert found is not None
    assert len(found.history) == 1


async def test_a_call_that_is_over_is_forgotten_also_while_its_store_is_away() -> None:
    store = Store()
    keep = keeper(store)
    keep.keep(a_session("a"))
    await stored(store, 1)
    store.lost = 1000
    keep.keep(a_session("a", "b"))
    await keep.close(forget=True)
    assert await store.load("c1") is None


def test_a_caller_who_was_cut_off_is_asked_the_last_question_again() -> None:
    session = a_session("hello")
    assert resume_phrase(session, ENGLISH) == f"{ENGLISH.resumed} {ENGLISH.say_again}"
    session.history.append(AgentSaid("a", "Thanks, John. Is the car drivable? Take your time."))
    assert resume_phrase(session, ENGLISH) == f"{ENGLISH.resumed} Is the car drivable?"
    session.history.append(AgentSaid("a", "Your deductible is $1,250.50."))
    assert resume_phrase(session, ENGLISH) == f"{ENGLISH.resumed} {ENGLISH.say_again}"
