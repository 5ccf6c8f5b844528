"""L2, P6 and P7: many callers at once, services that are slow, and more calls than opened connections."""

import asyncio
import time
from collections.abc import Mapping

from callers import dial, gone, say
from promise import Promise, Seen
from troupe import LINE, Troupe
from worker_drills import ASKS, NAMES, stage

from local_azure.latency import latency

__all__ = ["PROMISES"]

_TOGETHER = 5
_BURST_S = 10.0
_ANSWERED_S = 0.5


async def _waits(found: Troupe, count: int) -> list[float]:
    """How long callers wait for an answer, in milliseconds; a few call at a time."""
    waits: list[float] = []

    async def one(number: int) -> None:
        await asyncio.sleep(number * 0.4)
        phone = await dial(found)
        await say(phone, ASKS, NAMES)
        waits.extend(turn.response_ms for turn in phone.turns[1:] if turn.response_ms is not None)
        await gone(phone)

    for start in range(0, count, _TOGETHER):
        await asyncio.gather(*(one(number) for number in range(min(_TOGETHER, count - start))))
    return sorted(waits)


async def slow_services(count: int) -> Seen:
    """All services take a bad day's time: the wait grows by what they take, and not by more than twice that."""
    seen = Seen()
    async with stage() as found:
        usual = await _waits(found, count)
        found.azure.state.latency = latency("slow")
        slow = await _waits(found, count)
    middle, later = usual[len(usual) // 2] / 1000, slow[len(slow) // 2] / 1000
    for wait in slow:
        seen.note(wait / 1000 <= middle + 4.0, f"waited {wait / 1000:.1f} s; usual {middle:.1f} s", wait / 1000)
    seen.note(later > middle, f"nothing became slower: {later:.1f} s against {middle:.1f} s")
    return seen


async def more_calls_than_connections(count: int) -> Seen:
    """Three calls at once where one recognizer and one voice are kept open: all are answered, and the pools are whole after."""
    seen = Seen()
    async with stage(workers=1) as found:
        for _ in range(count):
            phones = await asyncio.gather(*(dial(found) for _ in range(3)))
            await asyncio.gather(*(say(phone, ASKS, NAMES) for phone in phones))
            waits = [turn.response_ms for phone in phones for turn in phone.turns[1:2]]
            await asyncio.gather(*(gone(phone) for phone in phones))
            late = max((wait or 99_000) / 1000 for wait in waits)
            seen.note(late <= 4.0, f"waited {late:.1f} s", late)
    return seen


async def a_burst(count: int) -> Seen:
    """So many callers ring within ten seconds, and hang up when they are answered."""
    seen = Seen()
    async with stage(MAX_CALLS="400") as found:

        async def ring(number: int) -> None:
            await asyncio.sleep(number * _BURST_S / count)
            phone, rang = found.azure.phones.dial(LINE), time.monotonic()
            await phone.until_connected(30)  # nobody may be left unanswered
            took = time.monotonic() - rang
            seen.note(took <= _ANSWERED_S, f"{number}: answered after {took:.2f} s", took)
            await gone(phone)

        await asyncio.gather(*(ring(number) for number in range(count)))
    return seen


PROMISES: Mapping[str, Promise] = {
    promise.row: promise
    for promise in (
        Promise("L2", "100 callers within ten seconds: all are answered, 95 within half a second", 100, a_burst, 5),
        Promise("P6", "every service is slow: callers wait at most 4 s longer than usual", 50, slow_services, 5),
        Promise(
            "P7",
            "three calls at once on pools of one: all answered within 4 s",
            50,
            more_calls_than_connections,
            1,
            piece=10,
        ),
    )
}
