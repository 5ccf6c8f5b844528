"""Keeps one call's session stored: the newest state wins, and a store that was away gets it when it is back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from backend.domain.let_go import let_go
from backend.domain.session import CallSession
from backend.engine.call.end_tasks import end_tasks
from backend.errors import RingmasterError, SessionConflict, SessionLost
from backend.ports import SessionStore

__all__ = ["SessionKeeper"]

log = logging.getLogger(__name__)

_MOST_CONFLICTS = 3


class SessionKeeper:
    """One call's writer to the session store. The conversation never waits for it.

    Args:
        sessions: the store.
        call_id: the call.
        mine: does this worker still own the call? Asked when somebody else seems to have saved.
        version: version of the stored session, when it was restored from there.
        again_s: pause before a store that could not be reached is tried again.
    """

    def __init__(
        self,
        sessions: SessionStore,
        call_id: str,
        *,
        mine: Callable[[], Awaitable[bool]],
        version: int = 0,
        again_s: float = 1.0,
    ) -> None:
        self._sessions = sessions
        self._call_id = call_id
        self._mine = mine
        self._version = version
        self._again_s = again_s
        self._next: CallSession | None = None
        self._wake = asyncio.Event()
        self._stored = asyncio.Event()
        self._stored.set()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="session-keeper")
        self._task.add_done_callback(let_go)
        self.behind = False
        """The store cannot be reached; the call lives in memory only."""

    def keep(self, session: CallSession) -> None:
        """Have this state stored; one that still waits is passed over."""
        self._next = session
        self._stored.clear()
        self._wake.set()

    async def close(self, *, forget: bool, limit_s: float = 1.0) -> None:
        """Store what waits, for at most ``limit_s``, then stop; ``forget`` deletes it instead."""
        if not forget:
            try:
                async with asyncio.timeout(limit_s):
                    await self._stored.wait()
            except TimeoutError:
                log.warning(
                    "a call's session was not stored in time", extra={"event": "session.late", "call_id": self._call_id}
                )
        await end_tasks([self._task])
        if forget:
            try:
                await self._sessions.delete(self._call_id)
            except SessionLost as error:
                log.warning(
                    "session was not deleted; it expires", extra={"event": "session.not_deleted", "code": error.code}
                )

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._store()
            except SessionLost as error:
                if not self.behind:
                    log.warning(
                        "Redis does not answer, so the session is not stored; the call continues",
                        extra={"event": "session.away", "code": error.code},
                    )
                self.behind = True
                await asyncio.sleep(self._again_s)
                self._wake.set()
            except RingmasterError as error:
                log.error(
                    "the session is no longer stored by this worker: another one has the call",
                    extra={"event": "session.lost", "code": error.code, "call_id": self._call_id},
                )
                self._stored.set()
                return
            else:
                if self.behind:
                    log.info("sessions are stored again", extra={"event": "session.back", "call_id": self._call_id})
                self.behind = False

    async def _store(self) -> None:
        """Store the newest state.

        Raises:
            SessionLost: the store cannot be reached; nothing is lost.
            SessionConflict: the call belongs to another worker.
        """
        conflicts = 0
        while (session := self._next) is not None:
            session.version = self._version
            try:
                await self._sessions.save(session)
            except SessionConflict:
                # A write that timed out may have arrived after all; then the stored version is ours, only newer.
                conflicts += 1
                stored = await self._sessions.load(self._call_id)
                if stored is None or conflicts > _MOST_CONFLICTS or not await self._mine():
                    raise
                self._version = stored.version
                continue
            self._version = session.version
            if self._next is session:
                self._next = None
        self._stored.set()
