"""The longest time of a call: a minute before its end the caller is told, and at the end not cut off in a word."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.let_go import let_go
from backend.domain.line import TimeLimitSpec
from backend.domain.phrases import Phrases
from backend.domain.tool import TransferToPerson

__all__ = ["Limited", "TimeLimit"]

_NOTICE_S = 60.0
_SHORTEST_NOTICED_S = 90.0
"""In a shorter call a notice would be the first thing that is said."""

_OVERTIME_S = 8.0
"""So much longer a call may last for what is being said."""

_LEAVING_S = 90.0
"""So long a goodbye or a transfer may take that is under way at the limit; then the call ends all the same."""

_LOOK_S = 0.25


class Limited(Protocol):
    """What has a limit."""

    @property
    def quiet(self) -> bool:
        """Does nobody speak, and waits nothing for an answer?"""
        ...

    @property
    def leaving(self) -> bool:
        """Is a goodbye or a transfer under way?"""
        ...

    def note(self, text: str) -> None:
        """Say this in front of the next answer, or soon."""
        ...

    async def wait_for_clause(self) -> None:
        """Return when the clause has been heard that the agent is saying."""
        ...

    def take_leave(self, text: str, ending: Ending) -> None:
        """Say this and end it."""
        ...

    def to_person(self, directive: TransferToPerson) -> None:
        """Connect the caller with a person."""
        ...

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it at once."""
        ...


class TimeLimit:
    """The longest time of one call.

    Args:
        seconds: how long that is.
        spec: what happens then.
        phrases: what is said.
        talk: what is limited.
    """

    def __init__(self, seconds: float, spec: TimeLimitSpec, phrases: Callable[[], Phrases], talk: Limited) -> None:
        self._seconds = seconds
        self._spec, self._phrases = spec, phrases
        self._talk = talk
        self._task = asyncio.get_running_loop().create_task(self._run(), name="time-limit")
        self._task.add_done_callback(let_go)

    async def close(self) -> None:
        """It is over before."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        talk, left_s = self._talk, self._seconds
        if self._phrases().time_is_near and left_s >= _SHORTEST_NOTICED_S:
            await asyncio.sleep(left_s - _NOTICE_S)
            talk.note(self._phrases().time_is_near)
            left_s = _NOTICE_S
        await asyncio.sleep(left_s)
        await _until(lambda: talk.quiet or talk.leaving, _OVERTIME_S)
        await talk.wait_for_clause()
        await _until(lambda: not talk.leaving, _LEAVING_S)
        if talk.leaving:
            talk.end("completed", "too long")
        elif self._spec.action == "person":
            talk.to_person(TransferToPerson("the call has reached its longest time"))
        else:
            talk.take_leave(self._phrases().time_is_up, Ending("completed", "too long"))


async def _until(true: Callable[[], bool], limit_s: float) -> None:
    for _ in range(int(limit_s / _LOOK_S)):
        if true():
            return
        await asyncio.sleep(_LOOK_S)
