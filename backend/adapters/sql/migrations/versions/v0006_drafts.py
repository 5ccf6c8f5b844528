"""Versions of the store that were written down and never went live, and the last time of those that did."""

import sqlalchemy as sa
from alembic import op

revision = "0006_drafts"
down_revision = "0006_sealed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that are there were live."""
    op.add_column("agent_revisions", sa.Column("draft", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("agent_revisions", sa.Column("last_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("agent_revisions", sa.Column("last_actor", sa.String(64), nullable=True))


def downgrade() -> None:
    """Forget them: an earlier version would list drafts as versions that were live."""
    op.execute("DELETE FROM agent_revisions WHERE draft")
    for name in ("last_actor", "last_at", "draft"):
        op.drop_column("agent_revisions", name)
