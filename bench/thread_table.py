"""What the threads of a process do: their processor time and how often they wake, by kind."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ThreadKind", "ThreadTable"]

_NS = 1e9


@dataclass(slots=True)
class ThreadKind:
    """Threads of one name."""

    count: int = 0
    seconds: float = 0.0
    """Processor time of all of them."""
    wakes: int = 0
    """Times that one of them went to sleep and was woken."""


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    nanoseconds: int
    wakes: int


class ThreadTable:
    """Threads of a process, from now on.

    Names are the kernel's. The Speech SDK names none of its threads, so that they have the program's; they are told
    from the loop by their number.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._before = _threads(pid)

    def seconds_by_thread(self) -> dict[int, float]:
        """Processor time of each thread since this was made, by its number. Threads that have ended are not in it."""
        new = _Seen("", 0, 0)
        return {
            number: (now.nanoseconds - self._before.get(number, new).nanoseconds) / _NS
            for number, now in _threads(self._pid).items()
        }

    def since(self) -> dict[str, ThreadKind]:
        """What they did since this was made, by kind, the busiest first. Threads that have ended are not in it."""
        kinds: defaultdict[str, ThreadKind] = defaultdict(ThreadKind)
        for number, now in _threads(self._pid).items():
            before = self._before.get(number, _Seen(now.name, 0, 0))
            kind = kinds["event loop" if number == self._pid else now.name]
            kind.count += 1
            kind.seconds += (now.nanoseconds - before.nanoseconds) / _NS
            kind.wakes += now.wakes - before.wakes
        return dict(sorted(kinds.items(), key=lambda item: -item[1].seconds))


def _threads(pid: int) -> dict[int, _Seen]:
    found: dict[int, _Seen] = {}
    for folder in Path(f"/proc/{pid}/task").iterdir():
        try:
            name = (folder / "comm").read_text().strip()
            nanoseconds = int((folder / "schedstat").read_text().split()[0])
            status = (folder / "status").read_text()
        except OSError:
            continue  # it has ended meanwhile
        wakes = next(line for line in status.splitlines() if line.startswith("voluntary_ctxt"))
        found[int(folder.name)] = _Seen(name, nanoseconds, int(wakes.split()[1]))
    return found
