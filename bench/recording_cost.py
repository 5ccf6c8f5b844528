"""What a recording costs a call: the same load by turns without and with it, on the same machine.

    python -m bench.recording_cost [--calls 10] [--seconds 20] [--rounds 3]

Each round starts a server whose line does not record and one whose line does, lets the same callers talk, and reads the
processor time of the server's process, all of its threads. Medians are compared; the loop's lateness is told, too.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.recordings.folder import FolderRecordings
from backend.domain.recording import SegmentName
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.tap import AGENT, CALLER, Tap
from bench.capacity import LINE, Work, converse
from bench.moments import house_of
from bench.plan import ROOT

__all__ = ["main", "measure"]

_STAGGER_S = 0.2
_LOOP = ("p50_ms", "p95_ms", "p99_ms", "max_ms", "stalls", "own_stalls")
"""What is told of the calls' loop: how late it was; how often by over 20 ms, for any reason and by our work."""
_PAUSE_S = 0.05
"""For a second of the call: twenty times as fast as it is, and no faster than the thread can follow."""
_SETTLE_S = 12.0
"""Until the announcement and the greeting have been heard, and the first piece may be written."""


async def measure(folder: Path, calls: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Processor seconds for each minute of a call, without and with a recording, and what the loop was late by."""
    spent: dict[bool, list[float]] = {False: [], True: []}
    loop: dict[bool, list[dict[str, float]]] = {False: [], True: []}
    for _ in range(rounds):
        for records in (False, True):
            os.environ["AGENT_STORE"] = str(_store(folder / str(records), records=records))
            os.environ["RECORDINGS_DIR"] = str(folder / "recordings")
            cost, figures = await _load(folder, calls, seconds)
            spent[records].append(round(cost, 4))
            loop[records].append({name: figures[name] for name in _LOOP})
    without, with_it = statistics.median(spent[False]), statistics.median(spent[True])
    return {
        "calls": calls, "seconds": seconds,
        "cpu_s_per_call_minute": {"without": spent[False], "with": spent[True]},
        "more_percent": round(100 * (with_it / without - 1), 1),
        "loop": {"without": loop[False], "with": loop[True]},
    }  # fmt: skip


def _store(folder: Path, *, records: bool) -> Path:
    """The store of this tree; its line announces either way, so that both callers hear the same."""
    if not folder.exists():
        shutil.copytree(ROOT / "agent_store", folder)
        line = folder / "lines/insurance.yaml"
        line.write_text(line.read_text().replace("  enabled: false", f"  enabled: {str(records).lower()}", 1))
    return folder


async def _load(folder: Path, calls: int, seconds: int) -> tuple[float, dict[str, float]]:
    async with house_of(folder) as house:
        phones = [house.azure.phones.dial(LINE) for _ in range(calls)]
        talking: list[asyncio.Task[None]] = []
        for phone in phones:
            talking.append(asyncio.create_task(converse(phone)))
            await asyncio.sleep(_STAGGER_S)
        await asyncio.sleep(_SETTLE_S)
        began = Work.now(house.pid)
        await asyncio.sleep(seconds)
        ended = Work.now(house.pid)
        async with house.web.get(f"{house.url}/stats") as answer:
            stats: dict[str, Any] = await answer.json()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        for phone in phones:
            phone.hang_up()
    spent = ended.loop + ended.threads - began.loop - began.threads
    told = stats["recordings"]
    assert told["begun"] in (0, calls) and told["broken"] == 0, told
    return spent / (calls * seconds / 60), stats["loop"]


async def alone(folder: Path, minutes: int = 5, rate: int = 16_000) -> dict[str, float]:
    """The same without a server: milliseconds of processor time that a minute of both voices costs, the longest step of
    the recording thread, and how late the calls' loop was at most beside it, and with nothing beside it."""
    recorders = Recorders(FolderRecordings(folder), KeyRing([DataKey.read(new_key(), "DATA_KEY")]))
    recorders.start()
    frame = os.urandom(rate // 50 * 2)
    without = await _played(Tap(most=100 * 60 * minutes), frame, minutes)
    began = time.process_time()
    segment = recorders.open(SegmentName("alone", 1), rate, lambda: None)
    late = await _played(segment.tap, frame, minutes)
    segment.close(60.0 * minutes)
    while recorders.figures.live:  # noqa: ASYNC110  (nothing tells of it, and nothing here waits for long)
        await asyncio.sleep(0.01)
    spent = time.process_time() - began
    assert recorders.figures.broken == 0
    await recorders.close()
    return {
        "rate": rate,
        "cpu_ms_per_call_minute": round(1000 * spent / minutes, 2),
        "longest_step_ms": round(1000 * recorders.steps.longest_s, 3),
        "loop_late_ms_most": round(late * 1000, 2),
        "loop_late_ms_most_without": round(without * 1000, 2),
    }


async def _played(tap: Tap, frame: bytes, minutes: int) -> float:
    """Both voices, twenty times as fast as they are; gives how late the loop was at most."""
    late = 0.0
    for second in range(60 * minutes):
        for number in range(50):
            at = second + number / 50
            tap.sound(CALLER, at, frame)
            tap.sound(AGENT, at, frame)
        before = time.perf_counter()
        await asyncio.sleep(_PAUSE_S)
        late = max(late, time.perf_counter() - before - _PAUSE_S)
    return late


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(prog="bench.recording_cost", description=__doc__)
    wanted.add_argument("--calls", type=int, default=10)
    wanted.add_argument("--seconds", type=int, default=20)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--alone", action="store_true", help="without a server")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.alone:
            for rate in (16_000, 24_000):
                sys.stdout.write(json.dumps(asyncio.run(alone(Path(folder, str(rate)), rate=rate))) + "\n")
            return
        told = asyncio.run(measure(Path(folder), given.calls, given.seconds, given.rounds))
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
