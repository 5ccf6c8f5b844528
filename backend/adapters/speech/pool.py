"""Things that are expensive to connect, kept connected."""

import asyncio
import logging
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar

import stamina

from backend.adapters.speech.slots import Slots
from backend.domain.call_context import of_no_call
from backend.errors import PoolExhausted, ProviderError

__all__ = ["Pooled", "WarmPool"]

log = logging.getLogger(__name__)

_IDLE_S = 240.0
"""A connection that was idle for so long is replaced: middleboxes forget it after four to ten minutes and
tell nobody."""

_SURPLUS_S = 30.0
"""More than are to be kept warm were in use at once: the surplus waits so long for the next rush."""

_LOOK_S = 15.0
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0


class Pooled(Protocol):
    """Something with a connection."""

    @property
    def up(self) -> bool:
        """Is it connected and at rest, so that it can be used at once?"""
        ...

    async def open(self, limit_s: float) -> None:
        """Connect, ending first what is still going on.

        Raises:
            ProviderError: it could not be connected within the limit.
        """
        ...

    def discard(self) -> None:
        """Let go of it, in the background. Safe to call twice."""
        ...


_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T", bound=Pooled)


class WarmPool(Generic[_K, _T]):
    """Hands out connected things, one owner each, and connects new ones in the background.

    Whoever asks gets a warm one if there is any, else a cold one that they open themselves; they wait only
    when ``most`` are in use. A warm one that loses its connection is replaced, one that comes back cold
    (an interrupted synthesis) is connected again first. Up to twice ``size`` stay warm for a while, so that
    a pool under a steady load neither connects nor lets go.

    Args:
        name: for logs and figures.
        make: makes a cold one; the second argument is to be called on the loop when a warm one is lost.
        size: how many of each kind are kept warm.
        most: how many may be in use at once.
        wait_s: limit on waiting for one of them.
        open_s: limit on connecting one in the background.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[_K, Callable[[_T], None]], _T],
        *,
        size: int,
        most: int,
        wait_s: float,
        open_s: float,
    ) -> None:
        self.name = name
        """For logs and figures."""
        self._make = make
        self._size = size
        self._open_s = open_s
        self._slots = Slots(name, most, wait_s)
        self._warm: dict[_K, list[tuple[float, _T]]] = {}
        self._used: dict[_T, _K] = {}
        self._wanted = asyncio.Event()
        self._tender: asyncio.Task[None] | None = None
        self._rewarming: dict[asyncio.Task[None], tuple[_K, _T]] = {}
        self._full = asyncio.Event()
        self._counts = dict.fromkeys(("acquired", "opened_cold", "re_warmed", "replaced"), 0)
        self._trouble: ProviderError | None = None
        self._closed = False

    def start(self) -> None:
        """Begin to keep things warm."""
        self._tender = asyncio.get_running_loop().create_task(self._tend(), name=f"{self.name}-pool")

    def keep_warm(self, kind: _K) -> None:
        """Have some of this kind ready from now on."""
        if kind not in self._warm:
            self._warm[kind] = []
            self._full.clear()
            self._wanted.set()

    async def full(self, limit_s: float) -> bool:
        """Wait until what was asked for with ``keep_warm`` is warm; False when it took too long."""
        try:
            async with asyncio.timeout(limit_s):
                await self._full.wait()
        except TimeoutError:
            return False
        return True

    async def acquire(self, kind: _K) -> _T:
        """One for the caller alone, to be given back with ``release``. Not ``up`` if none was warm.

        Raises:
            PoolExhausted: too many are in use, and none came back in time.
        """
        await self._slots.take()
        if self._closed:
            self._slots.give_back()
            raise PoolExhausted(f"{self.name}: closed")
        self.keep_warm(kind)
        item = self._take_warm(kind)
        if item is None:
            item = self._make(kind, self._lost)
            self._counts["opened_cold"] += 1
        self._used[item] = kind
        self._counts["acquired"] += 1
        self._wanted.set()
        return item

    def release(self, item: _T, *, reusable: bool) -> None:
        """Give one back. Not reusable, it is let go of. Does not wait; safe to call twice."""
        kind = self._used.pop(item, None)
        if kind is None:
            return
        self._slots.give_back()
        if not reusable or self._closed or self._missing(kind) <= -self._size:
            item.discard()
        elif item.up:
            self._shelve(kind, item)
        else:
            with of_no_call():
                task = asyncio.get_running_loop().create_task(self._rewarm(kind, item), name=f"{self.name}-rewarm")
            self._rewarming[task] = (kind, item)
            task.add_done_callback(self._rewarming.pop)

    def ping(self) -> None:
        """Can somebody be served? From what is known; nobody is called.

        Raises:
            ProviderError: nothing is warm or in use, and the last attempt to connect failed so.
        """
        if self._trouble and not self._used and not any(self._warm.values()):
            raise self._trouble

    def stats(self) -> dict[str, Any]:
        """Figures: how many are warm, in use and waited for now, and what happened so far."""
        return {
            "size": self._size,
            "warm": sum(len(shelf) for shelf in self._warm.values()),
            "in_use": len(self._used),
            **self._slots.stats(),
            **self._counts,
        }

    async def close(self) -> None:
        """Let go of everything, what is in use included."""
        self._closed = True
        cold = [item for _, item in self._rewarming.values()]
        tasks = [*self._rewarming, *([self._tender] if self._tender else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        warm = [item for shelf in self._warm.values() for _, item in shelf]
        self._warm.clear()
        for item in (*cold, *warm):
            item.discard()
        for item in list(self._used):
            self.release(item, reusable=False)

    def _take_warm(self, kind: _K) -> _T | None:
        shelf = self._warm[kind]
        while shelf:
            _, item = shelf.pop()
            if item.up:
                return item
            self._counts["replaced"] += 1
            item.discard()
        return None

    def _missing(self, kind: _K) -> int:
        coming = sum(1 for other, _ in self._rewarming.values() if other == kind)
        return self._size - len(self._warm[kind]) - coming

    def _shelve(self, kind: _K, item: _T) -> None:
        if item.up:
            self._warm[kind].append((self._now(), item))
        else:
            self._replace(item)  # lost again between its opening and now

    def _lost(self, item: _T) -> None:
        for shelf in self._warm.values():
            for entry in shelf:
                if entry[1] is item:
                    shelf.remove(entry)
                    self._replace(item)
                    return

    def _replace(self, item: _T) -> None:
        self._counts["replaced"] += 1
        item.discard()
        self._wanted.set()

    async def _rewarm(self, kind: _K, item: _T) -> None:
        try:
            await item.open(self._open_s)
        except ProviderError as error:
            log.warning(
                "a used speech connection could not be made ready again",
                extra={"event": "speech.not_rewarmed", "pool": self.name, "code": error.code},
            )
            self._replace(item)
        else:
            self._counts["re_warmed"] += 1
            self._shelve(kind, item)

    async def _tend(self) -> None:
        while True:
            try:
                await self._see_to_it()
            except Exception:  # the task's outermost edge: a pool that is not tended is cold for ever
                log.exception(
                    "maintenance of the speech connection pool failed",
                    extra={"event": "speech.pool_broke", "pool": self.name},
                )
            try:
                async with asyncio.timeout(_LOOK_S):
                    await self._wanted.wait()
            except TimeoutError:
                pass  # time to look for what has been idle too long

    async def _see_to_it(self) -> None:
        self._wanted.clear()
        self._retire()
        async for attempt in stamina.retry_context(
            on=ProviderError, attempts=None, timeout=None, wait_initial=_FIRST_PAUSE_S, wait_max=_LONGEST_PAUSE_S
        ):
            with attempt:
                await self._fill()
        if not self._wanted.is_set():
            self._full.set()

    def _retire(self) -> None:
        now = self._now()
        for shelf in self._warm.values():
            while shelf and now - shelf[0][0] > (_SURPLUS_S if len(shelf) > self._size else _IDLE_S):
                self._replace(shelf.pop(0)[1])

    async def _fill(self) -> None:
        """Connect what is missing; raises what kept one of them from it."""
        missing = [kind for kind in self._warm for _ in range(self._missing(kind))]
        results = await asyncio.gather(*(self._add(kind) for kind in missing), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _add(self, kind: _K) -> None:
        item = self._make(kind, self._lost)
        try:
            await item.open(self._open_s)
        except BaseException as error:
            item.discard()
            if isinstance(error, ProviderError):
                self._trouble = error
                log.warning(
                    "could not connect to the speech service; trying again",
                    extra={"event": "speech.not_connected", "pool": self.name, "code": error.code},
                )
            raise
        if self._trouble is not None:
            log.info("the speech service can be reached again", extra={"event": "speech.back", "pool": self.name})
        self._trouble = None
        self._shelve(kind, item)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
