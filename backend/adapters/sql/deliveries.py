"""What is to be told of a case, written down in the transaction of what happened."""

from datetime import UTC, datetime

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.tables import Delivery
from backend.domain.case_delivery import DeliveryEvent, delivery_id

__all__ = ["note_delivery"]


async def note_delivery(session: AsyncSession, event: DeliveryEvent, call_id: str, form: str, version: str) -> None:
    """Write down that this is to be told, once however often it is written; it stands or falls with ``session``."""
    now = datetime.now(UTC)
    values = {
        "id": delivery_id(event, call_id, form, version), "event": event, "call_id": call_id, "form": form,
        "state": "waiting", "tries": 0, "fault": "", "created_at": now, "next_at": now,
    }  # fmt: skip
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    await session.execute(insert(Delivery).values(values).on_conflict_do_nothing(index_elements=["id"]))
