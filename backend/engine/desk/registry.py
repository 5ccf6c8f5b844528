"""The calls that are at this worker, and how many more there may be."""

import asyncio
from collections.abc import ItemsView, Iterator, Mapping, Sequence

from backend.domain.exchange import WorkerLoad
from backend.domain.line import LineSpec
from backend.engine.call.call import Call
from backend.errors import CallNotFound

__all__ = ["CallRegistry"]


class CallRegistry:
    """Live calls by their tokens.

    Args:
        most: how many this worker takes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._calls: dict[str, Call] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self.elsewhere: Mapping[str, WorkerLoad] = {}
        """The other workers; the limit on calls is that of all together, since a call may move to any of them."""
        self.ended = 0
        """Calls that are here no more."""
        self.draining = False
        """Are new calls refused because the worker is going away?"""

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[str]:
        return iter(self._calls)

    def __getitem__(self, token: str) -> Call:
        return self._calls[token]

    def __contains__(self, token: str) -> bool:
        return token in self._calls

    def items(self) -> ItemsView[str, Call]:
        """Tokens and calls."""
        return self._calls.items()

    def all(self) -> Sequence[Call]:
        """The calls as they are now, the oldest first."""
        return list(self._calls.values())

    def add(self, call: Call) -> None:
        """A call begins here, or goes on here."""
        self._calls[call.token] = call
        self._empty.clear()

    def remove(self, call: Call) -> bool:
        """It is over, or goes on elsewhere; false where it was gone already."""
        was_here = self._calls.pop(call.token, None) is not None
        self.ended += was_here
        if not self._calls:
            self._empty.set()
        return was_here

    def get(self, token: str) -> Call | None:
        """The call with this token, if it is here."""
        return self._calls.get(token)

    def by_token(self, token: str) -> Call:
        """The call with this token. Raises ``CallNotFound`` where it is not here."""
        call = self._calls.get(token)
        if call is None:
            raise CallNotFound("no live call has this token")
        return call

    def find(self, call_id: str) -> Call | None:
        """The call with this id, if it is here."""
        return next((call for call in self._calls.values() if call.record.call_id == call_id), None)

    def by_id(self, call_id: str) -> Call:
        """The call with this id. Raises ``CallNotFound`` where it is not here."""
        if (call := self.find(call_id)) is not None:
            return call
        raise CallNotFound(f"no live call {call_id}")

    async def emptied(self, limit_s: float) -> bool:
        """Wait until there are no calls; false where some are left when the time is over."""
        try:
            await asyncio.wait_for(self._empty.wait(), limit_s)
        except TimeoutError:
            return False
        return True

    # -- how many more --------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Can neither this worker nor another one take one more?"""
        serving = [load for load in self.elsewhere.values() if not load.draining]
        live = len(self._calls) + sum(load.live for load in serving)
        return self.draining or live >= self._most + sum(load.capacity for load in serving)

    def line_full(self, line: LineSpec) -> bool:
        """Has the line as many calls as it takes?"""
        return line.max_calls is not None and line.max_calls <= sum(
            call.line.name == line.name and not call.opening.full for call in self._calls.values()
        )

    def load(self, *, able: bool) -> WorkerLoad:
        """How busy this worker is; ``able``: callers can be heard and answered here."""
        return WorkerLoad(live=len(self._calls), capacity=self._most, draining=self.draining, able=able)

    def everywhere(self) -> dict[str, int]:
        """Calls and capacity of this worker and of all that it has heard of within the last seconds."""
        loads = [self.load(able=True), *self.elsewhere.values()]
        return {
            "live": sum(load.live for load in loads),
            "capacity": sum(load.capacity for load in loads if not load.draining),
            "workers": len(loads),
        }

    @property
    def others_take(self) -> bool:
        """Is there another worker that can take one more call, and hear the caller?"""
        return any(
            other.able and not other.draining and other.live < other.capacity for other in self.elsewhere.values()
        )

    @property
    def others_able(self) -> bool:
        """Is there another worker that takes calls and can hear callers?"""
        return any(other.able and not other.draining for other in self.elsewhere.values())
