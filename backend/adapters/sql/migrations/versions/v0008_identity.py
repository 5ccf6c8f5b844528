"""What a turn said of who is calling, without its words: they are hidden, and a replay needs to know."""

import sqlalchemy as sa
from alembic import op

revision = "0008_identity"
down_revision = "0007_kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Turns that are there still have their words."""
    op.add_column("turns", sa.Column("identity", sa.JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("turns", "identity")
