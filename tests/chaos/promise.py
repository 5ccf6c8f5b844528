"""What is promised, what was seen, and the table of both."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

__all__ = ["Outcome", "Promise", "Seen", "drilled", "table"]


@dataclass(slots=True)
class Seen:
    """What a drill has shown so far."""

    tries: int = 0
    kept: int = 0
    """Tries in which the promise was kept."""
    seconds: list[float] = field(default_factory=list[float])
    """How long it took, where that is promised."""
    broken: list[str] = field(default_factory=list[str])
    """What went wrong, a sentence each."""

    def note(self, ok: bool, why: str = "", seconds: float | None = None) -> None:
        """One more try."""
        self.tries += 1
        self.kept += ok
        if seconds is not None:
            self.seconds.append(round(seconds, 2))
        if not ok:
            self.broken.append(why)

    def add(self, other: "Seen") -> None:
        """What was seen beside it."""
        self.tries += other.tries
        self.kept += other.kept
        self.seconds += other.seconds
        self.broken += other.broken

    def said(self) -> str:
        """In a few words."""
        times = ""
        if self.seconds:
            ordered = sorted(self.seconds)
            times = f"; {ordered[len(ordered) // 2]:.1f} s, at most {ordered[-1]:.1f} s"
        return f"{self.kept} of {self.tries}{times}"


@dataclass(frozen=True, slots=True)
class Promise:
    """One row of the table."""

    row: str
    what: str
    """What is promised, in words."""
    count: int
    """How often it is tried."""
    drill: Callable[[int], Awaitable[Seen]]
    may_miss: int = 0
    """Of the whole count so many tries may miss it."""
    timed: bool = True
    """Is it promised within a time? Then nothing else may be tried beside it."""
    piece: int = 0
    """So many tries at a time, after which what was seen is told; 0: all at once, where they need each other."""

    def is_kept(self, seen: Seen) -> bool:
        """Does what was seen keep it? What was tried less often may miss it less often."""
        allowed = self.may_miss * seen.tries // max(1, self.count)
        return seen.tries > 0 and seen.tries - seen.kept <= allowed


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise and what was seen of it."""

    promise: Promise
    seen: Seen
    took_s: float

    @property
    def kept(self) -> bool:
        """Was it kept?"""
        return self.promise.is_kept(self.seen)


async def drilled(
    promise: Promise, count: int, jobs: int = 1, told: Callable[[Outcome], None] = lambda _: None
) -> Outcome:
    """Try it so often, ``jobs`` tries side by side where it is not timed. What breaks a drill itself counts as a miss.

    ``told`` is called with what was seen so far, after each piece.
    """
    began, seen = time.monotonic(), Seen()
    jobs = 1 if promise.timed else jobs
    pieces = iter(_pieces(count, promise.piece) if promise.piece else _shares(count, jobs))

    async def try_pieces() -> None:
        for piece in pieces:
            seen.add(await _drilled(promise, piece))
            told(Outcome(promise, seen, time.monotonic() - began))

    await asyncio.gather(*(try_pieces() for _ in range(jobs)))
    return Outcome(promise, seen, time.monotonic() - began)


def _pieces(count: int, size: int) -> list[int]:
    return [min(size, count - start) for start in range(0, count, size)]


def _shares(count: int, jobs: int) -> list[int]:
    return [share for number in range(jobs) if (share := count // jobs + (number < count % jobs))]


async def _drilled(promise: Promise, count: int) -> Seen:
    try:
        return await promise.drill(count)
    except Exception as error:
        seen = Seen()
        seen.note(False, f"the drill broke: {type(error).__name__}: {error}")
        return seen


def table(outcomes: Sequence[Outcome]) -> str:
    """Markdown."""
    lines = ["| row | promised | seen | kept |", "|---|---|---|---|"]
    for outcome in outcomes:
        promise = outcome.promise
        lines.append(
            f"| {promise.row} | {promise.what} | {outcome.seen.said()} | {'yes' if outcome.kept else '**no**'} |"
        )
    return "\n".join(lines)
