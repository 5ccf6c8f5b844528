"""Admission: who is let in, who is sent elsewhere and with which words, and whom we may call."""

import logging
from datetime import UTC, datetime
from typing import Literal

from backend.domain.call import IncomingCall
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.private import Private
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.gate import CallGate
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.rules import DeskRules
from backend.ports import TurnTelemetry

__all__ = ["Admission", "Room"]

log = logging.getLogger(__name__)

Room = Literal["free", "told", "none"]
"""``told``: the line is full, and has something to say to those beyond. ``none``: they have been sent elsewhere."""


class Admission:
    """Sees to calls that are not taken.

    Args:
        gate: the block list and the caps; ``None``: everybody is welcome.
        telemetry: told of each caller who is refused.
    """

    def __init__(
        self, ways: WaysIn, registry: CallRegistry, rules: DeskRules, gate: CallGate | None, telemetry: TurnTelemetry
    ) -> None:
        self._ways = ways
        self._registry = registry
        self._rules = rules
        self._gate = gate
        self._telemetry = telemetry
        self.refused = 0

    async def no_line(self, incoming: IncomingCall) -> None:
        """Refuse a call to a number that no line has."""
        ending = incoming.called.reveal()[-2:]
        log.warning(
            "no line has the called number; the caller was turned away",
            extra={"event": "line.unknown", "ends_in": ending},
        )
        self.refused += 1
        self._telemetry.refused("", "no line")
        await self._ways.control(incoming.way).reject(incoming, busy=False)

    async def turned_away(self, incoming: IncomingCall, line: LineSpec, says: Phrases) -> str | None:
        """What a caller is told whose call is not taken; empty for those who are welcome, ``None``: seen to already."""
        if self._gate is None:
            return ""
        planned = incoming.plan is not None and incoming.plan.test
        test = planned or self._rules.marks.is_test(incoming.caller)
        refusal = await self._gate.incoming(incoming.caller, line.name, test=test)
        if refusal is None:
            return ""
        self.refused += 1
        log.warning(
            "a caller was turned away by a limit or the block list",
            extra={"event": "call.turned_away", "why": refusal.why, "line": line.name},
        )
        self._telemetry.refused(line.name, refusal.why)
        blocked, control = refusal.why == "blocked", self._ways.control(incoming.way)
        if not blocked and line.refusals.capped == "person":
            await control.redirect(incoming, to=line.person.number)
        elif (blocked and line.refusals.blocked == "reject") or not refusal.told:
            await control.reject(incoming, busy=True)
        else:
            return says.blocked if blocked else says.capped
        return None

    async def room(self, incoming: IncomingCall, line: LineSpec) -> Room:
        """Is there room for one more caller? Those who are sent elsewhere are by then."""
        registry, overflow = self._registry, line.overflow
        if not registry.full and not registry.line_full(line):
            return "free"
        why = "draining" if registry.draining else "full" if registry.full else "line full"
        log.warning("a call was refused", extra={"event": "line.refused", "line": line.name, "reason": why})
        self.refused += 1
        self._telemetry.refused(line.name, why)
        if overflow.action in ("message", "call_back") and not registry.full:
            return "told"
        control = self._ways.control(incoming.way)
        if overflow.action != "reject" and overflow.number:
            await control.redirect(incoming, to=overflow.number)
        else:
            await control.reject(incoming, busy=True)
        return "none"

    async def closed(self, incoming: IncomingCall, line: LineSpec) -> bool:
        """Send a caller elsewhere who calls a line that is closed and asks nothing first; else false."""
        hours = line.hours
        if hours is None or hours.emergencies or hours.action != "redirect" or hours.number is None:
            return False
        if hours.is_open(datetime.now(UTC)):
            return False
        await self._ways.control(incoming.way).redirect(incoming, to=hours.number)
        return True

    async def may_call(self, to: str, line: LineSpec) -> None:
        """May people have this number called on this line? Raises ``CallRefused`` where not."""
        if self._gate is not None:
            await self._gate.placed(to, line, test=self._rules.marks.is_test(Private(to)))
