"""What goes with a call that is transferred, to whoever takes it."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from backend.domain.call import CallRecord
from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.line import PersonSpec
from backend.domain.session import CallSession
from backend.domain.tool import TransferToPerson
from backend.engine.call.transfer import Transfer
from backend.ports import CallControl


class Service:
    """Keeps what it is given to send along."""

    def __init__(self) -> None:
        self.context: Mapping[str, str] = {}

    async def transfer(self, connection_id: str, *, to: str, context: Mapping[str, str], token: str) -> None:
        self.context = context


async def test_a_summary_goes_without_secrets_because_carriers_keep_headers() -> None:
    service = Service()
    record = CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=datetime.now(UTC))
    told: dict[str, Any] = {"handoff": {"source": "auth", "summary": "Karen, 9037, card 4111 1111 1111 1111, a crash"}}
    note_secret(told, KnownSecret(1, "last4", "9037"))
    session = CallSession(call_id="c1", line="insurance", active_agent="auth", facts=told)
    transfer = Transfer(cast(CallControl, service), record, session, "token")
    moving = asyncio.create_task(transfer.to_person(PersonSpec(number="+18005550199"), TransferToPerson("a crash")))
    while not service.context:
        await asyncio.sleep(0)
    transfer.result(accepted=True)
    assert await moving
    assert service.context["Summary"] == f"Karen, {HIDDEN}, card {HIDDEN}, a crash"
    assert service.context["Reason"] == "a crash"
