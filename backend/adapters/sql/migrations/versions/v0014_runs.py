"""Runs of rehearsals and replays; calls found by their version, and how often each asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0014_runs"
down_revision = "0013_store_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables and a column that earlier versions know nothing of."""
    op.add_column("calls", sa.Column("repairs", sa.Integer()))
    op.create_index("calls_by_version", "calls", ["store_version", "started_at"])
    op.create_table(
        "store_runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("model", sa.String(16), nullable=False),
        sa.Column("names", sa.JSON()),
        sa.Column("actor", sa.String(256), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("wanted", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index("store_runs_by_version", "store_runs", ["version", "started_at"])
    op.create_index("ix_store_runs_started_at", "store_runs", ["started_at"])
    op.create_table(
        "store_run_results",
        sa.Column("run_id", sa.String(32), sa.ForeignKey("store_runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
    )
    op.create_index("ix_store_run_results_call_id", "store_run_results", ["call_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_index("calls_by_version", "calls")
    op.drop_column("calls", "repairs")
    op.drop_table("store_run_results")
    op.drop_table("store_runs")
