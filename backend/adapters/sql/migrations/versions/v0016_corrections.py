"""What people put right in filed cases, beside what callers said."""

import sqlalchemy as sa
from alembic import op

revision = "0016_corrections"
down_revision = "0015_moments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases that are there have none; workers of the version before go on leaving it out."""
    op.add_column("cases", sa.Column("corrections", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("cases", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("cases", "revision")
    op.drop_column("cases", "corrections")
