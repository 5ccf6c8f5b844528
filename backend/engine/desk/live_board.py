"""The calls of all workers as they are now, for pages that show them while they go.

Our own calls are known at once. Those of others come over the feed while somebody looks; what the feed lost is found in
the record of calls, which is looked at every few seconds. A page gets each call whole, and only the newest of it: one
that reads slowly skips what was in between, and nobody waits for it.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import msgspec

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.live_call import Doing, LiveCall
from backend.domain.search import CallQuery
from backend.domain.session import HistoryItem
from backend.engine.call.end_tasks import end_tasks
from backend.errors import PoolExhausted, RingmasterError
from backend.ports import CallRecords, LiveFeed

__all__ = ["LiveBoard", "LiveView"]

log = logging.getLogger(__name__)

_MOST_VIEWS = 50
_MOST_OF_ONE = 20
"""Pages of one person, or of a key that several share: the rest is there for others."""
_MOST_OVER = 50
"""Calls that are over, and still shown so that whoever looked on sees how they ended."""
_LOOK_S = 10.0
_MOST_LOOKED_AT = 500


class LiveView:
    """What one page has not been told yet. Bounded: of each call there is one, the newest."""

    def __init__(self, who: str = "") -> None:
        self.who = who
        self._new: dict[str, tuple[int, LiveCall]] = {}
        self._there = asyncio.Event()
        self.closed = False
        """This worker goes away: no more will come."""

    def put(self, number: int, call: LiveCall) -> None:
        """Something is new."""
        self._new[call.call_id] = number, call
        self._there.set()

    def close(self) -> None:
        """Tell no more."""
        self.closed = True
        self._there.set()

    async def next(self) -> tuple[int, Sequence[LiveCall]]:
        """What is new, once something is, and the number of the newest; nothing when it was closed."""
        await self._there.wait()
        self._there.clear()
        new, self._new = self._new, {}
        return max((number for number, _ in new.values()), default=0), [call for _, call in new.values()]


class LiveBoard:
    """``CallWatch``, and what pages look at.

    Args:
        worker: name of this worker: numbers are its own.
        feed: the way to the boards of other workers.
        records: the record of calls, where those are found that the feed did not tell of.
    """

    def __init__(self, worker: str, feed: LiveFeed, records: CallRecords) -> None:
        self._worker = worker
        self._feed = feed
        self._records = records
        self._calls: OrderedDict[str, tuple[int, LiveCall]] = OrderedDict()
        """By id, the newest change last."""
        self._own: set[str] = set()
        self._unknown: set[str] = set()
        """Shown here, and not in the record of calls when that was looked at last."""
        self._number = self._forgotten = 0
        self._views: set[LiveView] = set()
        self._following: list[asyncio.Task[None]] = []

    # -- CallWatch ------------------------------------------------------------------------

    def began(self, call: CallRecord) -> None:
        """A call is here."""
        self._own.add(call.call_id)
        self._tell(LiveCall.of(call))

    def answered(self, call: CallRecord, turn: int, items: Sequence[HistoryItem]) -> None:
        """An answer is on its way."""
        self._tell(self._known(call).answered(turn, items))

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over."""
        self._tell(self._known(call).after(call, turn))

    def does(self, call: CallRecord, doing: Doing, about: str) -> None:
        """What goes on in a call of ours at this moment; told where that is new."""
        known = self._known(call)
        if (known.doing, known.about) != (doing, about) and known.state not in ("moving", "over"):
            self._tell(msgspec.structs.replace(known, doing=doing, about=about, doing_since=datetime.now(UTC)))

    @property
    def watched(self) -> bool:
        """Does anybody look on, here or at another worker?"""
        return bool(self._views) or self._feed.heard

    def moved(self, call: CallRecord) -> None:
        """It goes on elsewhere."""
        self._tell(LiveCall.of(call, "moving"))
        self._own.discard(call.call_id)

    def ended(self, call: CallRecord) -> None:
        """A call is over."""
        self._tell(LiveCall.of(call))
        self._own.discard(call.call_id)

    # -- pages ----------------------------------------------------------------------------

    @asynccontextmanager
    async def view(self, who: str = "") -> AsyncGenerator[LiveView]:
        """Look on; while nobody does, nothing is heard of other workers.

        Args:
            who: whose page it is.

        Raises:
            PoolExhausted: too many do, or this one with too many pages.
        """
        if len(self._views) >= _MOST_VIEWS:
            raise PoolExhausted("too many pages look at live calls through this worker; try again")
        if sum(view.who == who for view in self._views) >= _MOST_OF_ONE:
            raise PoolExhausted(f"you look at live calls with {_MOST_OF_ONE} pages already; close one of them")
        view = LiveView(who)
        self._views.add(view)
        try:
            if not self._following:
                loop = asyncio.get_running_loop()
                self._following = [loop.create_task(one, name="live board") for one in (self._follow(), self._check())]
            yield view
        finally:
            self._views.discard(view)
            if not self._views:
                following, self._following = self._following, []
                await end_tasks(following)
                self._forget_others()

    def since(self, number: int) -> tuple[int, Sequence[LiveCall]]:
        """What has changed after a number (all there is for 0), and the number of the newest."""
        return self._number, [call for at, call in self._calls.values() if at > number]

    def id_of(self, number: int) -> str:
        """A number as a page keeps it."""
        return f"{self._worker}/{number}"

    def number_of(self, known: str) -> int | None:
        """What a page kept, as a number; ``None`` where it is another worker's, or of a time that is forgotten."""
        worker, _, number = known.rpartition("/")
        ours = worker == self._worker and number.isascii() and number.isdigit() and len(number) < 18
        return int(number) if ours and self._forgotten <= int(number) <= self._number else None

    async def close(self) -> None:
        """Let every page go."""
        for view in self._views:
            view.close()

    # -- inside ---------------------------------------------------------------------------

    def _known(self, call: CallRecord) -> LiveCall:
        found = self._calls.get(call.call_id)
        return found[1] if found else LiveCall.of(call)

    def _tell(self, call: LiveCall) -> None:
        self._put(call)
        self._feed.tell(call)

    def _put(self, call: LiveCall) -> None:
        self._number += 1
        self._calls[call.call_id] = self._number, call
        self._calls.move_to_end(call.call_id)
        for view in self._views:
            view.put(self._number, call)
        over = [one for one, (_, kept) in self._calls.items() if kept.state == "over"]
        for call_id in over[:-_MOST_OVER]:
            self._forgotten = max(self._forgotten, self._calls.pop(call_id)[0])

    def _forget_others(self) -> None:
        for call_id in [one for one, (_, call) in self._calls.items() if one not in self._own and call.state != "over"]:
            del self._calls[call_id]
            self._number += 1  # how they go on is not heard from now: whoever knew all begins anew, too
            self._forgotten = self._number

    async def _follow(self) -> None:
        async with contextlib.aclosing(self._feed.calls()) as told:
            async for call in told:
                if call.call_id not in self._own:
                    self._put(call)

    async def _check(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(_LOOK_S)

    async def _look(self) -> None:
        """Find in the record what the feed did not tell: calls of others that go, and those that are over."""
        shown = {one for one, (_, call) in self._calls.items() if call.state != "over"} - self._own
        try:
            live = await self._records.list(CallQuery(live=True), limit=_MOST_LOOKED_AT)
            there = {call.call_id for call in live}
            await self._take(there - shown - self._own - self._calls.keys())
            unknown = await self._take(shown - there)
            for call_id in unknown & self._unknown:
                self._drop(call_id)
            self._unknown = unknown & self._calls.keys()
        except RingmasterError as error:
            log.warning("live calls cannot be looked up", extra={"event": "live.unknown", "code": error.code})

    async def _take(self, call_ids: Iterable[str]) -> set[str]:
        """Show these calls as the record has them; gives those that it does not have."""
        unknown: set[str] = set()
        for call_id in call_ids:
            record = await self._records.get(call_id)
            if record is None:
                unknown.add(call_id)
            elif call_id not in self._own:
                self._put(LiveCall.of(record))
        return unknown - self._own

    def _drop(self, call_id: str) -> None:
        """Show no longer what is in no record, and was not at the look before: a record may come after the feed."""
        if (known := self._calls.get(call_id)) is None or call_id in self._own:
            return
        self._put(msgspec.structs.replace(known[1], state="over"))
        self._calls.pop(call_id, None)
        self._forgotten = self._number
