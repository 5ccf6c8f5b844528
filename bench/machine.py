"""The machine: what it is, and how busy others keep it while something is measured."""

import os
import platform
import statistics
import threading
from pathlib import Path
from typing import Any

__all__ = ["Neighbors", "describe"]

_TICK = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, Any]:
    """Processor, cores, memory and Python of this machine."""
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")), "")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": model or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


class Neighbors(threading.Thread):
    """Once a second: processor time that was neither the server's nor the load's.

    The machine may be shared, so every result carries this, in percent of one core.
    """

    def __init__(self, pids: list[int]) -> None:
        super().__init__(name="neighbors", daemon=True)
        self._pids = pids
        self._done = threading.Event()
        self._others: list[float] = []
        self._stolen: list[float] = []

    def run(self) -> None:
        """Sample until stopped."""
        busy, steal, ours = self._read()
        while not self._done.wait(1.0):
            now_busy, now_steal, now_ours = self._read()
            self._others.append(100 * ((now_busy - busy) - max(0, now_ours - ours)) / _TICK)
            self._stolen.append(100 * (now_steal - steal) / _TICK)
            busy, steal, ours = now_busy, now_steal, now_ours

    def stop(self) -> dict[str, float]:
        """End and sum up."""
        self._done.set()
        self.join()
        ordered = sorted(self._others) or [0.0]
        return {
            "others_mean_percent": round(statistics.fmean(ordered), 1),
            "others_p95_percent": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
            "stolen_mean_percent": round(statistics.fmean(self._stolen or [0.0]), 1),
        }

    def _read(self) -> tuple[float, float, float]:
        fields = [int(x) for x in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        user, nice, system, _, _, irq, softirq, steal = fields[:8]
        return user + nice + system + irq + softirq, steal, sum(_ticks(pid) for pid in self._pids)


def _ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(stat[11]) + int(stat[12])
