"""What happened in a turn beside words: tools with their arguments, hand-offs, what people did."""

import sqlalchemy as sa
from alembic import op

revision = "0015_moments"
down_revision = "0014_runs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Turns that are there have none; workers of the version before go on leaving it out."""
    op.add_column("turns", sa.Column("moments", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("turns", "moments")
