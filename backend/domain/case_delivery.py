"""What another system is told of a case: when it was filed, corrected, or a caller wished to be called back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["CaseDelivery", "DeliveryEvent", "DeliveryState", "delivery_id"]

DeliveryEvent = Literal["filed", "corrected", "call_back"]

DeliveryState = Literal["waiting", "sent", "dead"]
"""``dead``: it was refused, or tried in vain for as long as it is tried; a person may have it sent again."""


def delivery_id(event: DeliveryEvent, call_id: str, form: str, version: str) -> str:
    """The id of one telling, the same however often it is written down or sent: receivers know it again by it.

    Args:
        event: what happened.
        call_id: the call of the case.
        form: its form.
        version: what tells several of one case apart: the number of its correction, say.
    """
    return hashlib.sha256(f"{event}/{call_id}/{form}/{version}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class CaseDelivery:
    """One thing that is to be told. It holds nothing of the case: that is read when it is sent."""

    id: str
    event: DeliveryEvent
    call_id: str
    form: str
    state: DeliveryState
    tries: int
    """How often it was tried."""
    created_at: datetime
    next_at: datetime
    """When it is tried next, while it waits."""
    fault: str = ""
    """Why the last try came to nothing: a status, or a sentence of ours."""
    line: str = ""
    """The line of its call; empty where that is not known."""
