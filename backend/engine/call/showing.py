"""Shows a call to whoever tries it, beyond its words: who speaks, tools, forms filling in, waits, how it ended.

It looks on ten times a second, as captions do: nothing in a conversation waits for, or knows of, a screen.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.call import CallRecord, Latencies
from backend.domain.case import Case
from backend.domain.ending import Ending
from backend.domain.session import CallSession, HistoryItem, ToolAnswered, ToolCallsMade
from backend.engine.conversation.conversation import Conversation
from backend.engine.turn.turn import SpokenSegment
from backend.errors import RingmasterError
from backend.ports import CallScreen, CaseBook, MediaLink, Screened

__all__ = ["Showing", "ShownCall"]

_LOOK_S = 0.1
_LAST_LOOK_S = 1.0
"""The last look asks for forms; a database that is slow must keep nobody on the line."""


@dataclass(frozen=True, slots=True)
class ShownCall:
    """What there is to see of a call besides its conversation."""

    record: CallRecord
    session: CallSession
    cases: CaseBook
    forms: tuple[str, ...]
    """Names of the forms that it may fill in."""


class Showing:
    """The screen of one call on one link.

    Args:
        link: one without a screen is left alone.
        conversation: what is going on.
        call: what else there is to see.
    """

    def __init__(self, link: MediaLink, conversation: Conversation, call: ShownCall) -> None:
        self._conversation = conversation
        self._shown = _Shown(link.screen, call) if isinstance(link, Screened) else None
        self._task = asyncio.create_task(self._run(self._shown), name="showing") if self._shown else None

    async def close(self, ending: Ending | None = None) -> None:
        """Show what is left, as far as it is known soon, and how it ended where it did."""
        if self._task is None or self._shown is None:
            return
        self._task.cancel()
        try:
            async with asyncio.timeout(_LAST_LOOK_S):
                await asyncio.gather(self._task, return_exceptions=True)
                await self._shown.look(())
        except TimeoutError:
            return  # how it ended is shown all the same
        finally:
            if ending is not None and not ending.cut_off:
                self._shown.screen.over(ending.outcome, ending.detail)

    async def _run(self, shown: "_Shown") -> None:
        while True:
            turn = self._conversation.scene.turn
            await shown.look(turn.items if turn is not None else (), turn.index if turn is not None else 0)
            await asyncio.sleep(_LOOK_S)


class _Shown:
    """What has been shown, so that only what is new is."""

    def __init__(self, screen: CallScreen, call: ShownCall) -> None:
        self.screen = screen
        self._call = call
        self._agent = ""
        self._turns = len(call.record.turns)
        self._tools: dict[str, bool | None] = {}
        self._forms: dict[str, Case] = {}
        self._stale = True

    async def look(self, items: Iterable[HistoryItem | SpokenSegment], turn: int = 0) -> None:
        """Show what is new."""
        if self._call.session.active_agent != self._agent:
            self._agent = self._call.session.active_agent
            self.screen.agent_is(self._agent)
        for item in [*self._call.session.history, *items]:
            self._look_at(item, turn)
        for record in self._call.record.turns[self._turns :]:
            self._turns += 1
            self._stale = True
            waited = record.latencies if record.caller_text else Latencies()
            self.screen.turn_over(record.index, record.agent, waited, interrupted=record.interrupted)
        if self._stale:
            self._stale = False
            await self._look_at_forms()

    def _look_at(self, item: HistoryItem | SpokenSegment, turn: int) -> None:
        if isinstance(item, ToolCallsMade):
            for call in item.calls:
                if call.id not in self._tools:
                    self._tools[call.id] = None
                    self.screen.tool(item.turn or turn, call.name, ok=None)
        elif isinstance(item, ToolAnswered) and self._tools.get(item.call_id) is None:
            self._tools[item.call_id] = ok = _went_well(item.content)
            self._stale = True
            self.screen.tool(item.turn or turn, item.name, ok=ok)

    async def _look_at_forms(self) -> None:
        for name in self._call.forms:
            try:
                case = await self._call.cases.draft(self._call.record.call_id, name)
            except RingmasterError:
                continue  # the call goes on without its book, and shows no form meanwhile
            if case is not None and self._forms.get(name) != case:
                self._forms[name] = case
                self.screen.form(name, case.fields, case.status, case.number or "")


def _went_well(envelope: str) -> bool:
    try:
        return bool(json.loads(envelope).get("ok"))
    except (ValueError, AttributeError):
        return False
