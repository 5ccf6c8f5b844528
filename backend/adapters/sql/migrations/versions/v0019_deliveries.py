"""What another system is to be told of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0019_deliveries"
down_revision = "0018_wishes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of cases that are there; workers of the version before write nothing down."""
    op.create_table(
        "case_deliveries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False, index=True),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.String(200), nullable=False),
    )
    op.create_index("case_deliveries_due", "case_deliveries", ["state", "next_at"])


def downgrade() -> None:
    """Forget what was to be told."""
    op.drop_table("case_deliveries")
