"""Calls, turns, claims, audit and agent revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("direction", sa.String(16), nullable=False),
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("called", sa.String(64), nullable=False),
        sa.Column("connection_id", sa.String(128), nullable=False, index=True),
        sa.Column("store_version", sa.String(64), nullable=False),
        sa.Column("started_at", moment, nullable=False, index=True),
        sa.Column("ended_at", moment),
        sa.Column("outcome", sa.String(32)),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("claim_id", sa.String(32)),
        sa.Column("agents", sa.JSON, nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("call_id", sa.String(64), sa.ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("index", sa.Integer, nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.Column("caller_text", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("heard", sa.Text, nullable=False),
        sa.Column("interrupted", sa.Boolean, nullable=False),
        sa.Column("early", sa.Boolean, nullable=False),
        sa.Column("tools", sa.JSON, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("latencies", sa.JSON, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("policy_id", sa.String(64), nullable=False, index=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("claim_id", sa.String(32), unique=True),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("filed_at", moment),
    )
    op.create_index("claims_filed", "claims", ["filed_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", moment, nullable=False, index=True),
        sa.Column("call_id", sa.String(64), nullable=False, index=True),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("action", sa.String(128), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_table(
        "agent_revisions",
        sa.Column("version", sa.String(64), primary_key=True),
        sa.Column("at", moment, nullable=False, index=True),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drop everything."""
    for table in ("agent_revisions", "audit", "claims", "turns", "calls"):
        op.drop_table(table)
