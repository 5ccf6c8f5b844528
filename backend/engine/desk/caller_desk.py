"""What a caller may ask of us: to be shown what is kept of them, and to be forgotten."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from backend.domain.caller_data import CallerData, Forgotten
from backend.domain.tries import Counted
from backend.engine.desk.recording_desk import RecordingDesk
from backend.ports import CallerDataBook, SessionStore, TryLedger

__all__ = ["CallerDesk"]


@dataclass(frozen=True, slots=True)
class CallerDesk:
    """Shows and forgets one caller, wherever something is kept.

    Args:
        book: what is kept for good.
        sessions: what is kept of live calls; without them there are none to look into.
        tries: counts failed verifications by number.
        cases: are filed cases forgotten, too?
        recordings: what was recorded of calls; without it nothing was.
        settle: has everything written that waits for the database here; gives how much waits elsewhere.
    """

    book: CallerDataBook
    sessions: SessionStore | None = None
    tries: TryLedger | None = None
    cases: bool = False
    settle: Callable[[], Awaitable[int]] | None = None
    recordings: RecordingDesk | None = None

    async def export(self, number: str, *, most: int | None = None) -> CallerData:
        """Everything that is kept of a number.

        Raises:
            ExportTooLarge: of more calls than ``most``.
            Unavailable: the database does not answer.
        """
        waiting = await self._settled()
        return replace(
            await self.book.export(number, most=most), recordings=await self._recorded(number), waiting=waiting
        )

    async def forget(self, number: str) -> Forgotten:
        """Delete everything of a number, and say what. A call that still goes on is not touched.

        Raises:
            Unavailable: the database, or what keeps recordings, does not answer; forget again when it does.
            SessionLost: Redis does not answer; forget again when it does.
        """
        waiting = await self._settled()  # what is written after it was deleted would stay
        recordings = await self._forget_recordings(number)  # first: without their calls nobody would find them
        done = await self.book.forget(number, cases=self.cases)
        done = replace(done, recordings=recordings, waiting=waiting)
        if self.tries is not None:
            await self.tries.forget(Counted("number", number, 0))
        if self.sessions is not None:
            for call_id in done.call_ids:  # of calls that were lost there may be one; it would expire by itself
                await self.sessions.delete(call_id)
        return done

    async def _recorded(self, number: str) -> tuple[Mapping[str, Any], ...]:
        if self.recordings is None:
            return ()
        return tuple([await self.recordings.told(call_id) for call_id in await self.recordings.of_number(number)])

    async def _forget_recordings(self, number: str) -> int:
        if self.recordings is None:
            return 0
        found = await self.recordings.of_number(number)
        for call_id in found:
            await self.recordings.delete(call_id)
        return len(found)

    async def _settled(self) -> int:
        return await self.settle() if self.settle is not None else 0
