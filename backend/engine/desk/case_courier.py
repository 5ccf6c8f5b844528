"""Tells other systems of cases, as their lines say: each until it is taken, or until trying is given up."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.domain.case_delivery import CaseDelivery, DeliveryState
from backend.domain.case_webhook import CaseWebhookSpec
from backend.domain.line import LineSpec
from backend.domain.search import FoundCase
from backend.engine.call.end_tasks import end_tasks
from backend.errors import ProviderRejected, RingmasterError, SealBroken, TimedOut, Unavailable
from backend.ports import CaseDeliveries, CaseReceiver, HealthPart

__all__ = ["CaseCourier", "message_of"]

log = logging.getLogger(__name__)

_LOOK_S = 5.0
_AT_ONCE = 10
_TAKEN_S = 120.0
"""Whoever has taken some sends them within so long; after that others may."""
_RETRY_S = (10.0, 60.0, 300.0, 1800.0, 7200.0, 21_600.0, 43_200.0)
"""Pauses between tries: all in all 21 hours, so that a receiver may be away for a night."""
_HANGS_S = 60.0
"""So long a receiver that did not answer in time is told nothing more: each message to it would hold up all others."""
_KEPT, _TIDIED_EVERY = timedelta(days=7), timedelta(hours=1)
_OURS = "ringmaster.failed"


class CaseCourier:
    """One worker's courier; several may be about at once.

    Args:
        deliveries: what is to be told.
        receiver: who is told.
        lines: the lines as they are now, by name.
        now: the time in UTC.
    """

    def __init__(
        self,
        deliveries: CaseDeliveries,
        receiver: CaseReceiver,
        lines: Callable[[], Mapping[str, LineSpec]],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.deliveries = deliveries
        self._receiver, self._lines, self._now = receiver, lines, now
        self._counts: Mapping[DeliveryState, int] = {}
        self._hangs: dict[str, datetime] = {}
        """By line, until when its receiver is told nothing."""
        self._tidied = now()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look for what is to be told."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="case-courier")

    async def close(self) -> None:
        """Stop. What was being told is told again by another, under the same id."""
        if self._task is not None:
            await end_tasks([self._task])

    def health(self) -> HealthPart:
        """How telling goes, as of the last look."""
        dead, waiting = self._counts.get("dead", 0), self._counts.get("waiting", 0)
        counts = {"waiting": waiting, "dead": dead, "sent": self._counts.get("sent", 0)}
        if not dead:
            return HealthPart("case_webhook", counts=counts)
        one = "1 message about a case was" if dead == 1 else f"{dead} messages about cases were"
        todo = "see why below, put the receiver right, then send them again"
        return HealthPart("case_webhook", "degraded", f"{one} not taken by the receiver: {todo}", counts)

    async def look(self) -> int:
        """Send what is due now; gives how many.

        Raises:
            RingmasterError: the database does not answer.
        """
        now = self._now()
        due = await self.deliveries.due(now, now + timedelta(seconds=_TAKEN_S), _AT_ONCE)
        # One that cannot be told, or read, keeps nobody else waiting.
        done = await asyncio.gather(*map(self._see_to, due), return_exceptions=True)
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault
        self._counts = await self.deliveries.counts()
        return len(due)

    async def _tidy(self) -> None:
        now = self._now()
        if abs(now - self._tidied) > _TIDIED_EVERY:
            self._tidied = now
            await self.deliveries.tidy(now - _KEPT)

    async def _see_to(self, delivery: CaseDelivery) -> None:
        try:
            after = await self._after(delivery)
        except Unavailable:  # the database is away, for all of them
            raise
        except SealBroken as error:
            after = self._later(delivery, str(error), "")
        except Exception:  # a fault of ours with one message: it is tried again, and given up like any other
            log.exception(
                "a message about a case could not be told",
                extra={"event": "case_webhook.waits", "code": _OURS, "call_id": delivery.call_id},
            )
            after = self._later(delivery, "a fault of this server; see its log", "")
        await (self.deliveries.drop(delivery.id) if after is None else self.deliveries.settle(after))

    async def _after(self, delivery: CaseDelivery) -> CaseDelivery | None:
        """How it stands after a try; ``None``: it concerns nobody."""
        found = await self.deliveries.case_of(delivery)
        line = self._lines().get(found.line) if found is not None else None
        spec = line.webhook if line is not None else None
        if found is None or spec is None or delivery.event not in spec.events or (found.test and not spec.tests):
            return None
        until, now = self._hangs.get(found.line), self._now()
        furthest = now + timedelta(seconds=_HANGS_S)  # what is put off for longer was so before the clock was set back
        if until is not None and now < until <= furthest:
            return replace(delivery, next_at=until)
        try:
            await self._receiver.tell(spec, delivery.id, message_of(delivery, found, spec))
        except ProviderRejected as error:
            return self._given_up(delivery, str(error), found.line)
        except RingmasterError as error:
            if isinstance(error, TimedOut):
                self._hangs[found.line] = self._now() + timedelta(seconds=_HANGS_S)
            return self._later(delivery, str(error), found.line)
        return replace(delivery, state="sent", tries=delivery.tries + 1, next_at=self._now(), fault="")

    def _later(self, delivery: CaseDelivery, fault: str, line: str) -> CaseDelivery:
        if delivery.tries >= len(_RETRY_S):
            return self._given_up(delivery, fault, line)
        next_at = self._now() + timedelta(seconds=_RETRY_S[delivery.tries])
        return replace(delivery, tries=delivery.tries + 1, next_at=next_at, fault=fault)

    def _given_up(self, delivery: CaseDelivery, fault: str, line: str) -> CaseDelivery:
        log.error(
            "a message about a case was not taken by its receiver",
            extra={"event": "case_webhook.dead", "line": line, "reason": fault, "call_id": delivery.call_id},
        )
        return replace(delivery, state="dead", tries=delivery.tries + 1, fault=fault)

    async def _run(self) -> None:
        while True:
            try:
                await self._tidy()
                if await self.look() == _AT_ONCE:
                    continue
            except RingmasterError as error:
                log.warning(
                    "messages about cases wait: they cannot be read now",
                    extra={"event": "case_webhook.waits", "code": error.code},
                )
            except Exception:  # the edge of the task: a fault of ours must not end all telling for good
                log.exception(
                    "messages about cases wait: they cannot be read now",
                    extra={"event": "case_webhook.waits", "code": _OURS},
                )
            await asyncio.sleep(_LOOK_S)


def message_of(delivery: CaseDelivery, found: FoundCase, spec: CaseWebhookSpec) -> dict[str, Any]:
    """What a receiver is told: the case as it stands, with the fields that its line lets out and no others."""
    case = found.case
    fields = case.as_corrected
    told = {name: fields[name] for name in spec.fields.get(case.form, ()) if name in fields}
    return {
        "id": delivery.id,
        "event": f"case.{delivery.event}",
        "at": delivery.created_at.isoformat(),
        "case": {
            "number": case.number or "",
            "form": case.form,
            "status": case.status,
            "call_id": case.call_id,
            "line": found.line,
            "filed_at": case.filed_at.isoformat() if case.filed_at else None,
            "verified": case.verified,
            "revision": case.revision,
            "test": found.test,
            **({"subject": case.subject} if spec.subject else {}),
            "fields": told,
        },
    }
