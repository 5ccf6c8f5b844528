"""``make threads``: what the Speech SDK's threads cost in a server, beside a bare program that does the same with it.

Callers on the real SDKs against the local Azure, as in ``bench.capacity``. What they said in the measured time, and
what the voice was asked to say to them, is then given to ``bench.bare_speech``: as many recognizers and voices with the
same settings, fed with the same audio in the same pieces. A fresh server and a bare program in turn.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import uvloop

from backend.domain.audio import FRAME_MS, PCM_16K
from bench.bare_speech import measure_bare
from bench.bare_work import BareWork, Said
from bench.call_cost import FIRST, dial, hang_up, warm
from bench.machine import describe
from bench.moments import House, house_of
from bench.plan import ROOT
from bench.thread_owners import ThreadOwners, python_threads
from local_azure.phone.phone import Phone
from local_azure.soundbook import Kind

__all__ = ["main", "measure_sdk_threads", "table"]

_SETTLE_S = 6.0
_MINUTE_S = 60.0
_WAV_HEADER = 44
_MB = 2**20

_COLUMNS = ("loop_s", "python_s", "sdk_s", "bare_sdk_s", "call_mb", "bare_call_mb")

Round = dict[str, float]


async def measure_sdk_threads(logs: Path, calls: int, seconds: int, rounds: int) -> list[Round]:
    """A fresh server and a bare program in every round.

    Raises:
        FileNotFoundError: py-spy is not installed.
    """
    return [await _round(logs, calls, seconds) for _ in range(rounds)]


async def _round(logs: Path, calls: int, seconds: int) -> Round:
    async with house_of(logs) as house:
        phones, talking, server = list[Phone](), list[asyncio.Task[None]](), psutil.Process(house.pid)
        await warm(house)
        await dial(house, FIRST, phones, talking)
        first_mb = server.memory_full_info().uss / _MB
        await dial(house, calls - FIRST, phones, talking)
        figures, work = await _measured(house, phones, seconds)
        figures["call_mb"] = (server.memory_full_info().uss / _MB - first_mb) / (calls - FIRST)
        failed = sum(task.done() for task in talking)
        await hang_up(phones, talking)
        await asyncio.sleep(_SETTLE_S)  # the server is at rest again, and the local Azure serves the bare program alone
        bare = await measure_bare(house.azure, work)
    return figures | {f"bare_{name}": value for name, value in bare.items()} | {"failed_calls": failed}


async def _measured(house: House, phones: Sequence[Phone], seconds: int) -> tuple[Round, BareWork]:
    said, began_s = list[Said](), time.perf_counter()

    def note(text: str, kind: Kind) -> None:
        if kind == "agent":
            said.append(Said(time.perf_counter() - began_s, text))

    began_ms = [phone.now_ms for phone in phones]
    house.azure.state.sounds.said.append(note)
    owners = ThreadOwners(house.pid)
    await asyncio.sleep(seconds)
    spent, lasted_s = owners.since(), time.perf_counter() - began_s
    house.azure.state.sounds.said.remove(note)
    shares = spent.shares(await asyncio.to_thread(python_threads, house.pid))
    pools = await _pools(house)
    callers = [_caller(phone, began, seconds) for phone, began in zip(phones, began_ms, strict=True)]
    work = BareWork(callers, said, pools["tts"]["warm"] + pools["tts"]["in_use"], pools["stt"]["warm"])
    minutes = len(phones) * lasted_s / _MINUTE_S
    figures = {
        "loop_s": shares.loop / minutes,
        "python_s": shares.python / minutes,
        "sdk_s": (shares.native + shares.ended) / minutes,
        "ended_s": shares.ended / minutes,
        "said": len(said) / minutes,
        "voices": work.voices,
        "idle": work.idle,
    }
    return figures, work


async def _pools(house: House) -> dict[str, dict[str, int]]:
    async with house.web.get(f"{house.url}/stats") as answer:
        stats: dict[str, Any] = await answer.json()
    return {name: stats["speech"][name] for name in ("stt", "tts")}


def _caller(phone: Phone, began_ms: float, seconds: int) -> bytes:
    """What the caller said, as the server was sent it."""
    first, frame = round(began_ms / FRAME_MS), PCM_16K.frame_bytes
    size = seconds * 1000 // FRAME_MS * frame
    both = np.frombuffer(phone.recording()[_WAV_HEADER:], "<i2").reshape(-1, 2)[:, 0]
    caller = both.tobytes()[first * frame : first * frame + size]
    return caller + bytes(size - len(caller))


def table(rounds: Sequence[Round], calls: int, seconds: int) -> str:
    """Every round, and the medians, as Markdown."""
    machine = describe()
    rows = [
        [*(one[name] for name in _COLUMNS[:4]), one["sdk_s"] / one["bare_sdk_s"], *(one[name] for name in _COLUMNS[4:])]
        for one in rounds
    ]
    rows.append([statistics.median(column) for column in zip(*rows, strict=True)])
    told = [
        f"{calls} calls for {seconds} s, {machine['processor']}, {machine['cores']} cores.",
        "",
        "| CPU s a call-minute | the loop | Python's threads | the SDK's threads | the same, bare | server to bare "
        "| MB a call | a recognizer, bare |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for number, row in enumerate(rows, 1):
        name = f"round {number}" if number <= len(rounds) else "medians"
        told.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |")
    return "\n".join(told)


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(
        prog="make threads", description="Compare the SDK's threads with a bare program's."
    )
    wanted.add_argument("--calls", type=int, default=20)
    wanted.add_argument("--seconds", type=int, default=20)
    wanted.add_argument("--rounds", type=int, default=3)
    given = wanted.parse_args()
    if given.calls <= FIRST or given.rounds < 1:
        wanted.error(f"more than {FIRST} calls and at least one round are needed")
    logs = ROOT / "var/bench/logs"
    logs.mkdir(parents=True, exist_ok=True)
    rounds = uvloop.run(measure_sdk_threads(logs, given.calls, given.seconds, given.rounds))
    for one in rounds:
        sys.stdout.write(", ".join(f"{name} {value:.2f}" for name, value in one.items()) + "\n")
    sys.stdout.write(f"\n{table(rounds, given.calls, given.seconds)}\n")


if __name__ == "__main__":
    main()
