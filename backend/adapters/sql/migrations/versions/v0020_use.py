"""What calls take of what costs money, and how many of what there were in each hour."""

import sqlalchemy as sa
from alembic import op

revision = "0020_use"
down_revision = "0019_deliveries"
branch_labels = None
depends_on = None

_FAULT = {"worker": 128, "level": 16, "event": 64, "code": 64, "line": 64, "call_id": 64, "message": 500}
_AMOUNTS = ("phone_s", "trunk_s", "heard_s", "recorded_s")


def upgrade() -> None:
    """Of calls that are there it is not known, and workers of the version before go on leaving it out."""
    for name in _AMOUNTS:
        op.add_column("calls", sa.Column(name, sa.Float))
    op.add_column("calls", sa.Column("spoken", sa.Integer))
    op.add_column("turns", sa.Column("used", sa.JSON))
    op.create_table(
        "call_models",
        sa.Column("call_id", sa.String(64), sa.ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("deployment", sa.String(128), primary_key=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("answers", "untold", "read", "cached", "written")),
    )
    op.create_index("call_models_by_time", "call_models", ["started_at", "line"])
    op.create_table(
        "hours",
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.String(64), primary_key=True),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "faults",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in _FAULT.items()),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("faults")
    op.drop_table("hours")
    op.drop_index("call_models_by_time", "call_models")
    op.drop_table("call_models")
    op.drop_column("turns", "used")
    for name in (*_AMOUNTS, "spoken"):
        op.drop_column("calls", name)
