"""What is still to be told of cases (SQL), and who is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.case_delivery import CaseDelivery, DeliveryState
from backend.domain.case_webhook import CaseWebhookSpec
from backend.domain.search import FoundCase

__all__ = ["CaseDeliveries", "CaseReceiver"]


class CaseDeliveries(Protocol):
    """What is to be told of cases. It is written down together with what happened, so nothing is lost in between."""

    async def due(self, now: datetime, until: datetime, limit: int) -> Sequence[CaseDelivery]:
        """Take some whose time has come.

        Nobody else takes them before ``until``: if this process ends meanwhile, another sends them then.
        """
        ...

    async def case_of(self, delivery: CaseDelivery) -> FoundCase | None:
        """The case of one as it stands; ``None`` where it is gone.

        Raises:
            SealBroken: it was encrypted with another key. The cases of others may be read all the same.
        """
        ...

    async def settle(self, delivery: CaseDelivery) -> None:
        """Note how it stands after a try."""
        ...

    async def drop(self, delivery_id: str) -> None:
        """Forget one that concerns nobody."""
        ...

    async def counts(self) -> Mapping[DeliveryState, int]:
        """How many there are."""
        ...

    async def list(
        self, state: DeliveryState, *, limit: int = 50, lines: frozenset[str] | None = None
    ) -> Sequence[CaseDelivery]:
        """Those in this state, the newest first; ``lines``: only of these lines."""
        ...

    async def send_again(
        self, ids: Sequence[str] | None, now: datetime, lines: frozenset[str] | None = None
    ) -> Sequence[str]:
        """Have dead ones tried anew (``None``: all of them); gives their ids."""
        ...

    async def tidy(self, before: datetime) -> int:
        """Forget those that were sent before then."""
        ...


class CaseReceiver(Protocol):
    """Another system that is told."""

    async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
        """Tell it, once.

        Raises:
            ProviderRejected: it refuses, or may not be spoken to: to say it again changes nothing.
            ProviderError: it may take it later.
        """
        ...
