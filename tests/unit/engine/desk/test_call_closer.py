"""Calls whose worker died get an end; those of workers that live, or that nobody can judge now, are left alone."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from backend.domain.call import CallRecord
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.call_closer import CallCloser, lives_somewhere
from backend.errors import SessionLost, Unavailable
from backend.testing.virtual_time import run_virtual


def a_call(call_id: str, **changes: object) -> CallRecord:
    return CallRecord(
        **{"call_id": call_id, "line": "l", "direction": "inbound", "started_at": datetime.now(UTC)} | changes
    )


class Records:
    """Calls by worker, on the clock of the loop."""

    def __init__(self, calls: dict[str, str]) -> None:
        self.calls = {call_id: (a_call(call_id), worker) for call_id, worker in calls.items()}
        self.seen: dict[str, float] = {}
        self.away = False
        self.closed: list[str] = []
        self.outcomes: list[str] = []

    def _now(self) -> float:
        if self.away:
            raise Unavailable("store", "away")
        return asyncio.get_running_loop().time()

    async def beat(self, worker: str) -> None:
        self.seen[worker] = self._now()

    async def leave(self, worker: str) -> None:
        self._now()
        self.seen.pop(worker, None)

    async def abandoned(self, silent: timedelta, nameless: timedelta) -> Sequence[CallRecord]:
        dead = self._now() - silent.total_seconds()
        return [call for call, worker in self.calls.values() if self.seen.get(worker, -1e9) < dead]

    async def close(self, call_id: str, detail: str, outcome: str = "failed") -> bool:
        self._now()
        self.outcomes.append(outcome)
        self.closed.append(call_id)
        return self.calls.pop(call_id, None) is not None


async def nowhere(call: CallRecord) -> bool:
    return False


def closer(records: Records, worker: str, lives: object = nowhere) -> CallCloser:
    return CallCloser(records, worker, lives, nameless_s=3600)


def test_the_calls_of_a_worker_that_died_are_closed_and_no_others() -> None:
    records = Records({"dead": "w0", "mine": "w1", "theirs": "w2"})

    async def play() -> None:
        one, two = closer(records, "w1"), closer(records, "w2")
        await one.start()
        await two.start()
        await asyncio.sleep(60)
        assert records.closed == ["dead"]
        await end_tasks([two._task])  # it dies
        await asyncio.sleep(60)
        assert records.closed == ["dead", "theirs"]
        await one.close()
        assert "w1" not in records.seen

    run_virtual(play())


def test_after_an_outage_of_the_database_everybody_has_time_to_say_that_they_live() -> None:
    records = Records({"mine": "w1", "theirs": "w2"})

    async def play() -> None:
        one, two = closer(records, "w1"), closer(records, "w2")
        await one.start()
        await asyncio.sleep(2.5)
        await two.start()
        for away_s in (18, 600):
            records.away = True
            await asyncio.sleep(away_s)
            records.away = False
            await asyncio.sleep(60)
        assert records.closed == []
        records.away = True
        await one.close()
        await two.close()

    run_virtual(play())


def test_what_redis_knows_to_live_or_cannot_be_asked_is_left_alone() -> None:
    records = Records({"known": "w0", "unknown": "w0", "dead": "w0"})
    redis_away = True

    async def lives(call: CallRecord) -> bool:
        if call.call_id == "unknown" and redis_away:
            raise SessionLost("away")
        return call.call_id == "known"

    async def play() -> None:
        nonlocal redis_away
        one = closer(records, "w1", lives)
        await one.start()
        await asyncio.sleep(60)
        assert records.closed == ["dead"]
        redis_away = False
        await asyncio.sleep(10)
        assert records.closed == ["dead", "unknown"]
        await one.close()

    run_virtual(play())


def test_a_session_that_nobody_entered_is_no_failure() -> None:
    records = Records({})
    records.calls["pass"] = a_call("pass", direction="browser"), "w0"
    records.calls["call"] = a_call("call", direction="browser", connection_id="LK_1"), "w0"

    async def play() -> None:
        one = closer(records, "w1")
        await one.start()
        await asyncio.sleep(60)
        assert dict(zip(records.closed, records.outcomes, strict=True)) == {"pass": "idle", "call": "failed"}
        await one.close()

    run_virtual(play())


def test_where_a_call_may_live() -> None:
    class Desk:
        def live(self) -> list[CallRecord]:
            return [a_call("here")]

    class Sessions:
        async def load(self, call_id: str) -> object | None:
            return object() if call_id == "chat-1" else None

    class Exchange:
        async def owner(self, call_id: str) -> str | None:
            return "w2" if call_id == "there" else None

    async def play() -> None:
        lives = lives_somewhere(Desk(), Desk(), Exchange(), Sessions())
        found = [
            await lives(call)
            for call in (
                a_call("here"),
                a_call("there"),
                a_call("nowhere"),
                a_call("chat-1", direction="chat"),
                a_call("chat-2", direction="chat"),
                a_call("pass", direction="browser"),
                a_call("late", direction="browser", started_at=datetime.now(UTC) - timedelta(hours=1.1)),
                a_call("begun", direction="browser", connection_id="LK_1"),
            )
        ]
        assert found == [True, True, False, True, False, True, False, False]
        assert not await lives_somewhere(Desk(), Desk(), None, Sessions())(a_call("there"))

    run_virtual(play())
