"""What calls and claims are found by: tests, agents, and indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0003_search"
down_revision = "0002_claims"
branch_labels = None
depends_on = None

_INDEXES = {
    "calls_by_line": ("calls", ["line", "started_at"]),
    "calls_by_outcome": ("calls", ["outcome", "started_at"]),
    "calls_by_caller": ("calls", ["caller", "started_at"]),
    "calls_by_test": ("calls", ["test", "started_at"]),
    "claims_by_status": ("claims", ["status", "updated_at"]),
}


def upgrade() -> None:
    """Calls that are there were no tests, as far as anybody knows; their agents are written down once more."""
    op.add_column("calls", sa.Column("test", sa.Boolean, nullable=False, server_default=sa.false()))
    found_by = op.create_table(
        "call_agents",
        sa.Column("agent", sa.String(64), primary_key=True),
        sa.Column(
            "call_id", sa.String(64), sa.ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True, index=True
        ),
    )
    calls = sa.table("calls", sa.column("call_id", sa.String), sa.column("agents", sa.JSON))
    connection = op.get_bind()
    for page in connection.execute(sa.select(calls)).partitions(500):
        rows = [
            {"agent": agent, "call_id": call_id} for call_id, agents in page for agent in dict.fromkeys(agents or ())
        ]
        if rows:
            connection.execute(sa.insert(found_by), rows)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Forget them."""
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
    op.drop_table("call_agents")
    op.drop_column("calls", "test")
