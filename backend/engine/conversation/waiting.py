"""Waiting: what the caller hears while an answer is slow, and what they are asked when they are silent."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.agent import TurnsSpec
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer

__all__ = ["Company", "FillerTimer", "IdleWatch", "WaitLimits"]

_AT_ONCE_S = 0.05
"""An answer that is there so soon needs nobody who waits for it."""


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Silences of ours, in seconds since something was last heard."""

    soft_s: float = 1.5
    second_s: float = 5.0
    hard_s: float = 8.0


class Company:
    """Somebody who waits with the caller for one answer, until it is left; begun only where the answer takes time.

    Args:
        keep: waits. It is given the loop time from which it counts.
        at_once: is it begun now? Else a moment later: the answer may be there by then.
    """

    def __init__(self, keep: Callable[[float], Coroutine[Any, Any, None]], *, at_once: bool) -> None:
        self._keep = keep
        self._loop = loop = asyncio.get_running_loop()
        self._began = loop.time()
        self._next: asyncio.TimerHandle | asyncio.Task[None] | None = None
        if at_once:
            self._begin()
        else:
            self._next = loop.call_later(_AT_ONCE_S, self._begin)

    def _begin(self) -> None:
        self._next = self._loop.create_task(self._keep(self._began), name="company")

    def leave(self) -> None:
        """Nobody waits any more."""
        if self._next is not None:
            self._next.cancel()


class FillerTimer:
    """Says fillers while an answer is slow: one, a second one, then a way out.

    A filler is said before an answer or not at all: what is being written or spoken already is not waited for.

    Args:
        answer: what is being made; its own pauses count from where it was last heard.
        fillers: what is said at the soft and the second limit.
        of_tool: the filler of the tool that is at work now, said once in the place of a filler.
        say: says a filler.
    """

    def __init__(
        self,
        playout: Playout,
        limits: WaitLimits,
        answer: Answer,
        *,
        fillers: tuple[str, ...],
        of_tool: Callable[[], str | None],
        say: Callable[[str], None],
    ) -> None:
        self._answer = answer
        self._playout = playout
        self._limits = limits
        self._fillers = fillers
        self._of_tool = of_tool
        self._said: set[str] = set()
        self._say = say

    async def keep(self, began: float) -> None:
        """Return at the hard limit, counted from the loop time ``began``; cancel it when the answer is done."""
        loop = asyncio.get_running_loop()
        limits = self._limits
        steps = list(zip((limits.soft_s, limits.second_s), self._fillers, strict=False))
        while True:
            if self._playout.playing or self._playout.held:
                await asyncio.sleep(max(0.05, self._playout.queued_ms / 1000))
                continue
            # Asked of the answer and not watched: it may have begun and ended while we slept.
            since = max(began, self._answer.last_heard_at or began)
            waited = loop.time() - since
            if waited >= limits.hard_s:
                return
            if steps and waited >= steps[0][0]:
                if not self._answer.on_its_way:
                    self._fill(steps.pop(0)[1])
                await asyncio.sleep(0.05)
                continue
            due = min([limits.hard_s, *(at for at, _ in steps if at > waited)])
            await asyncio.sleep(max(0.01, since + due - loop.time()))

    def _fill(self, filler: str) -> None:
        own = self._of_tool()
        phrase = own if own and own not in self._said else filler
        self._said.add(phrase)
        self._say(phrase)


class IdleWatch:
    """Notices that the caller says nothing. Each silence has its own phrase, the last one is the goodbye.

    Args:
        on_idle: told of each silence, counted since the caller was last understood.
        on_hold: told, with the words for it, of a silence of somebody who had asked to be waited for.
        speaking: does the caller speak now, as far as their voice can tell? They are let finish, but not for ever: it
            may be the noise of their car.
    """

    _PATIENCE = 2

    def __init__(
        self,
        on_idle: Callable[[int], None],
        speaking: Callable[[], bool] = lambda: False,
        *,
        on_hold: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._on_idle = on_idle
        self._on_hold = on_hold
        self._hold_prompts: list[str] = []
        self._speaking = speaking
        self._timer: asyncio.TimerHandle | None = None
        self._seconds = 0.0
        self._count = 0
        self._put_off = 0

    def wait(self, turns: TurnsSpec) -> None:
        """The caller is next: start to count, or start again."""
        self._put_off = 0
        self._start(turns.hold_seconds if self._hold_prompts else turns.idle_seconds)

    def be_patient(self, prompts: Sequence[str]) -> None:
        """The caller has asked for time: their next silences are longer, and ``prompts`` are the words for them."""
        self._hold_prompts = list(prompts)

    def end_patience(self) -> None:
        """The caller is back."""
        self._hold_prompts = []

    def stop(self) -> None:
        """Something is happening; do not count."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def heard(self) -> None:
        """The caller spoke: their next silence is a first one again."""
        self._count = 0
        self.stop()

    def _start(self, seconds: float) -> None:
        self.stop()
        self._seconds = seconds
        self._timer = asyncio.get_running_loop().call_later(seconds, self._fire)

    def _fire(self) -> None:
        self._timer = None
        if self._put_off < self._PATIENCE and self._speaking():
            self._put_off += 1
            self._start(self._seconds)
            return
        if self._hold_prompts:
            self._on_hold(self._hold_prompts.pop(0))
            return
        self._count += 1
        self._on_idle(self._count)
