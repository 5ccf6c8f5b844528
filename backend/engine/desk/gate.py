"""Which calls are taken and placed: the block list, and caps on numbers, days and cost."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from backend.domain.block import Block, blocking
from backend.domain.dialing import why_not
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.search import is_withheld
from backend.domain.tries import Counted, CountedKind
from backend.errors import CallRefused, RingmasterError
from backend.ports import BlockBook, Spending, TryLedger

__all__ = ["CallGate", "Caps", "Refusal"]

log = logging.getLogger(__name__)

_REFRESH_S = 10.0
_TOLD_AN_HOUR = 5
"""So often a refused number hears the sentence; after that the busy tone, or a flood of calls would keep us talking."""

Why = Literal["blocked", "caller", "day", "cost"]


@dataclass(frozen=True, slots=True)
class Caps:
    """How many calls there may be, and what they may cost. 0 is no cap."""

    caller_hour: int = 0
    caller_day: int = 0
    calls_day: int = 0
    placed_number_day: int = 0
    placed_day: int = 0
    cost_day: float = 0.0
    minute: float = 0.0
    """Estimate of what a minute costs."""
    token: float = 0.0
    """Estimate of what a token of the model costs."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a caller is turned away, and whether there is a sentence left for them."""

    why: Why
    told: bool


class CallGate:
    """Asked before a call is taken, placed or transferred by people.

    Args:
        caps: what is allowed.
        hour, day: count calls of the last hour, and of the last 24 hours.
        spending: sums what they cost.
        blocks: the block list; read now and then, never while somebody rings.
        live: how many calls are live here that cost something.
        tokens: how many tokens of the model were used here so far.
    """

    def __init__(
        self,
        caps: Caps,
        hour: TryLedger,
        day: TryLedger,
        spending: Spending,
        blocks: BlockBook,
        *,
        live: Callable[[], int] = lambda: 0,
        tokens: Callable[[], int] = lambda: 0,
    ) -> None:
        self._caps, self._hour, self._day = caps, hour, day
        self._spending, self._book = spending, blocks
        self._live, self._tokens = live, tokens
        self._blocks: Sequence[Block] = ()
        self._spent, self._counted_tokens = 0.0, 0
        self._refused: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read the block list, and go on reading it."""
        await self.refresh()
        self._task = asyncio.get_running_loop().create_task(self._follow(), name="call-gate")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def refresh(self) -> None:
        """Read the block list now. While it cannot be read the last one holds."""
        try:
            self._blocks = await self._book.list()
        except RingmasterError as error:
            log.warning(
                "the block list cannot be read; the last one read still applies",
                extra={"event": "caps.away", "code": error.code},
            )
        self._spent = await self._spending.total()

    async def spend(self, seconds: float) -> None:
        """Count what calls and tokens of these last seconds cost."""
        tokens = self._tokens()
        used, self._counted_tokens = max(0, tokens - self._counted_tokens), tokens
        amount = self._live() * seconds / 60 * self._caps.minute + used * self._caps.token
        if amount:
            await self._spending.add(amount)

    def stats(self) -> dict[str, object]:
        """Figures for /stats."""
        return {"refused": dict(self._refused), "blocks": len(self._blocks), "spent_24h": round(self._spent, 4)}

    async def incoming(self, caller: Private, line: str, *, test: bool = False) -> Refusal | None:
        """May this caller come in? The call is counted if so.

        Args:
            caller: their number.
            line: name of the line that they rang.
            test: is it a try, which is not capped?
        """
        why = await self._why_refused(caller, line, test=test)
        if why is None:
            return None
        self._refused[why] += 1
        return Refusal(why, await self._may_be_told(caller))

    async def placed(self, number: str, line: LineSpec, *, test: bool = False) -> None:
        """May this number be called, or be connected with? The call is counted if so.

        Raises:
            CallRefused: saying why not.
        """
        if number == line.person.number:
            return
        why = await self._why_not_placed(number, line, test=test)
        if why:
            self._refused["placed"] += 1
            raise CallRefused(f"this number may not be called: {why}")

    async def _why_refused(self, caller: Private, line: str, *, test: bool) -> Why | None:
        if blocking(self._blocks, caller, line, datetime.now(UTC)):
            return "blocked"
        if test:
            return None
        if self._over_cost:
            return "cost"
        known, caps = "" if is_withheld(caller) else caller.reveal(), self._caps
        hour = _subjects(("caller_hour", known, caps.caller_hour))
        ticket = await self._hour.take(hour) if hour else ""
        if ticket is None:
            return "caller"
        mine = _subjects(("caller_day", known, caps.caller_day))
        day = [*mine, *_subjects(("calls_day", "all", caps.calls_day))]
        if not day or await self._day.take(day) is not None:
            return None
        await self._hour.give_back(hour, ticket)
        return "caller" if mine and await self._day.spent(mine) else "day"

    async def _why_not_placed(self, number: str, line: LineSpec, *, test: bool) -> str:
        if blocking(self._blocks, Private(number), line.name, datetime.now(UTC)):
            return "it is on the block list"
        if why := why_not(number, line.numbers, line.placing.destinations):
            return why
        if test:
            return ""
        if self._over_cost:
            return "COST_PER_DAY is reached"
        mine = _subjects(("placed_number", number, self._caps.placed_number_day))
        day = [*mine, *_subjects(("placed_day", "all", self._caps.placed_day))]
        if not day or await self._day.take(day) is not None:
            return ""
        mine_spent = mine and await self._day.spent(mine)
        return "PLACED_CALLS_PER_NUMBER_DAY is reached" if mine_spent else "PLACED_CALLS_PER_DAY is reached"

    async def _may_be_told(self, caller: Private) -> bool:
        if is_withheld(caller):
            return True
        return await self._hour.take([Counted("told", caller.reveal(), _TOLD_AN_HOUR)]) is not None

    @property
    def _over_cost(self) -> bool:
        return 0 < self._caps.cost_day <= self._spent

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_S)
            try:
                await self.spend(_REFRESH_S)
                await self.refresh()
            except Exception:  # the gate must go on; calls are taken by what was read last
                log.exception("counting calls and their cost failed; calls continue", extra={"event": "caps.failed"})


def _subjects(*wanted: tuple[CountedKind, str, int]) -> list[Counted]:
    return [Counted(kind, value, limit) for kind, value, limit in wanted if value and limit]
