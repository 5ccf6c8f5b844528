"""Event Grid: webhook subscriptions, their validation, and delivery at least once.

Headers, retry rules and the validation handshake are those of
learn.microsoft.com/azure/event-grid/{delivery-and-retry,end-point-validation-event-grid-events-schema}; the retry
schedule is shortened, because nobody waits ten minutes on a laptop.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp

from local_azure.background import Background
from local_azure.faults import Fault
from local_azure.state import EmulatorState, Subscription

__all__ = ["EventGrid", "GridEvent"]

_log = logging.getLogger(__name__)

_TOPIC = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local"
    "/providers/Microsoft.Communication/communicationServices/local"
)
_NEVER_AGAIN = frozenset({400, 401, 403, 413})
_ANSWER_SECONDS = 30.0
_RETRY_SECONDS = (0.3, 1.0, 3.0, 8.0)
_HANDSHAKE_SECONDS = 0.5
_HANDSHAKE_TRIES = 1200
_KEPT = 200


@dataclass(frozen=True, slots=True)
class GridEvent:
    """One event in the Event Grid schema."""

    event_type: str
    subject: str
    data: dict[str, Any] = field(repr=False)
    event_id: str = field(default_factory=lambda: str(uuid4()))

    def body(self) -> dict[str, Any]:
        """As it is sent."""
        return {
            "id": self.event_id,
            "topic": _TOPIC,
            "subject": self.subject,
            "data": self.data,
            "eventType": self.event_type,
            "dataVersion": "1.0",
            "metadataVersion": "1",
            "eventTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z"),
        }


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt, for the control routes. ``status`` is 0 when there was no answer."""

    event_type: str
    event_id: str
    subscription: str
    attempt: int
    status: int


class EventGrid:
    """Delivers events to every subscription that has been validated."""

    def __init__(self, state: EmulatorState, web: aiohttp.ClientSession, background: Background) -> None:
        self._state = state
        self._web = web
        self._background = background
        self.duplicates = 0
        """How many times more than once each event is delivered."""
        self.retry_seconds: Sequence[float] = _RETRY_SECONDS
        self.deliveries: list[Delivery] = []
        """The latest attempts."""

    def subscribe(self, subscription: Subscription) -> asyncio.Task[bool]:
        """Add a webhook and validate it in the background, for ten minutes while it is not up yet.

        A busy machine takes more than one to start a server that has said nothing of it until then.
        """
        self._state.subscriptions[:] = [known for known in self._state.subscriptions if known.url != subscription.url]
        self._state.subscriptions.append(subscription)
        return self._background.spawn(self._validate(subscription), "event-grid-validate")

    def publish(self, *events: GridEvent) -> None:
        """Deliver ``events`` to every subscription; several at once arrive as one array."""
        for subscription in self._state.subscriptions:
            if not subscription.validated:
                _log.warning("subscription is not validated", extra={"subscription": subscription.name})
                continue
            for _ in range(1 + self.duplicates):
                self._background.spawn(self._deliver(subscription, events), "event-grid-deliver")

    async def _validate(self, subscription: Subscription) -> bool:
        code = str(uuid4()).upper()
        data = {
            "validationCode": code,
            "validationUrl": f"{self._state.base_url}/emulator/event-grid/validate?id={code}",
        }
        event = GridEvent("Microsoft.EventGrid.SubscriptionValidationEvent", "", data)
        for _ in range(_HANDSHAKE_TRIES):
            status, answer = await self._post(subscription, [event], "SubscriptionValidation", 0, None)
            self._note(subscription, event, 0, status)
            if status == 200 and isinstance(answer, dict) and answer.get("validationResponse") == code:
                subscription.validated = True
                return True
            if status in _NEVER_AGAIN or status == 200:
                break
            await asyncio.sleep(_HANDSHAKE_SECONDS)
        _log.error("webhook was not validated", extra={"subscription": subscription.name, "url": subscription.url})
        return False

    async def _deliver(self, subscription: Subscription, events: Sequence[GridEvent]) -> None:
        await asyncio.sleep(self._state.latency.acs_event / 1000)
        for attempt, pause in enumerate((*self.retry_seconds, None)):
            fault = self._state.faults.take("event_grid", events[0].event_type)
            if fault is not None and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            status = 0
            if fault is None or fault.kind not in ("hang", "abort"):
                status, _ = await self._post(subscription, events, "Notification", attempt, fault)
            for event in events:
                self._note(subscription, event, attempt, status)
            if 200 <= status <= 204 or status in _NEVER_AGAIN or pause is None:
                return
            await asyncio.sleep(pause)

    async def _post(
        self,
        subscription: Subscription,
        events: Sequence[GridEvent],
        kind: str,
        attempt: int,
        fault: Fault | None,
    ) -> tuple[int, Any]:
        headers = self._headers(subscription, events[0], kind, attempt)
        body = aiohttp.JsonPayload([event.body() for event in events])
        broken = fault is not None and fault.kind == "garbage"
        limit = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        try:
            async with self._web.post(
                subscription.url, data=b'[{"id":' if broken else body, headers=headers, timeout=limit
            ) as answer:
                is_json = "json" in answer.headers.get("Content-Type", "")
                return answer.status, await answer.json() if is_json else None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return 0, None

    def _headers(self, subscription: Subscription, event: GridEvent, kind: str, attempt: int) -> dict[str, str]:
        headers = {
            "aeg-event-type": kind,
            "aeg-subscription-name": subscription.name.upper(),
            "aeg-delivery-count": str(attempt),
            "aeg-data-version": "1.0",
            "aeg-metadata-version": "1",
            "aeg-output-event-id": event.event_id,
        }
        if subscription.audience:
            token = self._state.signer.sign(
                issuer=f"{self._state.base_url}/entra/local/v2.0", audience=subscription.audience, seconds=3600
            )
            headers["Authorization"] = f"Bearer {token}"
        return headers

    def _note(self, subscription: Subscription, event: GridEvent, attempt: int, status: int) -> None:
        self.deliveries.append(Delivery(event.event_type, event.event_id, subscription.name, attempt, status))
        del self.deliveries[:-_KEPT]
