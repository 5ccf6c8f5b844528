"""What is kept of a call while it goes: its record, its turns, and the session that another worker would go on with."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import msgspec

from backend.domain.agent import AgentSpec
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.session import CallSession, repairs_of
from backend.engine.call.call_meter import CallMeter
from backend.engine.call.discretion import Discretion
from backend.engine.call.environment import CallEnvironment
from backend.engine.call.journal import Journal
from backend.engine.call.session_keeper import SessionKeeper
from backend.engine.call.turn_moments import moments_of
from backend.engine.thinking.whispers import Whispers
from backend.engine.turn.call_log import call_ended
from backend.engine.turn.recognized import Recognized
from backend.engine.turn.turn import Turn

__all__ = ["CallMemory"]

_REMEMBERED = 8


class CallMemory:
    """Writes down one call, in the background.

    Args:
        mine: is it still this worker's call?
        credentials: arguments of tools by which callers show who they are.
    """

    def __init__(
        self,
        environment: CallEnvironment,
        record: CallRecord,
        session: CallSession,
        mine: Callable[[], Awaitable[bool]],
        credentials: frozenset[str] = frozenset(),
    ) -> None:
        self._environment = environment
        self._record = record
        self._session = session
        self._discretion = Discretion(session, environment.thinking.services.veil, credentials)
        self._journal = Journal()
        self._keeper = SessionKeeper(environment.sessions, record.call_id, mine=mine, version=session.version)
        self._meter = CallMeter(record, session)
        self.recognized = Recognized()
        """How the caller's words are recognized."""
        self._watched = False
        self._turns: list[Turn] = []
        """The last ones; what is learnt to be secret later is hidden in them, too."""

    @property
    def stored(self) -> bool:
        """Is its session in the store, as far as is known?"""
        return not self._keeper.behind

    def note_call(self) -> None:
        """Note that the call exists, or what has become known of it."""
        if not self._watched:
            self._watched = True
            for watch in self._environment.watches:
                watch.began(self._record)
        self._journal.note(lambda: self._environment.records.started(self._record))

    def note_agent(self, agent: AgentSpec) -> None:
        """This agent speaks with the caller."""
        if agent.name not in self._record.agents:
            self._record.agents.append(agent.name)
            self.note_call()

    def note_turn(self, turn: Turn) -> None:
        """A turn is over."""
        record, environment = turn.record, self._environment
        turn.recognized = self.recognized.until(record.started_at)
        Whispers(self._session).settle(turn)
        self._meter.note_turn(record)
        more = self._discretion.settle(record)
        kept = self._discretion.stored(self._session)
        self._note_moments(turn, more, kept)
        self._record.turns.append(record)
        self._record.case_number = self._session.case_number
        environment.telemetry.turn(self._record, record)
        for watch in environment.watches:
            watch.turn(self._record, record)
        environment.floor.turn(record)
        for one in (*more, record):
            self._journal.note(partial(environment.records.turn, self._record.call_id, one))
        self._keeper.keep(kept)

    def _note_moments(self, turn: Turn, more: Sequence[TurnRecord], kept: CallSession) -> None:
        """What happened in this turn, and once more in those before it in which something is hidden now."""
        again = {record.index for record in more}
        self._turns = [*self._turns[-_REMEMBERED:], turn]
        for one in self._turns:
            if one is turn or one.index in again:
                items = [item for item in kept.history if item.turn == one.index]
                one.record.moments = moments_of(one, items, partial(self._discretion.recognized, one.index))

    def note_answer(self, turn: Turn) -> None:
        """Store a turn as it was meant: should this worker die while it is spoken, nothing is asked twice."""
        history = [*self._session.history, *turn.settled(as_meant=True)]
        meant = msgspec.structs.replace(self._session, history=history, turn=turn.index)
        kept = self._discretion.stored(meant)
        self._keeper.keep(kept)
        if watches := self._environment.watches:
            items = [item for item in kept.history if item.turn == turn.index]
            for watch in watches:
                watch.answered(self._record, turn.index, items)

    def note_moment(self, moment: FloorMoment) -> None:
        """Somebody took the floor, or something was begun in vain."""
        self._environment.floor.note(moment)
        self._environment.telemetry.floor(self._record, moment)

    def note_end(self, ending: Ending) -> None:
        """The call is over."""
        record = self._record
        record.ended_at = datetime.now(UTC)
        self._meter.note_length()
        record.outcome, record.detail = ending.outcome, ending.detail
        record.case_number = self._session.case_number
        record.repairs = repairs_of(self._session)

    async def close(self) -> None:
        """Write what is left, and forget the session."""
        record = self._record
        self._environment.telemetry.call_ended(record)
        call_ended(record)
        for watch in self._environment.watches:
            watch.ended(record)
        self._journal.note(lambda: self._environment.records.ended(record))
        await self._journal.close()
        await self._keeper.close(forget=True)

    async def hand_on(self) -> None:
        """Write what is left; another worker goes on with the session."""
        if self._watched:  # one that never came about goes on nowhere
            for watch in self._environment.watches:
                watch.moved(self._record)
        await self._keeper.close(forget=False)
        await self._journal.close()
