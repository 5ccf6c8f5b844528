"""Records of calls and wishes to be called back, kept although the database is away."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_use import UseTotals
from backend.domain.callback import CallbackWish, WishState
from backend.domain.entry import Kept, body_of_call, body_of_turn, body_of_wish
from backend.domain.search import EVERY_CALL, CallQuery, Totals
from backend.engine.desk.outbox import Outbox
from backend.errors import Unavailable
from backend.ports import CallbackBook, CallRecords

__all__ = ["KeptCallbacks", "KeptRecords"]


class KeptRecords:
    """``CallRecords`` whose writing never fails: what cannot be written waits in the outbox.

    Args:
        records: those of the database, for reading.
        outbox: writes, now or later.
    """

    def __init__(self, records: CallRecords, outbox: Outbox) -> None:
        self._records = records
        self._outbox = outbox

    async def started(self, call: CallRecord) -> None:
        """A call began, or more is known of it."""
        await self._outbox.write(self._outbox.entry("call.started", call.call_id, body_of_call(call)))

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        """A turn is complete."""
        await self._outbox.write(self._outbox.entry("call.turn", call_id, body_of_turn(turn)))

    async def ended(self, call: CallRecord) -> None:
        """A call is over."""
        await self._outbox.write(self._outbox.entry("call.ended", call.call_id, body_of_call(call)))

    async def audit(self, *, call_id: str, actor: str, action: str, detail: Mapping[str, Any]) -> None:
        """Note an action."""
        body = {"actor": actor, "action": action, "detail": dict(detail)}
        await self._outbox.write(self._outbox.entry("audit", call_id, body))

    async def get(self, call_id: str) -> CallRecord | None:
        """One call with its turns."""
        return await self._records.get(call_id)

    async def list(
        self,
        query: CallQuery = EVERY_CALL,
        *,
        limit: int = 50,
        before: datetime | None = None,
        before_id: str = "",
        without: Collection[str] = (),
    ) -> Sequence[CallRecord]:
        """Calls, the newest first."""
        return await self._records.list(query, limit=limit, before=before, before_id=before_id, without=without)

    async def count(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> Totals:
        """How many there are."""
        return await self._records.count(query, without=without)

    async def use(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> UseTotals:
        """What they took together."""
        return await self._records.use(query, without=without)


class KeptCallbacks:
    """``CallbackBook`` that keeps wishes although the database is away.

    Args:
        callbacks: those of the database, for reading.
        outbox: writes, now or later.
    """

    def __init__(self, callbacks: CallbackBook, outbox: Outbox) -> None:
        self._callbacks = callbacks
        self._outbox = outbox

    async def keep(self, wish: CallbackWish) -> None:
        """Keep a wish.

        Raises:
            Unavailable: there is no room for it anywhere.
        """
        entry = self._outbox.entry("callback", wish.call_id, body_of_wish(wish))
        if await self._outbox.write(entry) is Kept.DROPPED:
            raise Unavailable("database", "a request for a call back could not be stored")

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        return await self._callbacks.get(call_id)

    async def step(
        self, call_id: str, revision: int, state: WishState, who: str, placed: str = ""
    ) -> CallbackWish | None:
        """Note what somebody did about a wish. A person waits for it: it is done now, or not at all."""
        return await self._callbacks.step(call_id, revision, state, who, placed)

    async def begin(self, number: str, placed: str) -> bool:
        """A number is being called back from now on; the database must be there."""
        return await self._callbacks.begin(number, placed)

    async def give_up(self, number: str, placed: str) -> None:
        """The call did not come about."""
        await self._callbacks.give_up(number, placed)

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        state: WishState | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first."""
        return await self._callbacks.list(limit=limit, line=line, test=test, state=state, before=before, lines=lines)
