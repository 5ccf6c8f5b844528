"""How many calls the real SDKs bear on this machine, with the local Azure beside the server on the same cores.

Every caller talks and listens for as long as a step lasts. A step holds when nothing of the agents' audio was late by
more than 60 ms at any phone and nothing of it was lost; the first that does not is the last.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.figures import summary
from bench.moments import House, house_of
from local_azure.phone.phone import Phone

__all__ = ["LINE", "Work", "converse", "holds", "measure_capacity"]

LINE = "+18005550100"
_STEPS = (10, 20, 30, 40, 60)
_STAGGER_S = 0.2
_SETTLE_S = 3.0
_LASTS_S = 10.0
_GAP_MS = 60.0
_SAYS = "what is my deductible"


async def measure_capacity(logs: Path, steps: Sequence[int] = _STEPS) -> list[dict[str, Any]]:
    """Take step after step, up to the first that does not hold."""
    results = list[dict[str, Any]]()
    async with house_of(logs) as house:
        for calls in steps:
            results.append(await _step(house, calls))
            if not holds(results[-1]):
                break
    return results


def holds(step: dict[str, Any]) -> bool:
    """Was nothing lost, and nothing late by more than 60 ms?"""
    return not (step["dropped"] or step["failed_calls"]) and step["longest_gap_ms"] <= _GAP_MS


@dataclass(slots=True)
class Work:
    """Processor time in seconds."""

    loop: float
    """The server's main thread."""
    threads: float
    """Its other threads: the SDKs', the database's."""
    azure: float
    """This process: the local Azure, the phones, and their voices."""
    at: float

    @classmethod
    def now(cls, pid: int) -> "Work":
        """Until now."""
        server = psutil.Process(pid)
        loop = next(thread.user_time + thread.system_time for thread in server.threads() if thread.id == pid)
        whole = server.cpu_times()  # threads that have ended among them
        return cls(loop, whole.user + whole.system - loop, time.process_time(), time.perf_counter())


async def _step(house: House, calls: int) -> dict[str, Any]:
    phones: list[Phone] = []
    tasks: list[asyncio.Task[None]] = []
    for _ in range(calls):
        phones.append(phone := house.azure.phones.dial(LINE))
        tasks.append(asyncio.create_task(converse(phone)))
        await asyncio.sleep(_STAGGER_S)
    await asyncio.sleep(_SETTLE_S)
    began = Work.now(house.pid)
    late = await _lateness(_LASTS_S)
    ended = Work.now(house.pid)
    failed = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    figures = _figures(house, phones) | {"calls": calls, "failed_calls": failed} | _shares(began, ended)
    for phone in phones:
        phone.hang_up()
    await asyncio.sleep(1.0)
    return figures | {"azure_late_ms": summary(late)}


async def converse(phone: Phone) -> None:
    """Speak whenever the agent has finished, for as long as the call lasts."""
    await phone.until_connected()
    while True:
        await phone.until_silent(700, limit=40)
        before = phone.heard
        await phone.say_text(_SAYS)
        await phone.until(lambda before=before: phone.heard != before, 20)


async def _lateness(seconds: float) -> list[float]:
    """How late this process's own loop is, meanwhile: what it cannot promise to the phones."""
    late, until = list[float](), time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        await asyncio.sleep(0.02)
        late.append(max(0.0, (time.perf_counter() - began - 0.02) * 1000))
    return late


def _figures(house: House, phones: Sequence[Phone]) -> dict[str, Any]:
    media = [house.azure.switchboard.calls[phone.connection_id].media for phone in phones if phone.connection_id]
    stats = [one.playout.stats for one in media if one is not None]
    return {
        "answers": sum(bool(turn.said) for phone in phones for turn in phone.turns),
        "dropped": sum(one.dropped for one in media if one is not None),
        "gaps": sum(one.underruns for one in stats),
        "longest_gap_ms": max((one.longest_gap_ms for one in stats), default=0.0),
    }


def _shares(began: Work, ended: Work) -> dict[str, float]:
    lasted = ended.at - began.at
    return {
        "loop_core_percent": round(100 * (ended.loop - began.loop) / lasted, 1),
        "sdk_core_percent": round(100 * (ended.threads - began.threads) / lasted, 1),
        "azure_core_percent": round(100 * (ended.azure - began.azure) / lasted, 1),
    }
