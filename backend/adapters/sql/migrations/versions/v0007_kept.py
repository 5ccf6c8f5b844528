"""What is written late is written once; which process has a call, and when each was last heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0007_kept"
down_revision = "0006_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Calls that are there are nobody's: those without an end are closed."""
    op.add_column("audit", sa.Column("entry", sa.String(200)))
    op.create_index("audit_by_entry", "audit", ["entry"], unique=True)
    op.add_column("calls", sa.Column("worker", sa.String(128), nullable=False, server_default=""))
    op.create_table(
        "workers",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("workers")
    op.drop_column("calls", "worker")
    op.drop_index("audit_by_entry", "audit")
    op.drop_column("audit", "entry")
