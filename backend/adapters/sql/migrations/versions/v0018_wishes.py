"""How a wish to be called back stands, who did something about it, and whom it is of."""

import sqlalchemy as sa
from alembic import op

revision = "0018_wishes"
down_revision = "0017_longer_names"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Wishes that are there are open; workers of the version before go on leaving it out."""
    op.add_column("callbacks", sa.Column("subject", sa.String(128), nullable=False, server_default=""))
    op.add_column("callbacks", sa.Column("state", sa.String(16), nullable=False, server_default="open"))
    op.add_column("callbacks", sa.Column("steps", sa.JSON, nullable=False, server_default="[]"))
    op.create_index("callbacks_by_state", "callbacks", ["state", "requested_at"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("callbacks_by_state", "callbacks")
    for name in ("steps", "state", "subject"):
        op.drop_column("callbacks", name)
