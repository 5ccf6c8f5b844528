"""What a worker of version cad136d asks of the database while it drains: its tables and statements, as they were."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Base(DeclarativeBase):
    pass


class Call(Base):
    __tablename__ = "calls"

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    line: Mapped[str] = mapped_column(String(64))
    direction: Mapped[str] = mapped_column(String(16))
    caller: Mapped[str] = mapped_column(String(64), default="")
    called: Mapped[str] = mapped_column(String(64), default="")
    connection_id: Mapped[str] = mapped_column(String(128), default="", index=True)
    store_version: Mapped[str] = mapped_column(String(64), default="")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text, default="")
    claim_id: Mapped[str | None] = mapped_column(String(32))
    agents: Mapped[list[str]] = mapped_column(JSON, default=list)


class Claim(Base):
    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("claim_id"), Index("claims_filed", "filed_at"))

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    policy_id: Mapped[str] = mapped_column(String(64), index=True)
    status: Mapped[str] = mapped_column(String(16), default="draft")
    claim_id: Mapped[str | None] = mapped_column(String(32))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    filed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WorkerBefore:
    """Its books, on one connection, whose statements are prepared as psycopg does after five times."""

    def __init__(self, url: str) -> None:
        self.engine: AsyncEngine = create_async_engine(url, pool_size=1, max_overflow=0)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    async def call(self, call_id: str, **more: Any) -> None:
        """Note that a call is there, or what has become known of it."""
        async with self._sessions.begin() as session:
            known = {"line": "insurance", "direction": "inbound", "started_at": NOW, "agents": ["concierge"]}
            await session.merge(Call(call_id=call_id, **(known | more)))

    async def save_fields(self, call_id: str, policy_id: str, fields: Mapping[str, Any]) -> Claim:
        """Merge fields into the draft."""
        async with self._sessions.begin() as session:
            row = await session.get(Claim, call_id, with_for_update=True)
            if row is None:
                row = Claim(call_id=call_id, policy_id=policy_id, status="draft", fields={}, updated_at=NOW)
                session.add(row)
            row.fields = {**row.fields, **fields}
            row.updated_at = NOW
            await session.flush()
            return row

    async def file(self, call_id: str, number: str) -> Claim:
        """File the draft."""
        async with self._sessions.begin() as session:
            statement = update(Claim).where(Claim.call_id == call_id, Claim.status == "draft")
            await session.execute(statement.values(status="filed", claim_id=number, filed_at=NOW, updated_at=NOW))
            row = await session.get(Claim, call_id, populate_existing=True)
            assert row is not None
            return row

    async def filed(self) -> list[str | None]:
        """The numbers of all filed claims that it knows."""
        async with self._sessions() as session:
            rows = await session.scalars(select(Claim).where(Claim.status == "filed").order_by(Claim.call_id))
            return [row.claim_id for row in rows]
